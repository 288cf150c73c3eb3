"""Steps that never share a day are of one class: what follows them is then counted at its full length."""

import pytest

from planner.build import build
from planner.problem import Closure, Pin
from planner.relaxation import relax
from planner.shared_days import day_classes
from planner.solve import Limits, solve
from tests.planner.build import cadence, day, person, problem, promotion, recount, sequence, site, weekly


def classes(*steps: tuple[int, bool], settled: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    """What steps of these `min_days` get, each an intervention or not; they are named s0, s1 and so on."""
    made = [
        sequence(f"s{index}", min_days=least, intervention=intervention)
        for index, (least, intervention) in enumerate(steps)
    ]
    return [tuple(one) for one in day_classes(promotion(*made), settled).values()]


def test_steps_at_least_a_day_apart_never_share_one() -> None:
    assert classes((1, False), (1, False), (7, False), (1, True)) == [(0, 0)] * 4


def test_steps_that_may_follow_on_the_same_day_are_told_apart() -> None:
    assert classes((1, False), (0, False), (0, False), (2, False), (0, False)) == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 0),
        (0, 1),
    ]


def test_two_interventions_may_share_a_day() -> None:
    assert classes((1, False), (0, True), (0, True)) == [(0, 0), (0, 0), (0, 1)]


def test_a_settled_step_is_a_class_of_its_own_and_parts_those_around_it() -> None:
    steps = [(1, False)] * 4
    assert classes(*steps, settled=("s1",)) == [(0, 0), (1, 0), (2, 0), (2, 0)]


@pytest.mark.parametrize("pinned", [False, True])
def test_a_step_after_a_settled_one_may_share_its_day_with_a_step_before_a_missing_one(pinned: bool) -> None:
    """The third step is done or pinned, the second has no place: the first and the fourth may meet on one day."""
    windows = {"s1": 3, "s2": 9, "s3": 2, "s4": 3}
    steps = [
        sequence(name, from_on=day(on), until_on=day(on), **({"done_on": day(2)} if done else {}))
        for name, on in windows.items()
        for done in [name == "s3" and not pinned]
    ]
    pin = Pin(promotion="spring", sequence="s3", on=day(2), start="09:00", site="prison", staff=("A",))
    facts = problem(
        promotions=(promotion(*steps),),
        cadences=(cadence("after", length="half", asked=0, follows="spring"),),
        sites=(site(closures=(Closure(id="shut", from_on=day(9), until_on=day(9)),)),),
        first_on=day(2) if pinned else day(3),
        pins=(pin,) if pinned else (),
    )
    planned = solve(facts, limits=Limits(time_limit_seconds=60)).plan
    placed = {one.sequence: one.starts_at.date() for one in planned.sessions}
    assert (placed["s1"], placed["s4"]) == (day(3), day(3))
    assert planned.levels[0].value == 1
    assert recount(facts, planned).is_clean


def test_steps_share_a_day_where_they_may_and_the_mornings_that_follow_are_counted_once() -> None:
    steps = [
        sequence(name, from_on=day(2), until_on=day(3), min_days=least)
        for name, least in (("one", 1), ("two", 0), ("three", 1))
    ]
    facts = problem(
        promotions=(promotion(*steps),),
        cadences=(cadence("after", length="half", asked=0, follows="spring"),),
        staff=(person("A"), person("B")),
    )
    planned = solve(facts, limits=Limits(time_limit_seconds=60)).plan
    placed = {one.sequence: one.starts_at.date() for one in planned.sessions}
    assert placed == {"one": day(2), "two": day(2), "three": day(3)}
    assert {one.on for one in planned.permanences} == {day(2), day(3)}


@pytest.mark.parametrize(("least", "missing"), [(1, 2), (0, 1)])
def test_the_relaxation_counts_a_day_for_each_session_that_must_have_its_own(
    least: int, missing: int
) -> None:
    afternoons = tuple(one for one in weekly() if one.half_day == "pm")
    steps = [sequence(step, from_on=day(2), until_on=day(6), min_days=least) for step in ("one", "two")]
    facts = problem(
        sites=(site(),),
        staff=(person(availability=afternoons),),
        promotions=(promotion(*steps),),
        cadences=(cadence("after", length="am", asked=0, follows="spring"),),
    )
    program = build(facts).program
    assert relax(program, {"unmet_sessions": 0}, "unmet_permanences", seconds=60).bound == missing
