"""The solver-free recount of a plan: broken rules, what excuses them, and every level item by item.

`score` is the same thing: an audit of a plan that was not made here.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from planner.breach import Breach
from planner.goals import GOALS
from planner.goals.item import Item
from planner.kept import (
    alone,
    brought_presence,
    content,
    freeze_on,
    is_broken,
    known_published,
    name_of,
    part,
    pinned_names,
    things,
)
from planner.plan import Assignment, Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem
from planner.rules import RULES, STANDING_RULES
from planner.territory import Territory


class Overruled(NamedTuple):
    """A breach that people decided: `because` names the pinned, past and frozen assignments of it."""

    breach: Breach
    because: tuple[str, ...]


class AuditReport(NamedTuple):
    """What a recount found. A plan is clean when `violations` is empty."""

    violations: tuple[Breach, ...]
    overruled: tuple[Overruled, ...]
    goals: dict[str, int]
    items: dict[str, tuple[Item, ...]]

    @property
    def is_clean(self) -> bool:
        return not self.violations

    def to_json(self) -> bytes:
        """The report as `escale audit` prints it."""
        return msgspec.json.encode(
            {
                "violations": [_plain(breach) for breach in self.violations],
                "overruled": [{**_plain(found.breach), "because": found.because} for found in self.overruled],
                "goals": self.goals,
                "items": {
                    level: [{"about": item.about, "cost": item.cost} for item in items]
                    for level, items in self.items.items()
                },
            }
        )


class Auditor:
    """Audits plans of one problem; keep it while somebody tries one change after the other."""

    def __init__(self, problem: Problem) -> None:
        self.territory = Territory(problem)
        published = known_published(self.territory)
        self.published = PlanView(self.territory, published) if published else None
        """What is published in the horizon, of what the problem still knows."""
        self._last: PlanView | None = None

    def view(self, plan: Plan) -> PlanView:
        """A plan laid over the problem, as rules and goals read it; of the last one asked for, the same again.

        Several threads may ask: each has the view of its own plan.
        """
        last = self._last
        if last is None or not _is_same(last.plan, plan):
            last = self._last = PlanView(self.territory, plan, self.published)
        return last

    def audit(self, plan: Plan) -> AuditReport:
        """Recount a plan whose ids the problem knows."""
        view = self.view(plan)
        violations, overruled = self.judge(view)
        items = {goal.name: tuple(goal.items(view)) for goal in GOALS}
        goals = {level: sum(item.cost for item in found) for level, found in items.items()}
        return AuditReport(violations, overruled, goals, items)

    def goals(self, plan: Plan) -> dict[str, int]:
        """The value of each level alone, without judging the rules."""
        view = self.view(plan)
        return {goal.name: sum(item.cost for item in goal.items(view)) for goal in GOALS}

    def judge(self, view: PlanView) -> tuple[tuple[Breach, ...], tuple[Overruled, ...]]:
        """What is broken and what people decided of it, without counting the levels."""
        breaches = [breach for rule in RULES for breach in rule.violations(view)]
        if not breaches:
            return (), ()
        kept = self.kept(view)
        broken = {breach.rule for breach in breaches}
        excuses = _amounts(
            breach for rule in STANDING_RULES if rule.name in broken for breach in rule.violations(kept)
        )
        names = {thing.key: name for name, thing in things(kept).items()}
        violations, overruled = [], []
        for breach in breaches:
            if excuses.get(breach.key, 0) >= breach.amount:
                overruled.append(Overruled(breach, _because(breach, kept, names)))
            else:
                violations.append(breach)
        return tuple(violations), tuple(overruled)

    def kept(self, view: PlanView) -> PlanView:
        """What people decided of a plan: pinned, published before today, frozen and not broken."""
        pinned = pinned_names(view)
        published = things(self.published) if self.published else {}
        until = freeze_on(self.territory)
        found = {
            name: thing
            for name, thing in things(view).items()
            if name in pinned or (thing.on < until and self._stands(view, thing, published.get(name)))
        }
        visits = {name: thing for name, thing in found.items() if isinstance(thing, Visit)}
        stays = [*found.values(), *(visit.presence for visit in visits.values() if visit.presence)]
        standing = {thing.key for thing in stays}
        extra: list[Assignment] = []
        for name, visit in visits.items():
            brought = (
                brought_presence(view, visit, standing)
                if name in pinned
                else self._presence_left_out(view, visit, published[name])
            )
            extra += [brought] if brought and brought not in extra else []
        return PlanView(self.territory, part(view, {id(thing) for thing in stays}, extra), self.published)

    def _presence_left_out(
        self, view: PlanView, visit: Visit, published: Activity | Visit
    ) -> Assignment | None:
        """What an interview that stands as published brings where a plan left its published presence out."""
        if self.published is None or not isinstance(published, Visit):
            return None
        held = published.presence
        if visit.presence or held is None or held.key in view.by_key:
            return None
        return self.published.records[id(held)]

    def _stands(self, view: PlanView, thing: Activity | Visit, published: Activity | Visit | None) -> bool:
        """Whether a thing stands as it was published, and is past or breaks no rule by itself."""
        if published is None or content(published) != content(thing):
            return False
        if thing.on < self.territory.horizon.today_on:
            return True
        by_itself = alone(view, thing)
        return not any(is_broken(rule.violations(by_itself)) for rule in STANDING_RULES)


def audit(problem: Problem, plan: Plan) -> AuditReport:
    """Recount one plan of a problem."""
    return Auditor(problem).audit(plan)


score = audit


def _is_same(one: Plan, other: Plan) -> bool:
    """Whether two plans have the very same lists: what is said of levels and reasons plays no part."""
    return all(
        getattr(one, name) is getattr(other, name)
        for name in ("permanences", "sessions", "office", "interviews")
    )


def _amounts(breaches: Iterator[Breach]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for breach in breaches:
        found[breach.key] = max(breach.amount, found.get(breach.key, 0))
    return found


def _because(breach: Breach, kept: PlanView, names: dict[str, str]) -> tuple[str, ...]:
    """The kept assignments that a breach names, else those of that person or cadence on that date."""
    named = [names[key] for key in breach.items if key in names]
    if not named:
        named = [
            name_of(thing)
            for thing in things(kept).values()
            if breach.about in (thing.staff if isinstance(thing, Activity) else (thing.staff,))
        ]
    return tuple(dict.fromkeys(named))


def _plain(breach: Breach) -> dict[str, str | int]:
    return {
        "rule": breach.rule,
        "about": breach.about,
        "on": breach.on.isoformat(),
        "amount": breach.amount,
        "text": breach.text,
    }
