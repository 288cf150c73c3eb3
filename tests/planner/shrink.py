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
from planner.generate import generate, generate_real, generate_small, generate_tiny
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.problem_file import read_problem, write_problem
from planner.solve import Limits, Planned, Progress, solve
from tests.planner.brute_force import beaten

Fails = Callable[[Problem], bool]
REPEATABLE = Limits(time_limit_seconds=20, deterministic_limit=20, workers=1)
ENUMERATED = 1500
"""Audits spent on enumerating every plan; a month that needs more is not enumerated."""


def shrunk(problem: Problem, fails: Fails) -> Problem:
    """A month of which nothing more can be left out; `fails` holds for it as for `problem`."""
    value, before = msgspec.to_builtins(problem), None
    while value != before:
        before = value
        for size in (64, 16, 4, 1):
            value = _without_runs(value, size, fails)
        for path in sorted(_fields(value), key=len):
            smaller = _without(value, path, 1)
            if smaller != value and _still(smaller, fails):
                value = smaller
    return msgspec.convert(value, Problem)


def _without_runs(value: Any, size: int, fails: Fails) -> Any:
    """Less every run of `size` list items that is not needed."""
    for path in sorted(_lists(value), key=len):
        start = 0
        while start < len(_at(value, path) or ()):
            smaller = _without(value, (*path, start), size)
            if _still(smaller, fails):
                value = smaller
            else:
                start += size
    return value


def _still(value: Any, fails: Fails) -> bool:
    try:
        problem = read_problem(msgspec.json.encode(value))
    except MalformedFileError:
        return False
    return fails(problem)


def _lists(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, list | tuple):
        yield here
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else ()
    )
    for name, part in parts:
        yield from _lists(part, (*here, name))


def _fields(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else ()
    )
    for name, part in parts:
        if isinstance(value, dict) and part not in (None, [], (), {}, 0, False):
            yield (*here, name)
        yield from _fields(part, (*here, name))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        if isinstance(value, dict):
            value = value.get(name)
        elif value is not None and name < len(value):
            value = value[name]
        else:
            return None
    return value


def _without(value: Any, path: tuple[Any, ...], size: int) -> Any:
    """Less the field at `path`, or the `size` items from it on."""
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        if not rest:
            return {name: part for name, part in value.items() if name != first}
        return value | {first: _without(value[first], rest, size)} if value.get(first) else value
    parts = list(value)
    if rest:
        parts[first : first + 1] = [_without(part, rest, size) for part in parts[first : first + 1]]
    else:
        del parts[first : first + size]
    return parts


def disagreement(problem: Problem) -> str | None:
    """What is wrong between solver and audit on a month: an exception, a broken rule, a level.

    The levels are as the search believes them: a plan of it that the audit refuses is replaced.
    """
    try:
        seen: list[Progress] = []
        outcome = solve(problem, limits=REPEATABLE, on_progress=seen.append)
    except Exception as error:
        return type(error).__name__
    if not isinstance(outcome, Planned):
        return "stopped"
    report = audit(problem, outcome.plan)
    if report.violations:
        return f"breaks {report.violations[0].rule}"
    believed = {point.level: point.value for point in seen}
    recounted = (f"recounts {name}" for name in LEVEL_NAMES if believed[name] != report.goals[name])
    return next(recounted, None) or ("is beaten" if beaten(problem, outcome.plan, ENUMERATED) else None)


MADE = {
    "tiny": generate_tiny,
    "small": generate_small,
    "middle": lambda seed: generate(
        3 + seed % 3, 6 + seed % 8, 30 + seed % 25, seed % 3, 12 + seed % 19, seed
    ),
    "real": generate_real,
}

if __name__ == "__main__":
    made = MADE[sys.argv[1]](int(sys.argv[2]))
    wrong = disagreement(made)
    print(wrong)
    if wrong:
        least = shrunk(made, lambda problem: disagreement(problem) == wrong)
        Path(sys.argv[3]).write_bytes(write_problem(least))
