"""Problem and plan files named on the command line: read with a message that names the file."""

import os
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import typer

from planner.errors import MalformedFileError, PlanError, ProblemError
from planner.fact_changes import FactChange
from planner.plan import Plan
from planner.problem import Problem
from planner.problem_file import LARGEST_FILE_BYTES, check_keys, hash_of, read_plan, read_problem
from planner.records import HalfDay
from planner.wanted import Wanted
from service.atomic_files import check_writable, is_special, read_bytes
from service.errors import BadInput

LONGEST_SOLVE = 86_400.0
"""Seconds: a search that is asked to go on for more than a day was mistyped."""


SHORTEST_SOLVE = 0.01


class ProblemFile(NamedTuple):
    """A problem and the hash by which a plan names the file it was made for."""

    problem: Problem
    sha256: str


def problem_at(path: Path) -> ProblemFile:
    """Reads the file once, so that it may be a pipe. Raises `BadInput` naming file, entry and field."""
    data = read_bytes(path, LARGEST_FILE_BYTES + 1)
    try:
        problem = read_problem(data)
        return ProblemFile(problem, hash_of(check_keys(data, ProblemError)))
    except MalformedFileError as error:
        raise BadInput(f"{path}: {error}") from error


def check_outputs(problem: Path, *outputs: Path | None) -> None:
    """Whether a file could be put in place at each, none over another. Raises `BadInput` before long work."""
    taken = {os.path.realpath(problem): problem}
    for path in filter(None, outputs):
        check_writable(path)
        if not is_special(path):
            other = taken.setdefault(os.path.realpath(path), path)
            if other is not path:
                raise BadInput(f"{path}: would be written over {other}, which this command names as well")


def left_of(time_limit: float, context: typer.Context) -> float:
    """What is left of a time limit, in seconds: it counts from when the command began."""
    began = context.find_object(float)
    return time_limit if began is None else max(SHORTEST_SOLVE, time_limit - (time.monotonic() - began))


def plan_at(path: Path, file: ProblemFile) -> Plan:
    """A plan of that problem. Raises `BadInput` naming file, entry and field."""
    data = read_bytes(path, LARGEST_FILE_BYTES + 1)
    try:
        plan = read_plan(data, file.problem, file.sha256)
        check_keys(data, PlanError)
    except MalformedFileError as error:
        raise BadInput(f"{path}: {error}") from error
    return plan


def wanted_by(need: str | None, cadence: str | None, sequence: str | None) -> Wanted | None:
    """What the options ask about, `NEED#2` being the second interview; nothing: None. Raises `BadInput`."""
    given = [one for one in (need, cadence, sequence) if one is not None]
    if len(given) > 1:
        raise BadInput("--need, --cadence, --sequence: one of them")
    if sequence is not None:
        promotion, _, step = sequence.rpartition("/")
        if not promotion:
            raise BadInput(f"--sequence {sequence}: PROMOTION/SEQUENCE")
        return Wanted(promotion=promotion, sequence=step)
    if cadence is not None:
        name, number = _numbered(cadence)
        return Wanted(cadence=name, number=number)
    if need is None:
        return None
    name, number = _numbered(need)
    return Wanted(need=name, number=number)


def _numbered(given: str) -> tuple[str, int | None]:
    """`NAME#2` is the second of that name."""
    name, _, number = given.rpartition("#")
    return (name, int(number)) if name and number.isdigit() and int(number) else (given, None)


def half_day_of(given: str | None) -> HalfDay | None:
    """Raises `BadInput` for anything but am and pm."""
    if given is None:
        return None
    if given not in ("am", "pm"):
        raise BadInput(f"--half-day {given}: am or pm")
    return "am" if given == "am" else "pm"


def change_of(given: str) -> FactChange:
    """A supposed fact from `KIND name=value name=value`. Raises `BadInput`."""
    kind, *fields = given.split() or [""]
    named = dict(field.partition("=")[::2] for field in fields)
    try:
        change: FactChange = msgspec.convert({"type": kind, **named}, FactChange, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(f"--change {given}: {error}") from error
    return change
