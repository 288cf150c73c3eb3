"""Places that partners booked or were promised, at the edges of a site, of its slots and of its opening."""

from math import inf

import msgspec

from planner.audit import Auditor, audit
from planner.breach import Breach
from planner.plan import Plan
from planner.problem import Booked, Problem
from planner.salvage import to_drop, without_breaches
from planner.told import told
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    need,
    office,
    openings,
    permanence,
    person,
    pin_of_interview,
    plan,
    problem,
    site,
)
from tests.planner.test_solver_edges import ONE_DAY, placed, planned, visits

MORNINGS = (cadence(length="am"), cadence("others", length="am"))


def booking(slot: int, of: str = "visits", place: int = 1) -> Booked:
    return Booked(cadence=of, on=MONDAY, half_day="am", slot=slot, place=place)


def without_needs(places: int, *booked: Booked) -> Problem:
    """Two permanences of a Monday morning at a prison where nobody asks for an interview."""
    sites = (site(interview_places=places), bureau())
    return problem(**ONE_DAY, sites=sites, cadences=MORNINGS, booked=booked)


def test_bookings_fill_a_site_where_nobody_asks_for_an_interview() -> None:
    assert placed(without_needs(1, booking(0), booking(1, "others"))) == 2
    assert placed(without_needs(2, booking(0), booking(0, "others"))) == 2
    assert placed(without_needs(1, booking(0), booking(0, "others"))) == 1


def test_a_permanence_booked_above_the_places_of_its_site_costs_only_itself() -> None:
    assert placed(without_needs(1, booking(0), booking(0, place=2))) == 1
    assert placed(without_needs(0, booking(0))) == 1


def test_a_site_that_is_full_of_bookings_names_their_permanences() -> None:
    facts = without_needs(1, booking(0), booking(0, place=2), booking(0, "others"))
    both = plan(permanence(), permanence(MONDAY, "am", "B", cadence="others"))
    (breach,) = audit(facts, both).violations
    first, other = "visits 2026-03-02 am", "others 2026-03-02 am"
    assert (breach.code, breach.amount, breach.items) == ("places_full", 2, (first, first, other))


def test_of_two_booked_permanences_of_a_refused_plan_one_stays() -> None:
    facts = without_needs(1, booking(0), booking(0, "others"))
    both = plan(permanence(), permanence(MONDAY, "am", "B", cadence="others"))
    assert without_breaches(Auditor(facts), both, Plan(), inf) == plan(permanence())


def test_a_breach_that_names_nothing_costs_what_is_at_its_site_in_its_half_day() -> None:
    beside = (permanence(MONDAY, "pm", "B", cadence="others"), office(staff="C"))
    facts = problem(staff=(person("A"), person("B"), person("C")), cadences=MORNINGS)
    view = Auditor(facts).view(plan(permanence(), *beside))
    nameless = Breach("interview_capacity", "places_full", "prison", MONDAY, 1, "am", "prison")
    assert [thing.key for thing in to_drop(view, (nameless,), set())] == ["visits 2026-03-02 am"]


def beside_a_pin(start: str, partner_places: int) -> Problem:
    """A morning from ten to twelve, or from nine where places are promised; one interview pinned, two to place."""
    pin = pin_of_interview("pinned", start=start, site="prison")
    hours = openings(from_hour="09:00" if partner_places else "10:00", to_hour="12:00")[:1]
    needs = (need("pinned", sites=("prison",)), need("more", sites=("prison",), count=2))
    return visits(
        cadence(partner_places=partner_places),
        sites=(site(openings=hours), bureau(openings=())),
        interviews=needs,
        pins=(pin,),
    )


def test_where_nothing_is_promised_an_interview_pinned_before_the_opening_takes_no_place() -> None:
    assert len(planned(beside_a_pin("09:00", 0)).interviews) == 3


def test_an_interview_pinned_between_two_slots_takes_both_from_the_partners() -> None:
    assert len(planned(beside_a_pin("09:00", 1)).interviews) == 2
    assert len(planned(beside_a_pin("09:30", 1)).interviews) == 1


def test_a_booking_of_a_slot_that_the_opening_has_no_more_fills_none() -> None:
    facts = without_needs(1, booking(3), booking(3, "others"))
    both = plan(permanence(), permanence(MONDAY, "am", "B", cadence="others"))
    assert audit(facts, both).is_clean
    assert placed(facts) == 2


def test_a_slot_that_is_no_more_stays_out_of_the_afternoon_and_one_place_is_kept_all_the_same() -> None:
    halves = (*openings(slot_minutes=90)[:1], *openings(from_hour="13:30", to_hour="15:30")[1:2])
    facts = visits(
        cadence(length="am"),
        sites=(site(kind="bureau", interview_places=1, openings=halves),),
        interviews=(need(sites=("prison",), count=4),),
        booked=(booking(3),),
    )
    assert len(planned(facts).interviews) == 3


def test_partners_who_booked_a_slot_that_is_no_more_are_to_be_told() -> None:
    published = plan(permanence(), permanence(MONDAY, "am", "B", cadence="others"))
    facts = msgspec.structs.replace(without_needs(2, booking(2), booking(3, "others")), published=published)
    assert told(facts, published).partners == ("others",)
