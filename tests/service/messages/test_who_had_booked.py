"""Partners whose permanence is gone are told by where they booked, in words, beside the code of the cadence."""

from planner.audit import Auditor
from planner.plan import Plan
from planner.told import Told
from service.messages.explanations import Explained
from service.schemas.comparisons import told_view
from tests.pages.sample_month import sample_problem


def gone(cadence: str) -> Told:
    return Told(
        plan=Plan(),
        to_replace=(),
        waiting=(),
        changes=(),
        staff=(),
        participants=(),
        sites=(),
        partners=(cadence,),
    )


def test_partners_are_named_by_the_site_where_they_booked():
    problem = sample_problem()
    cadence = problem.cadences[0]
    site = next(one for one in problem.sites if one.id == cadence.site)
    (booked,) = told_view(gone(cadence.id), Explained(Auditor(problem).view(Plan()), {})).partners
    assert (booked.cadence, booked.site) == (cadence.id, site.id)
    assert booked.text == f"les partenaires qui ont réservé à {site.name}"


def test_a_booking_of_a_cadence_that_is_gone_is_told_by_what_is_known_of_it():
    words = Explained(Auditor(sample_problem()).view(Plan()), {"nantes-mardi": "Nantes le mardi"})
    named, unnamed = (told_view(gone(code), words).partners[0] for code in ("nantes-mardi", "ailleurs"))
    assert (named.site, named.text) == ("", "les partenaires qui ont réservé à Nantes le mardi")
    assert unnamed.text == "les partenaires qui ont réservé à ailleurs"
