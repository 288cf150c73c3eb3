"""The smallest month that still fails: drops list items and fields one by one while a test says so.

By hand: `.venv/bin/python -m tests.planner.shrink small 126 tests/planner/cases/extra-pin.json`.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from planner.audit import audit
from planner.errors import MalformedFileError
from planner.generate import generate_real, generate_small, generate_tiny
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.problem_file import read_problem, write_problem
from planner.solve import Limits, Planned, solve

Fails = Callable[[Problem], bool]
REPEATABLE = Limits(time_limit_seconds=20, deterministic_limit=20, workers=1)


def shrunk(problem: Problem, fails: Fails) -> Problem:
    """A month of which nothing more can be left out; `fails` holds for it as for `problem`."""
    value = msgspec.to_builtins(problem)
    again = True
    while again:
        again = False
        for smaller in _smaller(value):
            if _still(smaller, fails):
                value, again = smaller, True
                break
    return msgspec.convert(value, Problem)


def _still(value: Any, fails: Fails) -> bool:
    try:
        problem = read_problem(msgspec.json.encode(value))
    except MalformedFileError:
        return False
    return fails(problem)


def _smaller(value: Any) -> Iterator[Any]:
    """The same JSON with one list item or one optional field less, large parts first."""
    for path in sorted(_paths(value), key=len):
        yield _without(value, path)


def _paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if part not in (None, [], (), {}, 0, False):
                yield (*here, name)
            yield from _paths(part, (*here, name))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield (*here, index)
            yield from _paths(part, (*here, index))


def _without(value: Any, path: tuple[Any, ...]) -> Any:
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        if not rest:
            return {name: part for name, part in value.items() if name != first}
        return value | {first: _without(value[first], rest)}
    parts = list(value)
    parts[first : first + 1] = [_without(parts[first], rest)] if rest else []
    return parts


def disagreement(problem: Problem) -> str | None:
    """What is wrong between solver and audit on a month: an exception, a broken rule, a level."""
    try:
        outcome = solve(problem, limits=REPEATABLE)
    except Exception as error:
        return type(error).__name__
    if not isinstance(outcome, Planned):
        return "stopped"
    report = audit(problem, outcome.plan)
    if report.violations:
        return f"breaks {report.violations[0].rule}"
    values = {level.name: level.value for level in outcome.plan.levels}
    return next((f"recounts {name}" for name in LEVEL_NAMES if values[name] != report.goals[name]), None)


if __name__ == "__main__":
    made = {"small": generate_small, "tiny": generate_tiny, "real": generate_real}[sys.argv[1]](
        int(sys.argv[2])
    )
    wrong = disagreement(made)
    print(wrong)
    if wrong:
        least = shrunk(made, lambda problem: disagreement(problem) == wrong)
        Path(sys.argv[3]).write_bytes(write_problem(least))
