"""Suggestions: the best places of one thing, each clean and priced as a full recount prices it."""

from collections.abc import Iterator
from itertools import islice

import msgspec
import pytest

from planner.audit import Auditor
from planner.generate import generate_small, generate_tiny
from planner.kept import pinned_names, things
from planner.plan import (
    LEVEL_NAMES,
    OfficeHalfDay,
    Plan,
    PlannedInterview,
    PlannedPermanence,
    PlannedSession,
)
from planner.problem import Absence, Problem
from planner.solve import Limits, Planned, solve
from planner.suggest import Suggester, Suggestion, suggest
from planner.wanted import UnknownWantedError, Wanted, joined, taken_out, wanted_of
from planner.why_not import left_out_of
from planner.why_this import why_this
from tests.planner.brute_force import as_plan
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    sequence,
)
from tests.planner.every_choice import Option, all_choices, interview_options

LIMITS = Limits(time_limit_seconds=20, deterministic_limit=2, workers=1)
Key = tuple[tuple[object, ...], ...]


def planned(facts: Problem) -> tuple[Problem, Plan]:
    facts = msgspec.structs.replace(facts, published=None)
    outcome = solve(facts, limits=LIMITS)
    assert isinstance(outcome, Planned)
    return facts, outcome.plan


def options(facts: Problem, wanted: Wanted) -> Iterator[Option]:
    """Every placement that the brute force knows of one thing."""
    if wanted.need is not None:
        need = next(one for one in facts.interviews if one.id == wanted.need)
        for part in interview_options(facts, need):
            yield (msgspec.structs.replace(part, number=wanted.number or 1),)
        return
    for choice in all_choices(facts):
        for option in choice:
            part = option[0]
            if isinstance(part, PlannedInterview) or part.cadence != wanted.cadence:
                continue
            if isinstance(part, PlannedPermanence):
                yield option
            elif (part.promotion, part.sequence) == (wanted.promotion, wanted.sequence):
                yield (msgspec.structs.replace(part, number=wanted.number) if wanted.number else part,)


def added(facts: Problem, base: Plan, option: Option) -> Plan:
    """The option, and an office half-day for an interview where the person is not there yet."""
    alone = as_plan(facts, option)
    held = {(one.staff, one.site, one.on, one.half_day) for one in base.office}
    homes = {one.id: one.site for one in facts.cadences}
    held |= {(who, homes[p.cadence], p.on, p.half_day) for p in base.permanences for who in p.staff}
    office = tuple(o for o in alone.office if (o.staff, o.site, o.on, o.half_day) not in held)
    sessions = tuple(one for one in option if isinstance(one, PlannedSession))
    return msgspec.structs.replace(alone, office=office, sessions=sessions)


def enumerated(facts: Problem, held: Plan, wanted: Wanted) -> list[tuple[tuple[int, ...], Key]]:
    """Every placement with anybody in it, the whole plan audited with each, best first."""
    auditor = Auditor(facts)
    base, less = taken_out(auditor.view(held), wanted)
    before = auditor.audit(base)
    known = {breach.key: breach.amount for breach in before.violations}
    goals = auditor.goals(held)
    found: list[tuple[tuple[int, ...], Key]] = []
    for option in options(facts, wanted):
        adds = added(facts, base, option)
        after = auditor.audit(joined(joined(base, adds), staying(less, adds)))
        if all(breach.amount <= known.get(breach.key, 0) for breach in after.violations):
            found.append((tuple(after.goals[name] - goals[name] for name in LEVEL_NAMES), key(adds)))
    return sorted(found)


def key(adds: Plan) -> Key:
    """What tells one placement of a thing from another."""
    return (
        tuple((p.on, p.half_day, p.staff) for p in adds.permanences),
        tuple((s.starts_at, s.staff, s.room or "") for s in adds.sessions),
        tuple((i.starts_at, i.site or "", i.staff) for i in adds.interviews),
    )


def staying(less: Plan, adds: Plan) -> Plan:
    """Interviews stay with a permanence that keeps its half-day, with those who stay in it."""
    same = {(p.on, p.half_day) for p in less.permanences} == {(p.on, p.half_day) for p in adds.permanences}
    staff = {who for p in adds.permanences for who in p.staff}
    return Plan(interviews=tuple(one for one in less.interviews if same and one.staff in staff))


def key_of(one: Suggestion) -> Key:
    moved = one.placement.adds
    own = moved if not moved.permanences else msgspec.structs.replace(moved, interviews=())
    return key(own)


