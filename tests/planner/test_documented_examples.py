"""The example files of the documentation are what it says they are."""

from pathlib import Path

from planner.audit import audit
from planner.problem_file import read_plan, read_problem

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_the_documented_plan_is_a_clean_plan_of_the_documented_problem() -> None:
    problem = read_problem((EXAMPLES / "small-problem.json").read_bytes())
    report = audit(problem, read_plan((EXAMPLES / "small-plan.json").read_bytes(), problem))
    assert report.is_clean
    assert report.goals == {
        "unmet_sessions": 0,
        "unmet_permanences": 0,
        "unmet_urgent": 0,
        "changes": 0,
        "unmet_rest": 3,
        "continuity": 0,
        "fairness": 40,
        "comfort": 23,
    }
