from planner.problem import Accreditation, Problem
from tests.planner.build import (
    MONDAY,
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
    site,
    told,
)

RULE = "accreditation"


def facts(*held: Accreditation) -> Problem:
    guarded = (site(demands_accreditation=True), bureau())
    return problem(cadences=(cadence(),), sites=guarded, staff=(person(accreditations=held),))


def test_somebody_without_any_authorisation_is_seen() -> None:
    assert told(facts(), plan(permanence()), RULE) == [("not_accredited", "A", 1)]


def test_an_authorisation_for_another_site_does_not_help() -> None:
    assert told(facts(Accreditation(site="bureau")), plan(permanence()), RULE) == [("not_accredited", "A", 1)]


def test_an_authorisation_counts_on_its_first_and_its_last_day() -> None:
    one_day = facts(Accreditation(site="prison", from_on=MONDAY, until_on=MONDAY))
    assert told(one_day, plan(permanence()), RULE) == []
    assert told(one_day, plan(permanence(day(3))), RULE) == [("not_accredited", "A", 1)]
    assert told(one_day, plan(permanence(day(1))), RULE) == [("not_accredited", "A", 1)]


def test_a_site_that_demands_nothing_lets_everybody_in() -> None:
    assert told(problem(cadences=(cadence(),)), plan(permanence()), RULE) == []


def test_each_interview_of_an_office_half_day_breaks_for_itself() -> None:
    guarded = problem(sites=(site(), bureau(demands_accreditation=True)), interviews=(need(),))
    found = told(guarded, plan(office(), interview()), RULE)
    assert found == [("not_accredited", "A", 1), ("not_accredited", "n1", 1)]


def test_an_interview_of_a_permanence_breaks_nothing_more_than_its_permanence() -> None:
    guarded = problem(
        cadences=(cadence(),), sites=(site(demands_accreditation=True), bureau()), interviews=(need(),)
    )
    found = told(guarded, plan(permanence(), interview(site="prison")), RULE)
    assert found == [("not_accredited", "A", 1)]


def test_an_interview_whose_office_half_day_is_authorised_breaks_nothing() -> None:
    held = person(accreditations=(Accreditation(site="bureau"),))
    guarded = problem(sites=(site(), bureau(demands_accreditation=True)), staff=(held,), interviews=(need(),))
    assert told(guarded, plan(office(), interview()), RULE) == []


def test_a_call_is_made_without_any_authorisation() -> None:
    guarded = problem(
        sites=(site(demands_accreditation=True), bureau(demands_accreditation=True)),
        interviews=(need(mode="phone"),),
    )
    assert told(guarded, plan(interview(site=None)), RULE) == []
