"""Steps that never share a day are of one class: what follows them is then counted at its full length."""

import pytest

from planner.build import build
from planner.relaxation import relax
from planner.shared_days import day_classes
from planner.solve import Limits, solve
from tests.planner.build import cadence, day, person, problem, promotion, sequence, site, weekly


def classes(*steps: tuple[int, bool]) -> list[int]:
    """What steps of these `min_days` get, each an intervention or not."""
    made = [
        sequence(f"s{index}", min_days=least, intervention=intervention)
        for index, (least, intervention) in enumerate(steps)
    ]
    return list(day_classes(promotion(*made)).values())


def test_steps_at_least_a_day_apart_never_share_one() -> None:
    assert classes((1, False), (1, False), (7, False), (1, True)) == [0, 0, 0, 0]


def test_steps_that_may_follow_on_the_same_day_are_told_apart() -> None:
    assert classes((1, False), (0, False), (0, False), (2, False), (0, False)) == [0, 1, 2, 0, 1]


def test_two_interventions_may_share_a_day() -> None:
    assert classes((1, False), (0, True), (0, True)) == [0, 0, 1]


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
    planned = solve(facts, limits=Limits(time_limit_seconds=10)).plan
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
    assert relax(program, {"unmet_sessions": 0}, "unmet_permanences", seconds=10).bound == missing
