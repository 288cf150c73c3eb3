from planner.problem import Accreditation, Problem
from tests.planner.build import (
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
    told,
)

RULE = "access_notice"


def facts(today: int, *held: Accreditation, **changes: object) -> Problem:
    """A prison that wants its list five days before."""
    listed = (site(access_notice_days=5), bureau())
    staff = (person("A", accreditations=held), person("B"))
    return problem(cadences=(cadence(),), sites=listed, staff=staff, today_on=day(today), **changes)


def test_on_the_day_of_the_notice_it_is_still_time_and_a_day_later_no_more() -> None:
    assert told(facts(4), plan(permanence(day(9))), RULE) == []
    assert told(facts(5), plan(permanence(day(9))), RULE) == [("list_already_sent", "A", 1)]


def test_who_is_published_there_that_day_stays_on_the_list() -> None:
    known = facts(5, published=plan(permanence(day(9), "pm")))
    assert told(known, plan(permanence(day(9))), RULE) == []
    assert told(known, plan(permanence(day(9), "am", "B")), RULE) == [("list_already_sent", "B", 1)]


def test_who_is_published_there_another_day_is_on_another_list() -> None:
    known = facts(5, published=plan(permanence(day(8))))
    assert ("list_already_sent", "A", 1) in told(known, plan(permanence(day(9))), RULE)


def test_an_authorisation_to_come_unannounced_spares_the_list() -> None:
    held = Accreditation(site="prison", until_on=day(9))
    assert told(facts(5, held), plan(permanence(day(9))), RULE) == []
    assert told(facts(5, held), plan(permanence(day(10), "am")), RULE) == []
    expired = Accreditation(site="prison", until_on=day(8))
    assert told(facts(5, expired), plan(permanence(day(9))), RULE) == [("list_already_sent", "A", 1)]


def test_an_authorisation_that_asks_for_an_announcement_does_not() -> None:
    held = Accreditation(site="prison", unannounced=False)
    assert told(facts(5, held), plan(permanence(day(9))), RULE) == [("list_already_sent", "A", 1)]


def test_a_site_without_a_list_is_entered_the_same_day() -> None:
    assert told(problem(cadences=(cadence(),), today_on=day(9)), plan(permanence(day(9))), RULE) == []


def test_an_authorisation_to_come_unannounced_elsewhere_spares_no_list() -> None:
    held = Accreditation(site="bureau")
    assert told(facts(5, held), plan(permanence(day(9))), RULE) == [("list_already_sent", "A", 1)]


def test_what_took_place_before_today_at_a_site_without_a_list_is_no_breach() -> None:
    assert told(problem(cadences=(cadence(),), today_on=day(10)), plan(permanence(day(9))), RULE) == []


def test_a_session_and_an_office_half_day_are_entered_like_a_permanence() -> None:
    listed = (site(access_notice_days=5), bureau(access_notice_days=5))
    group = promotion(sequence("s1"))
    late = problem(sites=listed, promotions=(group,), interviews=(need(),), today_on=day(5))
    assert told(late, plan(session("s1", day(9))), RULE) == [("list_already_sent", "A", 1)]
    assert told(late, plan(office(day(9)), interview(on=day(9))), RULE) == [("list_already_sent", "A", 1)]
