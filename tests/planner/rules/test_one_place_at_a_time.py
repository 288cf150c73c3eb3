from planner.problem import Busy, Cadence, Meeting, Problem, Travel
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    interview,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    site,
    told,
)

RULE = "one_place_at_a_time"


def facts(minutes: int = 0, **changes: object) -> Problem:
    """A prison and a bureau `minutes` apart, with two cadences and a need."""
    far: Cadence = cadence("office-hours", site="bureau", asked=2)
    legs = (Travel(from_site="prison", to_site="bureau", minutes=minutes),)
    return problem(cadences=(cadence(asked=2), far), travel=legs, interviews=(need(),), **changes)


def meeting(start: str, end: str, place: str | None = None) -> Meeting:
    return Meeting(id="team", starts_at=at(MONDAY, start), ends_at=at(MONDAY, end), site=place)


def test_one_presence_in_each_half_day_is_allowed() -> None:
    assert told(facts(), plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours")), RULE) == []


def test_two_presences_in_one_half_day_are_seen() -> None:
    found = told(facts(), plan(permanence(), permanence(cadence="office-hours")), RULE)
    assert ("two_presences", "A", 1) in found


def test_two_people_may_be_in_two_places() -> None:
    planned = plan(permanence(), permanence(MONDAY, "am", "B", cadence="office-hours"))
    assert told(facts(), planned, RULE) == []


def test_travel_that_just_fits_is_allowed_and_a_minute_more_is_not() -> None:
    planned = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    assert told(facts(120), planned, RULE) == []
    assert told(facts(121), planned, RULE) == [("travel", "A", 1)]


def test_both_directions_of_travel_may_differ() -> None:
    one_way = Travel(from_site="prison", to_site="bureau", minutes=10)
    back = Travel(from_site="bureau", to_site="prison", minutes=150)
    both = problem(
        cadences=(cadence(asked=2), cadence("office-hours", site="bureau", asked=2)), travel=(one_way, back)
    )
    there = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    home = plan(permanence(MONDAY, "pm"), permanence(cadence="office-hours"))
    assert told(both, there, RULE) == []
    assert told(both, home, RULE) == [("travel", "A", 30)]


def test_travel_that_no_table_gives_takes_the_default() -> None:
    apart = problem(
        cadences=(cadence(asked=2), cadence("office-hours", site="bureau", asked=2)),
        default_travel_minutes=125,
    )
    planned = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    assert told(apart, planned, RULE) == [("travel", "A", 5)]


def test_a_meeting_excludes_a_permanence_that_it_touches_by_a_minute() -> None:
    ends_before = person(meetings=(meeting("08:00", "09:00"),))
    touches = person(meetings=(meeting("08:00", "09:01"),))
    assert told(facts(staff=(ends_before,)), plan(permanence()), RULE) == []
    assert told(facts(staff=(touches,)), plan(permanence()), RULE) == [("occupied", "A", 1)]


def test_busy_time_excludes_only_the_office_slots_that_it_touches() -> None:
    busy = person(busy=(Busy(starts_at=at(MONDAY, "10:00"), ends_at=at(MONDAY, "10:30")),))
    morning = facts(staff=(busy,))
    assert told(morning, plan(office(), interview(start="09:00")), RULE) == []
    assert told(morning, plan(office(), interview(start="10:00")), RULE) == [("occupied", "A", 1)]


def test_beside_a_meeting_elsewhere_an_office_half_day_counts_by_its_interviews() -> None:
    away = person(meetings=(meeting("09:00", "09:30", "prison"),))
    planned = plan(office(), interview(start="11:00"))
    assert told(facts(90, staff=(away,)), planned, RULE) == []
    assert told(facts(91, staff=(away,)), planned, RULE) == [("travel", "A", 1)]


def test_beside_a_permanence_an_office_half_day_counts_by_its_whole_opening() -> None:
    planned = plan(permanence(), office(MONDAY, "pm"), interview(start="16:00"))
    assert told(facts(130), planned, RULE) == [("travel", "A", 10)]


def test_a_meeting_at_the_bureau_itself_asks_for_no_travel() -> None:
    here = person(meetings=(meeting("09:00", "10:00", "bureau"),))
    assert told(facts(90, staff=(here,)), plan(office(), interview(start="10:00")), RULE) == []


def test_two_openings_of_one_site_that_overlap_cannot_both_be_served() -> None:
    late = site(openings=(*site().openings[:1], *openings_until_ten_past_two()))
    overlapping = problem(cadences=(cadence(asked=2),), sites=(late, bureau()))
    planned = plan(permanence(), permanence(MONDAY, "pm"))
    assert told(overlapping, planned, RULE) == [("travel", "A", 10)]


def openings_until_ten_past_two() -> tuple[object, ...]:
    """The prison's Monday afternoon, from ten minutes before its morning ends."""
    afternoon = site().openings[1]
    return (type(afternoon)(weekday=1, half_day="pm", from_hour="11:50", to_hour="17:00"),)
