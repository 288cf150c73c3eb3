"""Months on which solver and audit once disagreed, as small as they could be made."""

from pathlib import Path

import pytest

from planner.problem_file import read_problem
from tests.planner.shrink import disagreement

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_month_that_failed_once_does_not_any_more(path: Path) -> None:
    assert disagreement(read_problem(path.read_bytes())) is None
