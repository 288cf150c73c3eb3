"""What an addition costs is what a recount of the whole plan says, also where it meets something else."""

from planner.added_cost import AddedCost
from planner.audit import Auditor
from planner.plan import LEVEL_NAMES
from planner.plan_view import PlanView
from planner.problem import Travel
from tests.planner.build import MONDAY, cadence, permanence, plan, problem, promotion, sequence, session, site


def test_of_two_that_begin_together_the_way_goes_by_site_however_long_they_last() -> None:
    """The session ends before the permanence that begins with it; from the morning's prison, the annex is far."""
    facts = problem(
        sites=(site("annex"), site("chapel"), site("prison")),
        travel=(
            Travel(from_site="prison", to_site="annex", minutes=90),
            Travel(from_site="annex", to_site="chapel", minutes=30),
        ),
        cadences=(cadence("prayer", site="annex"), cadence("visits")),
        promotions=(promotion(sequence("s1"), site="chapel"),),
    )
    held = plan(
        permanence(MONDAY, "am"),
        permanence(MONDAY, "pm", cadence="prayer"),
    )
    added = plan(session("s1", MONDAY, "14:00", "16:00", site="chapel"))
    auditor = Auditor(facts)
    before = auditor.goals(held)
    after = auditor.goals(plan(*held.permanences, *added.sessions))
    costs = AddedCost(PlanView(auditor.territory, held)).of(PlanView(auditor.territory, added))
    assert dict(zip(LEVEL_NAMES, costs, strict=True)) == {
        name: after[name] - before[name] for name in LEVEL_NAMES
    }
