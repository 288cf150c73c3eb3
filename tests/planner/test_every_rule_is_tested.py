"""Every rule and level has its test file, its row in the documents, and a test that stands on both sides of its edge."""

import ast
import re
from pathlib import Path

import pytest

from planner.goals import GOALS
from planner.rules import REASON_CODES, RULES

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs"
LEVELS = [goal.name for goal in GOALS]


def functions(path: Path) -> dict[str, str]:
    """The source of each test of a file by its name."""
    source = path.read_text()
    return {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def edges(document: str) -> dict[str, str]:
    """The test that a document names for each rule or level, in the order of its rows."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| `(test_\w+)` \|$", (DOCS / document).read_text(), re.M)
    return dict(rows)


def test_the_documents_name_each_rule_and_level_in_their_order() -> None:
    assert list(edges("rules.md")) == [rule.name for rule in RULES]
    assert list(edges("goals.md")) == LEVELS


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_a_rule_is_allowed_forbidden_and_tried_on_both_sides_of_its_edge(rule: str) -> None:
    tests = functions(HERE / "rules" / f"test_{rule}.py")
    edge = tests[edges("rules.md")[rule]]
    assert "RULE) == []" in edge, "just allowed"
    assert [code for code in REASON_CODES[rule] if f'"{code}"' in edge], "just a breach"
    everything = "\n".join(tests.values())
    assert [code for code in REASON_CODES[rule] if f'"{code}"' not in everything] == [], "every reason"


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_tried_where_it_turns(level: str) -> None:
    file = "test_unmet.py" if level.startswith("unmet_") else f"test_{level}.py"
    assert edges("goals.md")[level] in functions(HERE / "goals" / file)
