"""What of a published plan stands is kept when nothing else can be: no more is dropped than is too many."""

from math import inf

from planner.audit import Auditor, audit
from planner.plan import Plan
from planner.problem import Booked, Problem
from planner.salvage import with_what_stands, without_breaches
from tests.planner.build import bureau, cadence, day, interview, need, office, permanence, plan, problem

EIGHT = tuple(permanence(day(number), "am", "A") for number in (2, 3, 4, 5, 6, 9, 10, 11))


def one_too_many() -> Problem:
    """Eight permanences are published; seven are asked now."""
    return problem(cadences=(cadence(asked=7),), published=plan(*EIGHT))


def test_of_eight_permanences_where_seven_are_asked_now_the_last_goes() -> None:
    found = with_what_stands(Auditor(one_too_many()), Plan(), inf)
    assert found.permanences == EIGHT[:-1]


def test_of_two_interviews_in_the_only_place_one_stays() -> None:
    held = [interview(f"n{number}", staff=person) for number, person in ((1, "A"), (2, "B"))]
    offices = [office(staff=person) for person in ("A", "B")]
    facts = problem(
        sites=(bureau(interview_places=1),),
        interviews=(need("n1", sites=("bureau",)), need("n2", sites=("bureau",), referent="B")),
        published=plan(*held, *offices),
    )
    found = with_what_stands(Auditor(facts), Plan(), inf)
    assert found.interviews == (held[0],)
    assert audit(facts, found).is_clean


def test_a_plan_that_nobody_published_loses_as_little() -> None:
    auditor = Auditor(problem(cadences=(cadence(asked=7),)))
    assert without_breaches(auditor, plan(*EIGHT), Plan(), inf) == plan(*EIGHT[:-1])
    assert without_breaches(auditor, plan(*EIGHT), plan(*EIGHT[:-1]), inf) == plan(*EIGHT[:-1])
    assert without_breaches(auditor, plan(*EIGHT), plan(*EIGHT), inf) is None


def test_of_dates_too_close_to_one_another_every_other_one_stays() -> None:
    facts = problem(cadences=(cadence(asked=8, min_days=2),), published=plan(*EIGHT))
    found = with_what_stands(Auditor(facts), Plan(), inf)
    assert [one.on.day for one in found.permanences] == [2, 4, 6, 9, 11]
    assert audit(facts, found).is_clean


def test_of_two_presences_at_once_one_stays_with_its_interview() -> None:
    met = interview("n1", start="09:00")
    facts = problem(cadences=(cadence(),), interviews=(need(sites=("bureau",)),), default_travel_minutes=30)
    both = plan(permanence(day(2), "am", "A"), office(), met)
    assert without_breaches(Auditor(facts), both, Plan(), inf) == plan(permanence(day(2), "am", "A"))
    only = problem(interviews=(need(sites=("bureau",)), need("n2", sites=("bureau",))))
    twice = plan(office(), met, interview("n2", start="09:00"))
    assert without_breaches(Auditor(only), twice, Plan(), inf) == plan(office(), met)


def test_of_two_interviews_of_a_permanence_the_one_in_a_slot_that_partners_booked_goes() -> None:
    there = permanence(day(2), "am", "A")
    first = interview("n1", start="09:00", site="prison")
    second = interview("n2", start="10:00", site="prison")
    facts = problem(
        cadences=(cadence(),),
        interviews=(need("n1"), need("n2")),
        booked=(Booked(cadence="visits", on=day(2), half_day="am", slot=0),),
        published=plan(there, first, second),
    )
    found = with_what_stands(Auditor(facts), Plan(), inf)
    assert found.permanences == (there,)
    assert found.interviews == (second,)


def test_an_interview_that_two_breaches_name_goes_once() -> None:
    """In a slot that partners booked, and one of three in the two places that this leaves."""
    held = [interview(f"n{hour}", start=f"{hour:02}:00", site="prison") for hour in (9, 10, 11)]
    facts = problem(
        cadences=(cadence(),),
        interviews=tuple(need(one.need) for one in held),
        booked=(Booked(cadence="visits", on=day(2), half_day="am", slot=0),),
        published=plan(permanence(day(2)), *held),
    )
    found = with_what_stands(Auditor(facts), Plan(), inf)
    assert [one.need for one in found.interviews] == ["n10", "n11"]


def test_past_its_time_what_stands_as_a_whole_is_kept_and_what_breaks_is_not_tried_to_be_saved() -> None:
    facts, past = one_too_many(), -inf
    whole = problem(cadences=(cadence(asked=8),), published=plan(*EIGHT))
    assert with_what_stands(Auditor(whole), Plan(), past).permanences == EIGHT
    assert with_what_stands(Auditor(facts), Plan(), past) == Plan()
