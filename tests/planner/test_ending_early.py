"""Whenever a solve is ended there is a clean plan, or none yet; a month too large is looked at in part."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.audit import audit
from planner.generate import generate_real, generate_small
from planner.outcome import Outcome, Progress
from planner.problem import Problem
from planner.sizes import Sizes
from planner.solve import Limits, Planned, Stopped, solve

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=4, workers=1)


INTERRUPTED_AFTER_A_SOLVE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from planner.generate import generate_small
from planner.solve import Limits, solve
for seed in range(4):
    solve(generate_small(seed), limits=Limits(time_limit_seconds=20, workers=1))
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("the caller's own")
"""


def after(asked: int) -> Callable[[], bool]:
    """Says stop once it has been asked so often."""
    left = [asked]

    def stop() -> bool:
        left[0] -= 1
        return left[0] < 0

    return stop


def assert_clean(problem: Problem, outcome: Outcome) -> None:
    assert isinstance(outcome, Planned)
    report = audit(problem, outcome.plan)
    assert report.is_clean
    assert {level.name: level.value for level in outcome.plan.levels} == report.goals


@pytest.mark.parametrize("asked", [1, 3, 10, 30, 60, 100, 200, 400])
def test_a_stop_at_any_moment_leaves_a_clean_plan_or_says_that_there_was_none(asked: int) -> None:
    problem = generate_small(asked)
    outcome = solve(problem, limits=REPEATABLE, stop=after(asked))
    if not isinstance(outcome, Stopped):
        assert_clean(problem, outcome)


@pytest.mark.parametrize("seconds", [0.001, 0.05, 0.3])
def test_without_time_the_plan_is_what_is_fixed_or_better(seconds: float) -> None:
    problem = generate_real(1)
    outcome = solve(problem, limits=Limits(time_limit_seconds=seconds, workers=1))
    assert_clean(problem, outcome)
    assert isinstance(outcome, Planned)
    last = {point.level: point.value for point in outcome.curve}
    assert last == {level.name: level.value for level in outcome.plan.levels}


@pytest.mark.parametrize("seed", range(6))
def test_a_thinned_month_has_clean_plans_and_no_bound_that_it_cannot_know(
    seed: int,
) -> None:
    problem = generate_small(seed)
    outcome = solve(problem, limits=REPEATABLE._replace(sizes=Sizes(looked_through=1)))
    assert_clean(problem, outcome)
    assert isinstance(outcome, Planned)
    whole = solve(problem, limits=REPEATABLE)
    assert isinstance(whole, Planned)
    levels = outcome.plan.levels
    assert all(level.bound <= best.value for level, best in zip(levels[:2], whole.plan.levels, strict=False))
    assert all(level.bound == 0 or level.value == 0 for level in levels[2:])


@pytest.mark.parametrize("seed", range(6))
def test_what_is_proven_before_the_end_stays_proven(seed: int) -> None:
    """The first level that is above 0 is settled by a search, then somebody says stop."""
    proven: list[Progress] = []

    def note(progress: Progress) -> None:
        if progress.value == progress.bound > 0:
            proven.append(progress)

    outcome = solve(generate_small(seed), limits=REPEATABLE, stop=lambda: bool(proven), on_progress=note)
    assert isinstance(outcome, Planned)
    levels = {level.name: level for level in outcome.plan.levels}
    assert proven
    assert levels[proven[0].level].status == "optimal"


def test_a_repeatable_solve_has_the_same_reasons_however_slow_the_machine() -> None:
    """Units that are used up keep nobody waiting: reasons are looked for as long as it takes."""
    limits = REPEATABLE._replace(deterministic_limit=0.001, reasons_seconds=0.0)
    outcome = solve(generate_small(3), limits=limits)
    assert isinstance(outcome, Planned)
    assert outcome.plan.unplaced
    assert {one.reason.code for one in outcome.plan.unplaced} & {"not_examined"} == set()


def test_an_interruption_stays_the_callers_own_after_a_search() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AFTER_A_SOLVE],
        capture_output=True, text=True, cwd=ROOT, timeout=300, check=False,
    )  # fmt: skip
    assert (outcome.returncode, outcome.stdout) == (0, "the caller's own\n")
