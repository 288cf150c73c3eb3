"""What must not matter does not: names, order, four weeks. What must not help does not."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from planner.generate import generate_small, with_absence
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from tests.planner.transforms import four_weeks_later, renamed, shuffled

REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=60, workers=1)
ROOT = Path(__file__).resolve().parent.parent.parent
SOLVE_AND_HASH = """
import hashlib
from planner.generate import generate_small
from planner.problem_file import write_plan
from planner.solve import Limits, solve
for seed in range({first}, {last}):
    outcome = solve(generate_small(seed), limits=Limits(deterministic_limit=30, workers=1))
    print(hashlib.sha256(write_plan(outcome.plan)).hexdigest())
"""


class NotProvenError(AssertionError):
    """A month whose best plan is not known within the limit says nothing of another."""


def values(problem: Problem) -> dict[str, int]:
    """The level values of a plan proven best on every level. Raises `NotProvenError`."""
    outcome = solve(problem, limits=REPEATABLE)
    assert isinstance(outcome, Planned)
    if any(level.status != "optimal" for level in outcome.plan.levels):
        raise NotProvenError
    return {level.name: level.value for level in outcome.plan.levels}


def strict(problem: Problem) -> Problem:
    """Without tolerances, which let equal months end in different plans."""
    return msgspec.structs.replace(problem, tolerances={})


Check = Callable[[int], None]


def names_do_not_matter(seed: int) -> None:
    problem = strict(generate_small(seed))
    assert values(renamed(problem, seed)) == values(problem)


def order_does_not_matter(seed: int) -> None:
    problem = strict(generate_small(seed))
    assert values(shuffled(problem, seed)) == values(problem)


def four_weeks_do_not_matter(seed: int, zone: str = "Europe/Paris") -> None:
    """From February to March: months of the same shape; New York changes its clock between them."""
    problem = strict(msgspec.structs.replace(generate_small(seed, date(2027, 2, 8)), zone=zone))
    assert values(four_weeks_later(problem)) == values(problem)


def an_absence_never_helps(seed: int) -> None:
    """Nothing is too near to be moved: what an absence breaks there may make room for something else."""
    made = generate_small(seed)
    problem = strict(msgspec.structs.replace(made, today_on=made.first_on, notice_days=0))
    before = LEVEL_NAMES[: LEVEL_NAMES.index("changes")]
    on = problem.first_on + timedelta(days=seed % 4)
    without = values(problem)
    absent = values(with_absence(problem, problem.staff[seed % len(problem.staff)].id, on))
    assert tuple(absent[level] for level in before) >= tuple(without[level] for level in before)


def a_wish_less_unplaces_nothing(seed: int) -> None:
    problem = strict(generate_small(seed))
    staff = tuple(msgspec.structs.replace(one, wishes=()) for one in problem.staff)
    free = values(msgspec.structs.replace(problem, staff=staff))
    wished = values(problem)
    assert {level: free[level] for level in LEVEL_NAMES if level != "comfort"} == {
        level: wished[level] for level in LEVEL_NAMES if level != "comfort"
    }


CHECKS = (
    names_do_not_matter,
    order_does_not_matter,
    four_weeks_do_not_matter,
    an_absence_never_helps,
    a_wish_less_unplaces_nothing,
)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_must_not_matter_does_not(check: Check, seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("seed", range(8))
def test_four_weeks_do_not_matter_across_a_change_of_clock(seed: int) -> None:
    four_weeks_do_not_matter(seed, "America/New_York")


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_must_not_matter_does_not_on_many_months(check: Check) -> None:
    compared = 0
    for seed in range(15, 215):
        with suppress(NotProvenError):
            check(seed)
            compared += 1
    assert compared > 190


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    script = SOLVE_AND_HASH.format(first=0, last=8)
    outcomes = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True, text=True, check=True, cwd=ROOT, timeout=300,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "2")
    ]  # fmt: skip
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0].split()) == 8
