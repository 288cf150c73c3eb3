"""The example files of the documentation are what it says they are."""

import re
from pathlib import Path

from planner.audit import audit
from planner.problem_file import read_plan, read_problem
from planner.solve import Limits, Planned, solve
from planner.territory import DEFAULT_WEIGHTS

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"


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


def test_the_annotated_problem_can_be_planned_as_it_stands() -> None:
    found = re.search(r"```jsonc\n(.*?)```", (DOCS / "formats.md").read_text(), re.DOTALL)
    assert found is not None
    problem = read_problem(re.sub(r"\s//.*", "", found[1]).encode())
    outcome = solve(problem, limits=Limits(time_limit_seconds=20, workers=1))
    assert isinstance(outcome, Planned)
    report = audit(problem, outcome.plan)
    assert report.is_clean
    assert sum(report.goals[level] for level in ("unmet_permanences", "unmet_rest", "continuity")) == 0


def test_the_weights_are_documented_with_their_defaults() -> None:
    text = " ".join((DOCS / "formats.md").read_text().split())
    assert [name for name, price in DEFAULT_WEIGHTS.items() if f"`{name}` {price}" not in text] == []
