"""Why something is not placed, in records; what would have to leave for it; what would help.

`impossible`: it could not be placed even if nothing but what people decided stood beside it; a minimal
set of facts that blocks every placement says why. Else `crowded`. No solver: placements are enumerated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from planner.asked import asked_and_placed, missing_interviews, missing_sequences
from planner.audit import Auditor
from planner.kept import part, things
from planner.placements import Placement
from planner.plan import Plan
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.problem import Problem
from planner.records import HalfDay, Record
from planner.wanted import IsPlacedError, Wanted, check_known, joined, placed, without
from planner.why.blocking import Blocking, smallest_blocking
from planner.why.fact import Fact, Family
from planner.why.ground import Choice, Ground
from planner.why.leaving import MOST_TRIES, Leaver, Leaving, is_alike
from planner.why.repairs import Repair, Repairs
from planner.why.spots import Asking, Spot, asked_dates, asking, spots
from planner.why.teams import Looked, is_counted, least_hindered, walls
from planner.why.walls import smallest_wall


class WhyNot(Record, frozen=True, kw_only=True):
    """One thing that is left out.

    `facts`: minimal, of an impossible thing; empty when it has no place at all. `staff` and `sites`:
    whose places are full, of a crowded one, and `leave`: the fewest placed needs that would have to go.
    `free`: a place where it fits as things are; then nothing has to leave, the plan just does not use it.
    `beside`: of a crowded one that would only take the place of another of its own cadence, a minimal set of
    facts that blocks it beside those: they are why the cadence is short.
    `is_smallest` and `is_fewest`: no smaller set, and no fewer, exist. `is_complete`: each team that could
    do it was looked at; else what is said holds of those looked at, and is proven neither.
    """

    wanted: Wanted
    count: int
    status: Literal["impossible", "crowded"]
    facts: tuple[Fact, ...] = ()
    is_smallest: bool = True
    staff: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    leave: tuple[Leaver, ...] = ()
    is_fewest: bool = True
    is_complete: bool = True
    free: Placement | None = None
    beside: tuple[Fact, ...] = ()
    repairs: tuple[Repair, ...] = ()


class Blocked(NamedTuple):
    """A half-day of a site where a thing cannot stand, and which of its facts forbid it there."""

    site: str
    on: date
    half_day: HalfDay
    facts: frozenset[Fact]


class Explainer:
    """Explains what one plan leaves out; keep it while one thing after the other is asked about.

    `most_tries`: plans judged for one need, each time that more may leave; with fewer, the fewest are seldom promised.
    """

    def __init__(self, problem: Problem, plan: Plan, *, most_tries: int = MOST_TRIES) -> None:
        self.problem = problem
        self.auditor = Auditor(problem)
        self.view = self.auditor.view(plan)
        decided = self.auditor.kept(self.view).plan
        self.decided = Ground(self.auditor, decided, self.view)
        self.whole = Ground(self.auditor, plan, self.view)
        self._repairs = Repairs(self.auditor, self.whole)
        self._leaving = Leaving(self.auditor, self.view, self.whole.holders, most_tries)
        self._known: dict[Wanted, WhyNot] = {}
        self._alike: dict[Wanted, Ground] = {}

    def all(self) -> Iterator[WhyNot]:
        """Everything that the plan leaves out, in the order of plan files."""
        for wanted in left_out_of(self.view):
            yield self.why_not(wanted)

    def why_not(self, wanted: Wanted) -> WhyNot:
        """Raises `UnknownWantedError`, `IsPlacedError`."""
        check_known(self.problem, wanted)
        wanted, count = missing(self.view, wanted)
        if wanted not in self._known:
            self._known[wanted] = self._explained(wanted, count)
        return self._known[wanted]

    def _explained(self, wanted: Wanted, count: int) -> WhyNot:
        ask = asking(self.view, wanted)
        every = tuple(spots(self.view, ask))
        if is_counted(ask, every):
            blocking = smallest_wall(walls(self.decided, ask, every))
            if blocking is not None:
                return self._impossible(ask, count, blocking)
            looked = least_hindered(self.decided, ask, every, self._hindrance)
            return self._crowded(ask, count, looked)
        self.decided.is_cut = False
        free = tuple(self.free(ask))
        if free:
            return self._crowded(ask, count, Looked(free, 0 if self.decided.is_cut else None))
        blocking = smallest_blocking(families_of(self.decided, ask, every))
        return self._impossible(ask, count, blocking)

    def _hindrance(self, choice: Choice) -> int:
        return self._leaving.hindrance(self.whole.fit, choice)

    def _crowded(self, ask: Asking, count: int, looked: Looked) -> WhyNot:
        beside = [self.whole.beside(ask, choice) for choice in looked.choices]
        ways = self._leaving.ways(self.whole.fit, beside, ask.wanted)
        leave = ways[0].leavers if ways else ()
        by_name = things(self.view)
        among_its_own = any(is_alike(by_name[one.name], ask.wanted) for one in leave)
        is_complete = looked.others is None or (bool(ways) and len(leave) <= looked.others)
        return WhyNot(
            wanted=ask.wanted,
            count=count,
            status="crowded",
            staff=tuple(sorted({person for choice in beside for person in choice.staff})),
            sites=tuple(sorted({one.spot.site for one in beside if one.spot.site is not None})),
            leave=leave,
            is_fewest=bool(ways) and is_complete and self._leaving.is_exact,
            is_complete=is_complete,
            free=ways[0].choice.placement if ways and not leave else None,
            beside=self._beside_its_own(ask) if among_its_own and ask.cadence is not None else (),
            repairs=self._repairs.of(ask, ways),
        )

    def _beside_its_own(self, ask: Asking) -> tuple[Fact, ...]:
        """What blocks one more of a cadence beside what people decided and what is placed of it; nothing where it fits."""
        own = {id(one) for one in self.view.activities if is_alike(one, ask.wanted)}
        decided = self.auditor.kept(self.view).plan
        standing = joined(without(decided, part(self.view, own)), part(self.view, own))
        ground = self._alike[ask.wanted] = Ground(self.auditor, standing, self.view)
        every = tuple(spots(self.view, ask))
        if is_counted(ask, every):
            wall = smallest_wall(walls(ground, ask, every))
            return wall.facts if wall is not None else ()
        if any(ground.choices(ask, every, _is_free)):
            return ()
        return smallest_blocking(families_of(ground, ask, every)).facts

    def blocked(self, wanted: Wanted) -> tuple[Blocked, ...]:
        """Where the facts of an impossible thing, or those beside its own, block it, by date; nothing of one that is only crowded.

        Only on dates for which it is asked, from today on: elsewhere it is not looked for.

        Raises `UnknownWantedError`, `IsPlacedError`.
        """
        found = self.why_not(wanted)
        facts, ask = frozenset(found.facts or found.beside), asking(self.view, found.wanted)
        cells: dict[tuple[date, HalfDay, str], set[Fact]] = defaultdict(set)
        for spot, family in self._forbidden(ask, asked_dates(self.view, ask)) if facts else ():
            named = {fact for condition in family if condition <= facts for fact in condition}
            for half_day in spot.halves if named and spot.site else ():
                cells[spot.on, half_day, spot.site or ""] |= named
        return tuple(
            Blocked(site, on, half_day, frozenset(cells[on, half_day, site]))
            for on, half_day, site in sorted(cells)
        )

    def _forbidden(self, ask: Asking, dates: frozenset[date]) -> Iterator[tuple[Spot, Family]]:
        """What blocks each placement on these dates; of a team, each of its people."""
        every = [spot for spot in spots(self.view, ask) if spot.on in dates]
        ground = self._alike.get(ask.wanted, self.decided)
        if ask.size > 1:
            alone = ((spot, (person,)) for spot in every for person in ask.people)
            yield from ((spot, ground.choice(ask, spot, one).family) for spot, one in alone)
            return
        for choice in ground.choices(ask, every, lambda _, __, ___: True):
            yield choice.spot, choice.family

    def free(self, ask: Asking) -> list[Choice]:
        """The placements that nothing blocks beside what people decided."""
        return list(self.decided.choices(ask, spots(self.view, ask), _is_free))

    def _impossible(self, ask: Asking, count: int, blocking: Blocking) -> WhyNot:
        return WhyNot(
            wanted=ask.wanted,
            count=count,
            status="impossible",
            facts=blocking.facts,
            is_smallest=blocking.is_smallest and not self.decided.is_cut,
            is_complete=not self.decided.is_cut,
            repairs=self._repairs.of(ask, ()),
        )


def why_not(problem: Problem, plan: Plan, wanted: Wanted) -> WhyNot:
    """Why one thing is not placed. Raises `UnknownWantedError`, `IsPlacedError`."""
    return Explainer(problem, plan).why_not(wanted)


def left_out_of(view: PlanView) -> Iterator[Wanted]:
    """What counts as missing: cadences, sequences, then interviews, each by id."""
    for cadence in sorted(view.problem.cadences, key=lambda one: one.id):
        if any(asked > held for _, asked, held in asked_and_placed(view, cadence)):
            yield Wanted(cadence=cadence.id)
    missed = {about for about, _ in missing_sequences(view)}
    for promotion, sequence in sorted(view.territory.sequences):
        if sequence_key(promotion, sequence) in missed:
            yield Wanted(promotion=promotion, sequence=sequence)
    for need, _ in sorted(missing_interviews(view), key=lambda one: one[0].id):
        yield Wanted(need=need.id)


def missing(view: PlanView, wanted: Wanted) -> tuple[Wanted, int]:
    """The thing, of several interviews the first that is missing, and how many are. Raises `IsPlacedError`."""
    if wanted.cadence is not None:
        lacking = asked_and_placed(view, view.territory.cadences[wanted.cadence])
        count = sum(max(0, asked - held) for _, asked, held in lacking)
        named, numbers = Wanted(cadence=wanted.cadence), [1] * count
    elif wanted.need is not None:
        held = {visit.number for visit in view.visits_by_need.get(wanted.need, ())}
        every = range(1, view.territory.needs[wanted.need].count + 1)
        numbers = [one for one in every if one not in held and wanted.number in (None, one)]
        count = len(numbers)
        named = Wanted(need=wanted.need, number=numbers[0] if numbers else None)
    else:
        numbers = [] if placed(view, wanted) or _is_done(view, wanted) else [1]
        named, count = wanted, len(numbers)
    if not numbers:
        raise IsPlacedError(wanted.about)
    return named, count


def _is_done(view: PlanView, wanted: Wanted) -> bool:
    _, sequence = view.territory.sequences[wanted.promotion or "", wanted.sequence or ""]
    return sequence.done_on is not None


def _is_free(_: Spot, family: Family, __: Plan) -> bool:
    return not family


def families_of(ground: Ground, ask: Asking, every: Iterable[Spot]) -> list[Family]:
    """What blocks each placement; those that hold what blocks another one are left out early."""
    known: list[Family] = []

    def is_new(_: Spot, family: Family, __: Plan) -> bool:
        return not any(one <= family for one in known)

    for choice in ground.choices(ask, every, is_new):
        known.append(choice.family)
    return known