def asked_of(facts: Problem, held: Plan) -> Iterator[Wanted]:
    """What is left out, and some of what is placed and not decided by a pin, nor by one inside."""
    view = Auditor(facts).view(held)
    yield from islice(left_out_of(view), 3)
    pinned = pinned_names(view)
    for records in (held.permanences, held.sessions, held.interviews):
        loose = [wanted_of(one) for one in records if not isinstance(one, OfficeHalfDay)]
        gone = [(one, things(Auditor(facts).view(taken_out(view, one)[1]))) for one in loose]
        yield from [one for one, names in gone if not pinned & names.keys()][:3]


def assert_equal_to_enumeration(facts: Problem, held: Plan) -> int:
    count = 0
    suggester = Suggester(facts, held)
    for wanted in asked_of(facts, held):
        found = suggester.suggest(wanted)
        every = enumerated(facts, held, wanted)
        assert [one.costs for one in found] == [costs for costs, _ in every[:10]], wanted
        assert {(one.costs, key_of(one)) for one in found} <= set(every)
        count += 1
    return count


@pytest.mark.parametrize("seed", range(6))
def test_the_ten_best_are_those_of_a_full_enumeration(seed: int) -> None:
    assert assert_equal_to_enumeration(*planned(generate_tiny(seed))) > 0


@pytest.mark.slow
def test_the_ten_best_are_those_of_a_full_enumeration_on_odd_months() -> None:
    assert sum(assert_equal_to_enumeration(*planned(generate_small(seed))) for seed in range(8)) > 30


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_ten_best_are_those_of_a_full_enumeration_on_many_months() -> None:
    for seed in range(100, 150):
        assert_equal_to_enumeration(*planned(generate_small(seed)))


def test_an_interview_opens_an_office_half_day_or_joins_one() -> None:
    facts = problem(interviews=(need(sites=("bureau",)), need("n2", sites=("bureau",))))
    (first, *_) = suggest(facts, plan(office(), interview("n2")), Wanted(need="n1"))
    assert first.placement.adds.office == ()
    assert suggest(facts, Plan(), Wanted(need="n1"))[0].placement.adds.office


def test_of_a_permanence_that_moves_the_interviews_in_it_are_displaced() -> None:
    facts = problem(cadences=(cadence(),), interviews=(need(sites=("prison",), other_staff=True),))
    held = plan(permanence(), interview(site="prison"))
    found = suggest(facts, held, Wanted(cadence="visits", on=MONDAY, half_day="am"), count=200)
    here = [one for one in found if (one.placement.on, one.placement.half_day) == (MONDAY, "am")]
    assert {one.placement.staff: one.displaced for one in here} == {("A",): (), ("B",): ("n1",)}
    assert all(one.displaced for one in found if one not in here)


def test_an_unknown_thing_is_refused_by_its_name() -> None:
    for wanted in (Wanted(need="x"), Wanted(cadence="x"), Wanted(promotion="x", sequence="y")):
        with pytest.raises(UnknownWantedError, match="x"):
            suggest(problem(), Plan(), wanted)


def test_a_sequence_is_suggested_within_its_window() -> None:
    steps = promotion(sequence("talk", from_on=day(9), until_on=day(10)))
    found = suggest(problem(promotions=(steps,)), Plan(), Wanted(promotion="spring", sequence="talk"))
    assert {one.placement.on for one in found} == {day(9), day(10)}


# Why this


def test_a_place_is_explained_by_the_first_level_at_which_the_next_best_is_worse() -> None:
    facts = problem(cadences=(cadence(usual_staff=("A",)),), last_on=MONDAY, first_on=MONDAY)
    found = why_this(Suggester(facts, plan(permanence(half_day="pm"))), Wanted(cadence="visits", on=MONDAY))
    assert (found.because, found.level) == ("best", "fairness")
    away = Absence(id="am", starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, "13:00"))
    facts = problem(
        cadences=(cadence(usual_staff=("A",)),),
        last_on=MONDAY,
        first_on=MONDAY,
        staff=(person("A", absences=(away,)), person("B", absences=(away,))),
    )
    found = why_this(Suggester(facts, plan(permanence(half_day="pm"))), Wanted(cadence="visits", on=MONDAY))
    assert (found.because, found.level) == ("best", "continuity")
    assert found.next_best is not None
    assert found.next_best.placement.staff == ("B",)


def test_what_somebody_decided_and_what_has_no_other_place_say_so() -> None:
    facts = problem(cadences=(cadence(),), pins=(pin_of_permanence(),))
    wanted = Wanted(cadence="visits", on=MONDAY, half_day="am")
    assert why_this(Suggester(facts, plan(permanence())), wanted).because == "pinned"
    alone = problem(cadences=(cadence(length="am"),), staff=(person("A"),), first_on=MONDAY, last_on=MONDAY)
    found = why_this(Suggester(alone, plan(permanence())), wanted)
    assert (found.because, found.next_best) == ("only_place", None)
