"""Reasons looked for ahead are those that are found without, for whatever plan comes of the search."""

from math import inf

import pytest

from planner.audit import Auditor
from planner.build import build
from planner.draft import clean_draft
from planner.finish import drafted
from planner.first_reasons import FirstReasons, left_out
from planner.generate import generate_small
from planner.outcome import Limits, Planned
from planner.plan import Plan, Unplaced
from planner.solve import solve

SEEDS = range(12)


def planned(seed: int) -> Plan:
    outcome = solve(generate_small(seed), limits=Limits(deterministic_limit=0.05, workers=1))
    assert isinstance(outcome, Planned)
    return outcome.plan


def ahead(auditor: Auditor, of: Plan, seconds: float) -> FirstReasons:
    """What was looked for in so many seconds of what a plan leaves out."""
    reasons = FirstReasons(auditor)
    reasons.look_ahead(of)
    reasons.wait(seconds)
    return reasons


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_are_the_same_whatever_was_looked_for_ahead(seed: int) -> None:
    auditor, plan = Auditor(generate_small(seed)), planned(seed)
    for of in (Plan(), plan):
        told = left_out(auditor, plan)
        for seconds in (0.0, 0.02, 20.0):
            assert ahead(auditor, of, seconds).of(plan) == told


def test_time_that_is_over_takes_nothing_of_what_was_found() -> None:
    auditor = Auditor(generate_small(0))
    told = left_out(auditor, Plan())
    assert codes(told) != {"not_examined"}
    assert codes(left_out(auditor, Plan(), until=0.0)) == {"not_examined"}
    assert ahead(auditor, Plan(), 20).of(Plan(), until=0.0) == told


def test_a_draft_that_is_taken_is_told_what_was_found_ahead() -> None:
    problem = generate_small(0)
    auditor = Auditor(problem)
    draft = clean_draft(auditor, build(problem), Plan(), inf)
    assert draft is not None
    told = left_out(auditor, draft.plan)
    found = ahead(auditor, draft.plan, 20)
    assert drafted(draft, (), {}, 0.0, found).unplaced == told
    assert codes(drafted(draft, (), {}, 0.0).unplaced) == {"not_examined"}


def codes(told: tuple[Unplaced, ...]) -> set[str]:
    return {one.reason.code for one in told}
