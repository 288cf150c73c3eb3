from datetime import date

from planner.build import build
from planner.greedy import start
from planner.problem import Problem
from planner.read_back import read_plan
from planner.solve import Limits, Planned, solve
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    changed,
    day,
    items,
    permanence,
    person,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    recount,
    sequence,
    session,
    site,
    weekly,
)

LEVEL = "fairness"
TUESDAY = day(3)


def facts(*staff: object, **changes: object) -> Problem:
    group = promotion(sequence("s1"), sequence("s2", length="day"))
    given = {"cadences": (cadence(asked=9),), "promotions": (group,), "staff": staff or problem().staff}
    return problem(**{**given, **changes})


def test_each_further_half_day_weighs_more() -> None:
    one = plan(permanence(TUESDAY))
    two = plan(permanence(TUESDAY), permanence(day(10)))
    assert items(facts(), one, LEVEL) == {"A permanences": 10}
    assert items(facts(), two, LEVEL) == {"A permanences": 10 + 30}


def test_half_time_weighs_double() -> None:
    part_time = person("A", availability=weekly(weekdays=range(1, 4)))
    full_time = person("B", availability=weekly(weekdays=range(1, 7)))
    # March 2026 has five Mondays and Tuesdays and four of each other weekday: 28 of 52 half-days.
    share = 100 * 28 // 52
    assert share == 53
    found = items(facts(part_time, full_time), plan(permanence(TUESDAY), permanence(day(10))), LEVEL)
    assert found == {"A permanences": 1000 // share + 3000 // share}


def test_the_ledger_counts_from_the_smallest_balance() -> None:
    owing = person("A", ledger={"permanences": -50})
    ahead = person("B", ledger={"permanences": 150})
    planned = plan(permanence(TUESDAY, "am", "A"), permanence(TUESDAY, "pm", "B"))
    assert items(facts(owing, ahead), planned, LEVEL) == {"A permanences": 10, "B permanences": 50}


def test_people_without_an_available_half_day_are_left_out() -> None:
    away = person("A", availability=(), ledger={"permanences": -900})
    planned = plan(permanence(TUESDAY, "am", "A"), permanence(TUESDAY, "pm", "B"))
    assert items(facts(away, person("B")), planned, LEVEL) == {"B permanences": 10}


def test_far_sites_count_once_more() -> None:
    away = (site(far=True), bureau())
    found = items(facts(sites=away), plan(permanence(TUESDAY), session("s1", day(4))), LEVEL)
    assert found == {"A permanences": 10, "A far": 40, "A sessions": 10}


def test_monday_mornings_and_friday_afternoons_are_edges() -> None:
    planned = plan(permanence(MONDAY), permanence(MONDAY, "pm"), permanence(day(6)), permanence(day(6), "pm"))
    assert items(facts(), planned, LEVEL) == {"A permanences": 10 + 30 + 50 + 70, "A edges": 10 + 30}


def test_a_whole_day_session_counts_once_and_is_an_edge_on_monday() -> None:
    whole = plan(session("s2", MONDAY, "09:00", "17:00"))
    assert items(facts(), whole, LEVEL) == {"A sessions": 10, "A edges": 10}


def test_monday_afternoons_and_friday_mornings_are_no_edges() -> None:
    for on, half_day, is_edge in (
        (MONDAY, "am", True),
        (MONDAY, "pm", False),
        (day(6), "am", False),
        (day(6), "pm", True),
        (TUESDAY, "am", False),
    ):
        found = items(facts(), plan(permanence(on, half_day)), LEVEL)
        assert ("A edges" in found) is is_edge


def test_a_whole_day_of_permanences_counts_two_and_a_whole_day_session_one() -> None:
    whole = plan(permanence(TUESDAY), permanence(TUESDAY, "pm"))
    assert items(facts(cadences=(cadence(length="day"),)), whole, LEVEL) == {"A permanences": 10 + 30}
    assert items(facts(), plan(session("s2", TUESDAY, "09:00", "17:00")), LEVEL) == {"A sessions": 10}


def test_whoever_has_next_to_no_time_weighs_at_least_one_hundredth() -> None:
    once = weekly()[0]
    seldom = person("A", availability=(changed(once, until_on=MONDAY),))
    long = {"last_on": date(2026, 12, 31)}
    found = items(facts(seldom, person("B"), **long), plan(permanence(MONDAY, "pm")), LEVEL)
    assert found == {"A permanences": 1000}


def test_each_person_of_a_team_is_counted_and_the_least_balance_is_that_of_those_counted() -> None:
    away = person("C", availability=(), ledger={"permanences": -900})
    staff = (person("A", ledger={"permanences": 25}), person("B"), away)
    two = facts(*staff, cadences=(cadence(staff_count=2),))
    found = items(two, plan(permanence(TUESDAY, "am", "A", "B")), LEVEL)
    assert found == {"A permanences": 10 * (2 * 25 + 100) // 100, "B permanences": 10}


def test_each_turn_is_rounded_down_for_itself() -> None:
    share = 100 * 44 // 62  # weekdays against every day of March
    part_time = person("A", availability=weekly(weekdays=range(1, 6)))
    found = items(facts(part_time, person("B")), plan(permanence(TUESDAY), permanence(day(10))), LEVEL)
    assert found == {"A permanences": 1000 // share + 3000 // share}
    assert 1000 // share + 3000 // share != 4000 // share


def test_absences_and_holidays_leave_less_time() -> None:
    mornings = tuple(entry for entry in weekly() if entry.half_day == "am")
    half = person("A", availability=mornings)
    holidays = tuple(day(on) for on in range(2, 32))
    only_sunday = facts(half, person("B"), holidays=holidays)
    assert items(only_sunday, plan(permanence(TUESDAY)), LEVEL) == {"A permanences": 20}


def test_two_pinned_in_one_half_day_count_beside_all_that_other_half_days_can_hold() -> None:
    """Three permanences of A stay on one Monday morning, and one is chosen in the afternoon: four in two half-days."""
    pinned = ("c1", "c2", "c3")
    pins = tuple(changed(pin_of_permanence(MONDAY, "am", "A"), cadence=id) for id in pinned)
    chosen = cadence("c4", length="pm")
    one_day = {"first_on": MONDAY, "last_on": MONDAY, "staff": (person("A"),)}
    whole = problem(cadences=(*(cadence(id) for id in pinned), chosen), pins=pins, **one_day)
    outcome = solve(whole, limits=Limits(time_limit_seconds=30, deterministic_limit=5, workers=1))
    assert isinstance(outcome, Planned)
    model = build(whole)
    values = start(model, lambda: False)
    counted = recount(whole, read_plan(model, values)).goals[LEVEL]
    assert model.program.value(LEVEL, values) == counted == 10 + 30 + 50 + 70 + 10 + 30 + 50
    assert [(one.value, one.status) for one in outcome.plan.levels if one.name == LEVEL] == [
        (counted, "optimal")
    ]
