"""Every plan of a tiny month, each audited: the best levels that any plan without a breach has.

Knows slots, staff counts and which list an item belongs to; everything else is asked of the audit.
A thing left out never breaks a rule once what it depends on is decided before it (presences before
interviews, sequences in their order, pins first), so a plan with a breach has no clean extension.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import msgspec

from planner.audit import Auditor
from planner.plan import LEVEL_NAMES, OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Pin, Problem
from tests.planner.every_choice import (
    Option,
    Part,
    all_choices,
    half_day_of,
    is_pinned,
    pinned_parts,
)


class Enumerated(NamedTuple):
    """Values of all clean plans; `plain`: of those with no excused breach but those of the pins alone.

    A permanence around a pinned interview counts as pinned, whatever it breaks: the solver opens one
    only where its cadence asks for it.
    """

    clean: set[tuple[int, ...]]
    plain: set[tuple[int, ...]]


class TooManyPlansError(Exception):
    """The month is not tiny enough for the limit."""


Recount = Callable[[Plan], tuple[int, ...] | None]
"""The eight values of a plan, None if it has a breach that nothing excuses."""


@dataclass
class Search:
    """Depth first over choices; `vectors` are the values of all clean plans."""

    problem: Problem
    recount: Recount
    limit: int
    audits: int = 0
    vectors: set[tuple[int, ...]] = field(default_factory=set)

    @cached_property
    def pinned(self) -> frozenset[str]:
        """Needs of which an interview is pinned."""
        return frozenset(pin.need for pin in self.problem.pins if pin.need)

    def run(self) -> set[tuple[int, ...]]:
        """Empty when the pins alone make no clean plan; raises TooManyPlansError beyond `limit` audits."""
        base = pinned_parts(self.problem)
        values = self._audit(base)
        if values is not None:
            choices = list(all_choices(self.problem))
            usable = [[one for one in choice if self._adds(base, one)] for choice in choices]
            self._descend(base, values, [choice for choice in usable if choice])
        return self.vectors

    def _adds(self, parts: Option, option: Option) -> bool:
        first = all(not isinstance(one, PlannedInterview) or one.number == 1 for one in option)
        return not first or (not clash(parts, option, self.pinned) and self._may_lead_on(parts + option))

    def _may_lead_on(self, parts: Option) -> bool:
        """Whether the option alone is clean, or may become so beside something else."""
        return self._audit(parts) is not None or needs_another(self.problem, parts[-1])

    def _audit(self, parts: Option) -> tuple[int, ...] | None:
        self.audits += 1
        if self.audits > self.limit:
            raise TooManyPlansError
        return self.recount(as_plan(self.problem, parts))

    def _descend(self, parts: Option, values: tuple[int, ...], choices: list[list[Option]]) -> None:
        if not choices:
            self.vectors.add(values)
            return
        self._descend(parts, values, choices[1:])
        for option in choices[0]:
            if clash(parts, option, self.pinned):
                continue
            added = self._audit(parts + option)
            if added is not None:
                self._descend(parts + option, added, choices[1:])


def needs_another(problem: Problem, part: Part) -> bool:
    """An interview stands in a permanence, a later sequence after an earlier one, a following cadence too."""
    if isinstance(part, PlannedInterview):
        return part.site is not None
    if isinstance(part, PlannedSession):
        return part.promotion is not None
    return any(one.id == part.cadence and one.follows for one in problem.cadences)


def best_values(vectors: set[tuple[int, ...]], tolerances: tuple[int, ...]) -> tuple[int, ...]:
    """The least value of each level among plans within tolerance of the least of all earlier ones."""
    found: list[int] = []
    for level, tolerance in enumerate(tolerances):
        found.append(min(vector[level] for vector in vectors))
        vectors = {vector for vector in vectors if vector[level] <= found[level] + tolerance}
    return tuple(found)


def enumerated(problem: Problem, limit: int) -> Enumerated:
    """Audits every plan; empty when they are too many or the pins alone make none."""
    auditor = Auditor(problem)
    pinned = auditor.audit(as_plan(problem, pinned_parts(problem)))
    decided = {found.breach.key for found in pinned.overruled}
    plain: set[tuple[int, ...]] = set()

    def recount(plan: Plan) -> tuple[int, ...] | None:
        report = auditor.audit(plan)
        values = tuple(report.goals[level] for level in LEVEL_NAMES)
        if report.is_clean and {found.breach.key for found in report.overruled} <= decided:
            plain.add(values)
        return values if report.is_clean else None

    try:
        return Enumerated(Search(problem, recount, limit).run(), plain)
    except TooManyPlansError:
        return Enumerated(set(), set())


def beaten(problem: Problem, plan: Plan, limit: int) -> bool | None:
    """Whether a plan that adds no excused breach is better, or this one is none; None: nobody can tell."""
    vectors = enumerated(problem, limit) if problem.published is None else Enumerated(set(), set())
    if not vectors.clean:
        return None
    tolerances = tuple(problem.tolerances.get(level, 0) for level in LEVEL_NAMES)
    found = tuple(level.value for level in plan.levels)
    best = best_values({*vectors.plain, found}, tolerances)
    within = all(value <= least + slack for value, least, slack in zip(found, best, tolerances, strict=True))
    return (
        found not in vectors.clean or not within or any(undercuts(plan, tolerances, v) for v in vectors.plain)
    )


def undercuts(plan: Plan, tolerances: tuple[int, ...], vector: tuple[int, ...]) -> bool:
    """Whether a plan, no worse on the earlier levels than this one and its tolerance, lies below a bound."""
    for level, slack, value in zip(plan.levels, tolerances, vector, strict=True):
        if value < level.bound:
            return True
        if value > level.value + slack:
            return False
    return False


def key_of(part: Part) -> tuple[object, ...]:
    """What a part cannot share with another; sessions of a cadence are known by their start, and numbered last."""
    if isinstance(part, PlannedPermanence):
        return ("permanence", part.cadence, part.on, part.half_day)
    if isinstance(part, PlannedSession):
        return ("session", part.promotion or part.cadence, part.sequence or part.starts_at)
    return ("interview", part.need, part.number)


def clash(parts: Option, option: Option, pinned: frozenset[str]) -> bool:
    """The same key twice is no plan at all; the numbers of one need are interchangeable: in order only.

    What is `pinned` of a need stands where it stands: the others are in order among themselves.
    """
    keys = {key_of(part) for part in parts}
    return any(key_of(part) in keys or _out_of_order(parts, part, pinned) for part in option)


def _out_of_order(parts: Option, part: Part, pinned: frozenset[str]) -> bool:
    if not isinstance(part, PlannedInterview) or part.number == 1:
        return False
    before = ("interview", part.need, part.number - 1)
    earlier = [one for one in parts if isinstance(one, PlannedInterview) and key_of(one) == before]
    follows_a_pin = part.number == 2 and part.need in pinned
    return not earlier or (not follows_a_pin and _place(earlier[0]) > _place(part))


def _place(one: PlannedInterview) -> tuple[object, ...]:
    return one.starts_at, one.site or "", one.staff


def as_plan(problem: Problem, parts: Option) -> Plan:
    """Sorted lists; sessions of a cadence numbered by date; office half-days where interviews need one."""
    permanences = [part for part in parts if isinstance(part, PlannedPermanence)]
    interviews = [part for part in parts if isinstance(part, PlannedInterview)]
    return Plan(
        permanences=tuple(sorted(permanences, key=lambda one: (one.cadence, one.on, one.half_day))),
        sessions=tuple(_numbered(problem, [part for part in parts if isinstance(part, PlannedSession)])),
        office=tuple(_offices(problem, permanences, interviews)),
        interviews=tuple(sorted(interviews, key=lambda one: (one.need, one.number))),
    )


def _numbered(problem: Problem, sessions: list[PlannedSession]) -> Iterator[PlannedSession]:
    """A pinned session of a cadence has its pin's number, the others those that are left, by date."""
    own = [one for one in sessions if one.promotion]
    yield from sorted(own, key=lambda one: (one.promotion or "", one.sequence or ""))
    open_ones = sorted(
        (one for one in sessions if one.cadence), key=lambda one: (one.cadence or "", one.starts_at)
    )
    pins = [pin for pin in problem.pins if pin.cadence and pin.number]
    left = {
        one.cadence: iter(sorted(set(range(1, len(open_ones) + len(pins) + 1)) - _numbers(pins, one.cadence)))
        for one in open_ones
    }
    for one in open_ones:
        pinned = next(
            (pin.number for pin in pins if pin.cadence == one.cadence and is_pinned(one, pin)), None
        )
        yield msgspec.structs.replace(one, number=pinned or next(left[one.cadence]))


def _numbers(pins: list[Pin], cadence: str | None) -> set[int]:
    return {pin.number for pin in pins if pin.cadence == cadence and pin.number}


def _offices(
    problem: Problem, permanences: list[PlannedPermanence], interviews: list[PlannedInterview]
) -> list[OfficeHalfDay]:
    sites = {site.id: site for site in problem.sites}
    cadence_site = {cadence.id: cadence.site for cadence in problem.cadences}
    held = {(cadence_site[p.cadence], p.on, p.half_day, staff) for p in permanences for staff in p.staff}
    found = set()
    for one in interviews:
        if one.site is None or sites[one.site].kind != "bureau":
            continue
        on, half_day = (
            one.starts_at.date(),
            half_day_of(sites[one.site], one.starts_at.date(), f"{one.starts_at:%H:%M}"),
        )
        if (one.site, on, half_day, one.staff) not in held:
            found.add((one.staff, one.site, on, half_day))
    return [OfficeHalfDay(staff=a, site=b, on=c, half_day=d) for a, b, c, d in sorted(found)]
