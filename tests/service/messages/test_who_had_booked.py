"""Partners whose permanence is gone are told by where they booked, in words, beside the code of the cadence."""

from planner.audit import Auditor
from planner.plan import Plan
from planner.told import Told
from service.messages.explanations import Explained
from service.schemas.comparisons import told_view
from tests.pages.sample_month import sample_problem


def test_partners_are_named_by_the_site_where_they_booked():
    problem = sample_problem()
    cadence = problem.cadences[0]
    site = next(one for one in problem.sites if one.id == cadence.site)
    gone = Told(
        plan=Plan(),
        to_replace=(),
        waiting=(),
        changes=(),
        staff=(),
        participants=(),
        sites=(),
        partners=(cadence.id,),
    )
    (booked,) = told_view(gone, Explained(Auditor(problem).view(Plan()), {})).partners
    assert (booked.cadence, booked.site) == (cadence.id, site.id)
    assert booked.text == f"les partenaires qui ont réservé à {site.name}"
