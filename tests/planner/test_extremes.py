"""Facts that reach to the ends of the calendar, and prices as high as a file may name, plan like any other."""

from datetime import UTC, date, datetime

import pytest

from planner.demand import month_of_window
from planner.problem import Absence, Problem, Wish
from planner.problem_file import read_plan, read_problem, write_plan, write_problem
from planner.solve import Limits, Planned, solve
from tests.planner.build import at, bureau, day, need, person, problem, promotion, sequence
from tests.planner.build import cadence as visits

WITHIN = Limits(time_limit_seconds=20, deterministic_limit=4, workers=1)
BEGINNING, END = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
DEAREST = 1_000_000


def planned(facts: Problem) -> Planned:
    found = solve(facts, limits=WITHIN)
    assert isinstance(found, Planned)
    return found


@pytest.mark.parametrize("from_on", [date.min, date(2026, 1, 30), date(2026, 3, 1)])
@pytest.mark.parametrize("until_on", [date(2026, 4, 30), date.max])
def test_a_window_without_end_belongs_to_its_first_whole_month_of_31_days(
    from_on: date, until_on: date
) -> None:
    assert month_of_window(from_on, until_on) == ((1, 1) if from_on == date.min else (2026, 3))


def test_the_last_month_of_the_calendar_is_a_month() -> None:
    assert month_of_window(date(9999, 12, 20), date.max) == (9999, 12)


def test_windows_and_absences_reach_to_the_ends_of_the_calendar() -> None:
    gone = Absence(id="gone", starts_at=at(day(3), "08:00"), ends_at=END)
    never = Absence(id="never", starts_at=BEGINNING, ends_at=at(day(2), "08:00"))
    facts = problem(
        staff=(person("A", absences=(never, gone)),),
        promotions=(promotion(sequence("s1", until_on=date.max)),),
        interviews=(need(until_on=date.max),),
    )
    found = planned(facts).plan
    assert [session.starts_at.date() for session in found.sessions] == [day(2)]
    assert [one.starts_at.date() for one in found.interviews] == [day(2)]


def test_the_plan_of_the_dearest_month_is_read_again() -> None:
    facts = problem(
        staff=(),
        weights={"rest_normal": DEAREST},
        interviews=(need(misses=DEAREST, count=2, referent=None),),
    )
    found = planned(read_problem(write_problem(facts))).plan
    assert read_plan(write_plan(found), facts) == found
    assert {level.name: level.value for level in found.levels}["unmet_rest"] == 2 * DEAREST * (DEAREST + 1)


def test_levels_after_the_dearest_are_settled_to_their_best() -> None:
    """What a thousand misses would save is more than a row once took for no bound at all."""
    wish = Wish(weekday=1, half_day="am", wish="avoid")
    facts = problem(
        sites=(bureau(),),
        staff=(person(wishes=(wish,)),),
        weights={"rest_normal": DEAREST},
        interviews=tuple(
            need(f"n{number}", misses=1_000, until_on=day(3), sites=("bureau",)) for number in range(1, 7)
        ),
    )
    found = planned(facts).plan
    assert len(found.interviews) == 6
    assert [level.status for level in found.levels] == ["optimal"] * 8
    assert {level.name: level.value for level in found.levels}["comfort"] == 0


def test_a_balance_as_large_as_a_file_may_name_is_evened_out_to_the_best() -> None:
    facts = problem(
        staff=(person("A", ledger={"permanences": 10**9}), person("B", ledger={"permanences": -(10**9)})),
        cadences=(visits(asked=4),),
    )
    found = planned(facts).plan
    assert {one.staff for one in found.permanences} == {("B",)}
    assert found.levels[6].status == "optimal"
