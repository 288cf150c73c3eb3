from datetime import date

from planner.problem import HistoryDate, Meeting, Problem, Travel, Wish
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    changed,
    day,
    interview,
    items,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    workshop,
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


def test_what_a_month_had_before_is_not_extra_again() -> None:
    history = tuple(HistoryDate(on=day(on), half_day="am") for on in (2, 3, 4))
    full = problem(cadences=(cadence(asked=2, up_to=3, history=history),), today_on=day(5))
    found = items(full, plan(permanence(day(9))), LEVEL)
    assert found == {"extra visits 2026-03": 5, "spread visits": 3}


def test_weights_are_data() -> None:
    facts = problem(cadences=(cadence(asked=1, up_to=1),), weights={"extra": 1})
    assert items(facts, plan(permanence(), permanence(day(9))), LEVEL) == {"extra visits 2026-03": 1}


def test_two_are_the_fewest_that_are_spread_and_only_monthly_permanences_are() -> None:
    # Day i (from 0) of 31 is in part floor(2 i / 31): days 1-16, 17-31.
    assert spread(asked=2) == {"spread visits": 6}
    assert spread(16, asked=2) == {"spread visits": 3}
    assert spread(16, 17, asked=2) == {}
    workshops = problem(cadences=(cadence("workshops", kind="session", asked=3),))
    assert items(workshops, plan(), LEVEL) == {}
    weekly_of_two = problem(cadences=(cadence(asked=0, weekdays=(1,)),))
    assert items(weekly_of_two, plan(), LEVEL) == {}
    group = promotion(sequence("s1"), sequence("s2"))
    follows = problem(cadences=(cadence(asked=2, follows="spring"),), promotions=(group,))
    assert items(follows, plan(), LEVEL) == {}


def test_a_workshop_beyond_what_is_asked_is_no_extra_permanence() -> None:
    workshops = problem(cadences=(cadence("workshops", kind="session", asked=1, up_to=1),))
    assert items(workshops, plan(workshop(), workshop(2, day(9))), LEVEL) == {}


def test_a_pinned_interview_before_its_window_waits_for_nothing() -> None:
    early = problem(interviews=(need(priority="urgent", from_on=day(9)),))
    assert items(early, plan(office(), interview()), LEVEL) == {"single A bureau 2026-03-02 am": 3}


def test_only_urgent_interviews_wait() -> None:
    usual = problem(interviews=(need(), need("n2", priority="flexible")))
    planned = plan(office(day(20)), interview(on=day(20)), interview("n2", on=day(20), start="10:00"))
    assert items(usual, planned, LEVEL) == {}


def test_a_call_does_not_count_in_an_office_half_day() -> None:
    calls = problem(interviews=(need(), need("call", mode="phone")))
    planned = plan(office(), interview(), interview("call", start="10:00", site=None))
    assert items(calls, planned, LEVEL) == {"single A bureau 2026-03-02 am": 3}


def test_calls_and_sessions_engage_and_an_office_half_day_alone_does_not() -> None:
    avoid = Wish(weekday=1, half_day="am", wish="avoid")
    wished = problem(
        staff=(person(wishes=(avoid,)),),
        interviews=(need("call", mode="phone"),),
        promotions=(promotion(sequence("s1", length="day")),),
    )
    about = {"avoid A 2026-03-02 am": 4}
    assert items(wished, plan(interview("call", site=None)), LEVEL) == about
    assert items(wished, plan(session("s1", MONDAY, "09:00", "17:00")), LEVEL) == about
    assert "avoid A 2026-03-02 am" not in items(wished, plan(office()), LEVEL)


def test_a_day_goes_from_site_to_site_in_order_of_start_and_each_day_is_rounded_up_once() -> None:
    visit = Meeting(id="visit", starts_at=at(MONDAY, "13:00"), ends_at=at(MONDAY, "13:30"), site="prison")
    there_and_back = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    twice = changed(
        journey(11, meetings=(visit,)), cadences=(cadence(), cadence("office-hours", site="bureau"))
    )
    assert items(twice, there_and_back, LEVEL) == {"travel A 2026-03-02": 3}
    two_days = changed(journey(5), cadences=(cadence(asked=2),))
    assert items(two_days, plan(permanence(), permanence(day(3))), LEVEL)["travel A 2026-03-03"] == 1


def test_a_meeting_outside_the_horizon_is_on_nobody_s_way_and_one_on_its_edges_is() -> None:
    def visit(on: date) -> Meeting:
        return Meeting(id=str(on), starts_at=at(on, "00:00"), ends_at=at(on, "01:00"), site="prison")

    days = (date(2026, 2, 28), day(1), day(31), date(2026, 4, 1))
    found = items(journey(10, meetings=tuple(visit(on) for on in days)), plan(), LEVEL)
    assert found == {"travel A 2026-03-01": 2, "travel A 2026-03-31": 2}


def test_every_weight_is_data() -> None:
    nothing = dict.fromkeys(("avoid", "prefer", "travel", "spread", "single", "urgent_wait", "extra"), 0)
    wishes = (Wish(on=MONDAY, half_day="am", wish="avoid"), Wish(on=day(9), half_day="am", wish="prefer"))
    facts = problem(
        cadences=(cadence(asked=2), cadence("more", site="bureau", asked=1, up_to=1)),
        interviews=(need(priority="urgent"),),
        staff=(person(wishes=wishes, base="bureau"),),
        default_travel_minutes=10,
    )
    planned = plan(
        permanence(MONDAY, "pm"),
        office(),
        interview(),
        permanence(day(4), cadence="more"),
        permanence(day(5), cadence="more"),
    )
    once = {
        "avoid A 2026-03-02 am": 1,
        "prefer A 2026-03-09 am": 1,
        "travel A 2026-03-02": 2,
        "spread visits": 1,
        "single A bureau 2026-03-02 am": 1,
        "urgent_wait n1": 1,
        "extra more 2026-03": 1,
    }
    assert items(changed(facts, weights=nothing), planned, LEVEL) == {}
    for name in nothing:
        weighed = items(changed(facts, weights={**nothing, name: 7}), planned, LEVEL)
        assert weighed == {about: 7 * units for about, units in once.items() if about.startswith(name)}
