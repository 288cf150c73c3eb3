"""Morning and afternoon of a day: what no plan has together saves nothing, in the relaxation either."""

from collections.abc import Iterable

import pytest

from planner.both_halves import BothHalves
from planner.build import build
from planner.model import Model
from planner.problem import Pin, Problem, Travel
from planner.relaxation import relax
from planner.solve import Limits, solve
from tests.planner.build import (
    MONDAY,
    cadence,
    day,
    openings,
    person,
    problem,
    promotion,
    recount,
    sequence,
    site,
    weekly,
)

ON_MONDAY = weekly(weekdays=range(1, 2))
ONE_DAY = {"first_on": MONDAY, "last_on": MONDAY}


def needed(facts: Problem) -> list[set[str]]:
    """What both half-days of A's Monday need, by the name of what is held and in which half-day."""
    model = build(facts)
    morning, afternoon = (model.variables.presences["A", half] for half in _monday(model))
    names = {
        variable: f"{occurrence.of[-1]} {'am' if occurrence.half % 2 == 0 else 'pm'}"
        for index, occurrence in enumerate(model.variables.occurrences)
        for variable in model.variables.team[index].values()
    }
    free = [[(v, p) for v, p in side if p.kind != "rest"] for side in (morning, afternoon)]
    return [{names[v] for v in variables} for variables in BothHalves(model).needed(*free)]


def _monday(model: Model) -> Iterable[int]:
    first = 2 * model.facts.day(MONDAY)
    return first, first + 1


def test_a_day_has_a_cadence_once() -> None:
    facts = problem(cadences=(cadence(asked=2),), staff=(person("A"),), **ONE_DAY)
    assert needed(facts) == [set(), set()]


def test_beside_another_cadence_one_of_the_two_is_another() -> None:
    facts = problem(cadences=(cadence(asked=2), cadence("talks", asked=2)), staff=(person("A"),), **ONE_DAY)
    am, pm, talks, visits = (
        {"visits am", "talks am"},
        {"visits pm", "talks pm"},
        {"talks am", "talks pm"},
        {"visits am", "visits pm"},
    )
    assert needed(facts) == [am, pm, visits, talks]


def test_what_goes_with_nothing_of_the_other_half_day_is_left_out() -> None:
    facts = problem(
        cadences=(cadence(asked=2), cadence("talks", length="am")), staff=(person("A"),), **ONE_DAY
    )
    assert needed(facts) == [{"talks am"}, {"visits pm"}]


def test_a_monthly_cadence_without_distance_may_have_both_half_days() -> None:
    facts = problem(cadences=(cadence(asked=2, min_days=0),), staff=(person("A"),), **ONE_DAY)
    assert needed(facts) == [{"visits am"}, {"visits pm"}]


def test_a_weekly_cadence_has_one_a_day_at_any_distance() -> None:
    facts = problem(cadences=(cadence(asked=0, weekdays=(1,), min_days=0),), staff=(person("A"),), **ONE_DAY)
    assert needed(facts) == [set(), set()]


def test_a_whole_day_goes_with_itself_alone() -> None:
    facts = problem(
        cadences=(cadence(length="day"), cadence("talks", length="pm")), staff=(person("A"),), **ONE_DAY
    )
    assert needed(facts) == [{"visits am"}, {"visits am"}]


def test_a_session_of_the_whole_day_leaves_no_afternoon() -> None:
    facts = problem(
        promotions=(promotion(sequence("step", length="day")),),
        cadences=(cadence(length="pm"),),
        staff=(person("A"),),
        **ONE_DAY,
    )
    assert needed(facts) == [set(), set()]


def test_too_far_is_never_had_together() -> None:
    facts = problem(
        sites=(site(), site("farm", openings=openings())),
        cadences=(cadence(length="am"), cadence("talks", site="farm", length="pm")),
        staff=(person("A"),),
        travel=(Travel(from_site="prison", to_site="farm", minutes=121),),
        **ONE_DAY,
    )
    assert needed(facts) == [set(), set()]


@pytest.mark.parametrize("least", [0, 1])
def test_steps_that_may_share_a_day_are_told_apart(least: int) -> None:
    steps = (sequence("one"), sequence("two", min_days=least))
    facts = problem(promotions=(promotion(*steps),), staff=(person("A"),), **ONE_DAY)
    one, two = {"one am", "one pm"}, {"two am", "two pm"}
    told_apart = [{"one am", "two am"}, {"one pm", "two pm"}, two, one]
    assert needed(facts) == ([set(), set()] if least else told_apart)


def test_what_people_decided_to_hold_twice_a_day_saves_its_way() -> None:
    """A goes to the prison and back once: two hours there, not four."""
    pins = tuple(Pin(cadence="visits", on=MONDAY, half_day=half, staff=("A",)) for half in ("am", "pm"))
    facts = problem(
        cadences=(cadence(asked=2),),
        staff=(person("A", base="bureau"),),
        travel=(Travel(from_site="bureau", to_site="prison", minutes=60),),
        pins=pins,
        **ONE_DAY,
    )
    planned = solve(facts, limits=Limits(time_limit_seconds=60)).plan
    assert recount(facts, planned).goals["comfort"] == planned.levels[-1].value
    assert [one.value for one in planned.levels if one.name == "comfort"] == [12 + 3]


def test_the_relaxation_pays_a_way_for_each_date_of_a_cadence() -> None:
    """Two permanences on two Mondays: half of each in the morning and half in the afternoon saves nothing."""
    facts = problem(
        first_on=day(2),
        last_on=day(15),
        cadences=(cadence(asked=2),),
        staff=(person("A", base="bureau", availability=ON_MONDAY),),
        travel=(Travel(from_site="bureau", to_site="prison", minutes=60),),
    )
    program = build(facts).program
    assert relax(program, {"unmet_permanences": 0}, "comfort", seconds=60).bound == 2 * 12
