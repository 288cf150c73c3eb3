from planner.problem import Meeting, Problem, Travel, Wish
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    day,
    interview,
    items,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
)

LEVEL = "comfort"


def wishing(*wishes: Wish, **who: object) -> Problem:
    return problem(cadences=(cadence(),), staff=(person(wishes=wishes, **who),))


def test_each_engaged_half_day_that_somebody_would_avoid_costs_four() -> None:
    avoid = Wish(weekday=1, half_day="am", wish="avoid")
    assert items(wishing(avoid), plan(permanence()), LEVEL) == {"avoid A 2026-03-02 am": 4}
    assert items(wishing(avoid), plan(permanence(MONDAY, "pm")), LEVEL) == {}
    team = Meeting(id="team", starts_at=at(day(9), "09:00"), ends_at=at(day(9), "09:30"))
    assert items(wishing(avoid, meetings=(team,)), plan(), LEVEL) == {"avoid A 2026-03-09 am": 4}


def test_a_preferred_date_that_is_not_engaged_costs_one() -> None:
    once = Wish(on=MONDAY, half_day="am", wish="prefer")
    outside = Wish(on=day(2).replace(month=5), half_day="am", wish="prefer")
    assert items(wishing(once, outside), plan(), LEVEL) == {"prefer A 2026-03-02 am": 1}
    assert items(wishing(once), plan(permanence()), LEVEL) == {}
    every = items(wishing(Wish(weekday=1, half_day="am", wish="prefer")), plan(permanence()), LEVEL)
    assert sum(every.values()) == 4


def journey(minutes: int, **who: object) -> Problem:
    """A prison `minutes` from the bureau, which is A's base unless told."""
    return problem(
        cadences=(cadence(),),
        interviews=(need(count=2),),
        staff=(person(**{"base": "bureau", **who}),),
        travel=(Travel(from_site="bureau", to_site="prison", minutes=minutes),),
    )


def test_travel_is_counted_from_the_base_and_back_by_started_ten_minutes() -> None:
    assert items(journey(5), plan(permanence()), LEVEL) == {"travel A 2026-03-02": 1}
    assert items(journey(10), plan(permanence()), LEVEL) == {"travel A 2026-03-02": 2}
    assert items(journey(11), plan(permanence()), LEVEL) == {"travel A 2026-03-02": 3}


def test_without_a_base_the_first_and_last_leg_are_left_out() -> None:
    planned = plan(
        permanence(), office(MONDAY, "pm"), interview(start="14:00"), interview(start="15:00", number=2)
    )
    assert items(journey(25, base=None), planned, LEVEL) == {"travel A 2026-03-02": 3}


def test_meetings_with_a_site_are_on_the_way() -> None:
    visit = Meeting(id="visit", starts_at=at(MONDAY, "09:00"), ends_at=at(MONDAY, "10:00"), site="prison")
    call = Meeting(id="call", starts_at=at(day(3), "09:00"), ends_at=at(day(3), "10:00"))
    assert items(journey(25, meetings=(visit, call)), plan(), LEVEL) == {"travel A 2026-03-02": 5}


def spread(*days: int, asked: int = 3) -> dict[str, int]:
    facts = problem(cadences=(cadence(asked=asked),))
    return items(facts, plan(*(permanence(day(on)) for on in days)), LEVEL)


def test_each_equal_part_of_the_horizon_without_a_permanence_costs_three() -> None:
    # Day i (from 0) of 31 is in part floor(3 i / 31): days 1-11, 12-21, 22-31.
    assert spread() == {"spread visits": 9}
    assert spread(11, 12, 23) == {}
    assert spread(9, 11, 12) == {"spread visits": 3}


def test_a_cadence_that_asks_once_has_no_parts() -> None:
    assert spread(asked=1) == {}


def test_an_office_half_day_for_one_interview_costs_three() -> None:
    facts = problem(interviews=(need(count=2),))
    assert items(facts, plan(office(), interview()), LEVEL) == {"single A bureau 2026-03-02 am": 3}
    two = plan(office(), interview(), interview(start="10:00", number=2))
    assert items(facts, two, LEVEL) == {}


def test_an_urgent_interview_costs_each_day_from_its_window_s_start_in_the_horizon() -> None:
    urgent = problem(
        interviews=(need(priority="urgent", from_on=day(1).replace(month=2), sites=("bureau",)),)
    )
    planned = plan(office(day(3)), interview(on=day(3)))
    assert items(urgent, planned, LEVEL)["urgent_wait n1"] == 2
    at_once = plan(office(), interview())
    assert items(problem(interviews=(need(priority="urgent", from_on=MONDAY),)), at_once, LEVEL) == {
        "single A bureau 2026-03-02 am": 3
    }


def test_each_permanence_beyond_what_is_asked_costs_five() -> None:
    margin = problem(cadences=(cadence(asked=1, up_to=2),))
    planned = plan(permanence(), permanence(day(9)), permanence(day(16)))
    assert items(margin, planned, LEVEL) == {"extra visits 2026-03": 10}


def test_weights_are_data() -> None:
    facts = problem(cadences=(cadence(asked=1, up_to=1),), weights={"extra": 1})
    assert items(facts, plan(permanence(), permanence(day(9))), LEVEL) == {"extra visits 2026-03": 1}
