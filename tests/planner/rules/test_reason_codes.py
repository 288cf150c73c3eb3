"""Every reason that a rule may give is one that it announces, and every one announced is used."""

import ast
from pathlib import Path

import pytest

import planner.rules
from planner.rules import REASON_CODES, RULES

SOURCES = Path(planner.rules.__file__).parent
ELSEWHERE = {"site_open": SOURCES.parent / "territory.py"}
"""Where a rule's codes come from when not from its own file."""


def test_the_rules_are_those_of_the_contract_in_its_order() -> None:
    assert [rule.name for rule in RULES] == [
        "one_place_at_a_time", "availability", "accreditation", "access_notice", "site_open", "staffing", "cadence",
        "spacing", "sequence_order", "room", "speaker_present", "interview_window", "interview_place",
        "interview_staff", "interview_capacity", "partner_places", "participant_one_at_a_time", "workload", "pinned",
        "frozen",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", sorted(REASON_CODES))
def test_each_announced_code_stands_twice_in_the_source(rule: str) -> None:
    paths = [SOURCES / f"{rule}.py", *([ELSEWHERE[rule]] if rule in ELSEWHERE else [])]
    texts = [
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert REASON_CODES[rule]
    for code in REASON_CODES[rule]:
        assert texts.count(code) >= 2, code
