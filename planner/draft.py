"""What is fixed, then plans drawn with few choices of each thing: there long before the model of a large month stands."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from planner.audit import Auditor, AuditReport
from planner.budget import Budget
from planner.build import build_fixed, build_rules
from planner.context import Context
from planner.follow import start_like
from planner.greedy import start
from planner.model import Model
from planner.options import Option, Presence
from planner.plan import LEVEL_NAMES, Level, Plan
from planner.prepare import Facts
from planner.read_back import read_fixed, read_plan
from planner.salvage import without_breaches
from planner.thin import bound_to


class Choices(NamedTuple):
    """How many people are looked at for what a site asks, and how many places for interviews in all."""

    people: int
    takes: int


DRAWN = (Choices(8, 0), Choices(12, 8_000))
"""First sessions and permanences alone, then everything."""
APART = 8
"""How far apart in the staff those of two sites begin."""


class Draft(NamedTuple):
    """A clean plan with its levels, its recount, and who recounted it."""

    plan: Plan
    report: AuditReport
    auditor: Auditor

    @property
    def key(self) -> tuple[int, ...]:
        return tuple(level.value for level in self.plan.levels)


def drafts(context: Context, most: float, pulse: Callable[[], None], budget: Budget) -> Iterator[Draft]:
    """Drafts of a month, each better than the one before; the last one is cut short once the budget is over.

    The first is what is fixed alone: whatever ends the search has a plan that needs no more than its reasons. What the checker refuses of one is dropped, while there is time.

    None of a month with at most so many choices, whose whole model is as soon there, and none of one of which
    interviews are published: what stands of them is the better beginning.
    """
    if _choices(context.facts) <= most or context.published.interviews:
        return
    auditor = Auditor(context.facts.problem)
    fixed = build_fixed(context)
    best = clean_draft(auditor, fixed, read_fixed(fixed), budget.until)
    if best is not None:
        yield best
    drawn: Draft | None = None
    for choices in DRAWN:
        pulse()
        model = _drawn(context, choices, pulse)
        stop = budget.over
        values = start_like(model, drawn.plan, stop) if drawn else start(model, stop)
        found = clean_draft(auditor, model, read_plan(model, values), budget.until)
        if found is not None and (best is None or found.key < best.key):
            best = drawn = found
            yield found


def begun(model: Model, draft: Draft | None, stop: Callable[[], bool]) -> list[int]:
    """A greedy plan of the whole model; where the draft is better, one that begins with all the draft holds."""
    values = start(model, stop)
    if draft is None or draft.key >= key_of(model, values) or stop():
        return values
    return min(values, start_like(model, draft.plan, stop), key=lambda found: key_of(model, found))


def key_of(model: Model, values: list[int]) -> tuple[int, ...]:
    """The levels of a plan of the model, by which plans are compared."""
    return tuple(model.program.value(name, values) for name in LEVEL_NAMES)


def _drawn(context: Context, choices: Choices, pulse: Callable[[], None]) -> Model:
    """The rules of a month for some people and some places."""
    near = _near(context, choices.people)

    def is_looked_at(option: Option) -> bool:
        return (
            not isinstance(option, Presence) or option.kind == "office" or option.staff in near[option.site]
        )

    holding = _holding(context.facts) if choices.takes else {}
    admitted = {site: near[site] | holding.get(site, frozenset()) for site in near}
    narrowed = context._replace(facts=context.facts.narrowed(admitted))
    return build_rules(narrowed, choices.takes, is_looked_at, pulse)


def clean_draft(auditor: Auditor, model: Model, plan: Plan, until: float) -> Draft | None:
    """What of a plan is clean; none where that is not found until that monotonic second."""
    report = auditor.audit(plan)
    if not report.is_clean:
        left = without_breaches(auditor, plan, read_fixed(model), until)
        if left is None:
            return None
        plan, report = left, auditor.audit(left)
    levels = tuple(Level(name=name, value=report.goals[name]) for name in LEVEL_NAMES)
    return Draft(msgspec.structs.replace(plan, levels=levels), report, auditor)


def _choices(facts: Facts) -> int:
    steps = sum(len(promotion.sequences) for promotion in facts.problem.promotions)
    return (len(facts.cadences) + steps) * facts.halves * len(facts.staff)


# Who is looked at


def _near(context: Context, people: int) -> dict[str, frozenset[str]]:
    """By site, some of those who may enter: those whom it knows, then others for each site.

    With a skill that something there asks, as many again.
    """
    facts, known = context.facts, _known(context)
    near: dict[str, set[str]] = {site: set() for site in facts.sites}
    for number, ((site, skill), most) in enumerate(sorted(_asked(facts).items())):
        able = [one for one in facts.staff if one in facts.admitted[site] and _has(facts, one, skill)]
        turn = number * APART % max(1, len(able))
        ordered = sorted((*able[turn:], *able[:turn]), key=lambda person: (site, person) not in known)
        near[site].update(ordered[: max(people, most)])
    return {site: frozenset(found) for site, found in near.items()}


def _holding(facts: Facts) -> dict[str, frozenset[str]]:
    """By bureau, who has interviews to hold there that nobody pinned."""
    pinned = {pin.need for pin in facts.problem.pins}
    found: dict[str, set[str]] = {site: set() for site in facts.offices}
    for need in facts.problem.interviews:
        for site in found.keys() & need.sites if need.id not in pinned else ():
            found[site].update(facts.admitted[site] & {bound_to(need) or ""})
    return {site: frozenset(people) for site, people in found.items()}


def _asked(facts: Facts) -> dict[tuple[str, str], int]:
    """By site, and by skill asked there (or none), how many people are asked at once at most."""
    works = [(cadence.site, cadence.skills, cadence.staff_count) for cadence in facts.problem.cadences]
    for promotion in facts.problem.promotions:
        works += [(promotion.site, step.skills, step.staff_count) for step in promotion.sequences]
    found: dict[tuple[str, str], int] = {}
    for site, skills, people in works:
        for skill in ("", *skills):
            found[site, skill] = max(people, found.get((site, skill), 0))
    return found


def _has(facts: Facts, person: str, skill: str) -> bool:
    return not skill or skill in facts.staff[person].skills


def _known(context: Context) -> set[tuple[str, str]]:
    """Sites and the people who usually hold what is asked there, or did before, or are published there."""
    problem, published = context.facts.problem, context.published
    found = {(cadence.site, person) for cadence in problem.cadences for person in cadence.usual_staff}
    found |= {(group.site, person) for group in problem.promotions for person in group.animators_before}
    found |= {(site, person) for person, site, _ in published.announced}
    return found
