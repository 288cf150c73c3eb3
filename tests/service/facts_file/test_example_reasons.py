"""Each example month leaves at least five things out, for at least five different reasons."""

from datetime import date

import pytest

from planner.audit import audit
from planner.plan import Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from tests.service.example_months import MONTHS, problem_of

SHORT = Limits(time_limit_seconds=60, deterministic_limit=3, workers=1)
"""Some work, the same on every machine."""
ALWAYS = {
    "ile-de-france": {
        "accreditation",
        "availability",
        "interview_window",
        "room",
        "site_open",
        "speaker_present",
    },
    "somme": {"accreditation", "availability", "interview_window", "room", "staffing"},
}


def planned(problem: Problem, limits: Limits) -> Plan:
    outcome = solve(problem, limits=limits)
    assert isinstance(outcome, Planned)
    return outcome.plan


def reasons(plan: Plan) -> set[str]:
    return {left.reason.code for left in plan.unplaced}


@pytest.mark.slow
def test_the_somme_leaves_five_things_out_for_five_reasons_in_every_month() -> None:
    for first_on in MONTHS:
        plan = planned(problem_of("somme", first_on), SHORT)
        assert len(plan.unplaced) >= 5, first_on
        assert reasons(plan) >= ALWAYS["somme"], first_on


@pytest.mark.slow
@pytest.mark.parametrize("first_on", [date(2026, 12, 1), date(2027, 5, 1), date(2028, 2, 1)])
def test_ile_de_france_leaves_five_things_out_for_six_reasons(first_on: date) -> None:
    problem = problem_of("ile-de-france", first_on)
    plan = planned(problem, SHORT)
    assert len(plan.unplaced) >= 5
    assert reasons(plan) >= ALWAYS["ile-de-france"]
    assert audit(problem, plan).is_clean


@pytest.mark.slow
def test_the_coming_month_of_ile_de_france_is_proven_on_every_level() -> None:
    plan = planned(problem_of("ile-de-france"), Limits(time_limit_seconds=60.0))
    assert {level.status for level in plan.levels} == {"optimal"}
