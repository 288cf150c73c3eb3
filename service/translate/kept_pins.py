"""The pins of a draft, laid over the facts of this moment: which of them still hold, and why others do not."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from db.records.plan import PlanItem
from planner.audit import Auditor
from planner.breach import Breach
from planner.checks.pins import pin_faults
from planner.checks.plan import PlanChecks
from planner.kept import name_of, part, pin_reference, pinned_names, references, things
from planner.plan import Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Pin, Problem
from planner.rules import STANDING_RULES
from planner.wanted import joined
from service.translate.draft import pinned_by_hand, with_draft_pins
from service.translate.plan_rows import plan_from

FREED_PINS = "freed_pins"
"""Among the figures of a plan that was solved: how many things its draft had pinned and it did not keep so."""


class Freed(NamedTuple):
    """A thing of a draft that is not pinned any more; `breaches` empty: the facts no longer know it."""

    item: PlanItem
    breaches: tuple[Breach, ...]


class KeptPins(NamedTuple):
    """The problem with the pins that hold, what is freed for the planner to place anew, and what a hand `lifted`."""

    problem: Problem
    freed: tuple[Freed, ...]
    lifted: tuple[Pin, ...] = ()


class PinsRead(msgspec.Struct, frozen=True):
    """The file `pins` of a computed plan: what became of the pins of the draft that it went on from."""

    freed: tuple[Freed, ...] = ()
    lifted: tuple[Pin, ...] = ()


def keeping_pins(problem: Problem, items: Iterable[PlanItem], before: Problem | None) -> KeptPins:
    """`before`: the problem on which the draft was made, whose broken rules somebody decided.

    A pin that breaks a rule only on the facts of now was never decided against it: nobody was asked. Takes
    tenths of a second for hundreds of pins: call it in a thread.
    """
    pinned = tuple(item for item in items if item.pinned)
    asked = pinned_by_hand(pinned, problem)
    if not asked:
        return KeptPins(problem, ())
    unknown = _unknown(problem, pinned)
    held = [item for item in pinned if item.key not in unknown]
    broken = _broken(problem, held, _decided(before, pinned))
    freed = {
        item.key: Freed(item, tuple(broken.get(item.key, ())))
        for item, _ in asked
        if item.key in unknown or item.key in broken
    }
    kept = with_draft_pins(problem, [item for item in held if item.key not in freed])
    return KeptPins(kept, tuple(freed.values()))


def _unknown(problem: Problem, pinned: Iterable[PlanItem]) -> set[str]:
    """The keys of things whose pin is at fault by itself; the faults that a problem has without them count for none."""
    asked = pinned_by_hand(pinned, problem)
    pins = (*problem.pins, *(pin for _, pin in asked))
    faults = pin_faults(msgspec.structs.replace(problem, pins=pins))
    faulty = {fault.path.partition(".")[0] for fault in faults}
    checks, first = PlanChecks(problem), len(problem.pins)
    found = {item.key for index, (item, _) in enumerate(asked, first) if f"pins[{index}]" in faulty}
    return found | {item.key for item in pinned if any(checks.faults(plan_from((item,))))}


def _decided(before: Problem | None, pinned: Iterable[PlanItem]) -> dict[tuple[str, ...], int]:
    """What pins broke when they were set, by the key of the breach: its amount."""
    if before is None:
        return {}
    unknown = _unknown(before, pinned)
    decided = _Decided(before, [item for item in pinned if item.key not in unknown])
    return {breach.key: breach.amount for breach in decided.breaches}


def _broken(
    problem: Problem, held: list[PlanItem], decided: dict[tuple[str, ...], int]
) -> dict[str, list[Breach]]:
    """By the key of each thing the rules that it breaks and that nobody decided."""
    now, found = _Decided(problem, held), dict[str, list[Breach]]()
    for breach in now.breaches:
        if breach.amount > decided.get(breach.key, 0):
            for key in now.concerned(breach):
                found.setdefault(key, []).append(breach)
    return found


class _Decided:
    """Pinned things of a draft beside what else is pinned and published, and the rules that they break together."""

    def __init__(self, problem: Problem, pinned: list[PlanItem]) -> None:
        facts = with_draft_pins(problem, pinned)
        auditor = Auditor(facts)
        view = auditor.view(_beside(auditor, plan_from(pinned)))
        self._kept = auditor.kept(view)
        names, by_name = references(self._kept), things(self._kept)
        pins = pinned_by_hand(pinned, problem)
        self._things: dict[str, Activity | Visit] = {
            item.key: by_name[name]
            for item, pin in pins
            if (name := names.get(pin_reference(auditor.territory, pin))) is not None
        }
        every = (breach for rule in STANDING_RULES for breach in rule.violations(self._kept))
        self.breaches = tuple(breach for breach in every if not breach.missing)

    def concerned(self, breach: Breach) -> list[str]:
        """The keys of the pinned things that make a breach, else of those of its person on its date."""
        named = [key for key, thing in self._things.items() if _keys(thing).intersection(breach.items)]
        if named or breach.items:
            return named
        return [
            key
            for key, thing in self._things.items()
            if thing.on == breach.on and breach.about in _people(thing)
        ]


def _beside(auditor: Auditor, plan: Plan) -> Plan:
    """With what is published and pinned, of which the draft has nothing of its own."""
    if auditor.published is None:
        return plan
    own = things(PlanView(auditor.territory, plan))
    wanted = pinned_names(auditor.published)
    more: set[int] = set()
    for name, thing in things(auditor.published).items():
        if name in wanted and name not in own:
            more.add(id(thing))
            if isinstance(thing, Visit) and thing.presence and name_of(thing.presence) not in own:
                more.add(id(thing.presence))
    return joined(plan, part(auditor.published, more))


def _keys(thing: Activity | Visit) -> set[str]:
    """Of a thing and, for an interview, of the presence that it needs."""
    if isinstance(thing, Visit) and thing.presence is not None:
        return {thing.key, thing.presence.key}
    return {thing.key}


def _people(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else tuple(thing.staff)
