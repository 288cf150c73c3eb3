"""Problem and plan files named on the command line: read with a message that names the file."""

from pathlib import Path

import msgspec

from planner.errors import MalformedFileError
from planner.fact_changes import FactChange
from planner.plan import Plan
from planner.problem import Problem
from planner.problem_file import problem_sha256, read_plan, read_problem
from planner.records import HalfDay
from planner.wanted import Wanted
from service.atomic_files import read_bytes
from service.errors import BadInput


def problem_at(path: Path) -> Problem:
    """Raises `BadInput` naming file, entry and field."""
    try:
        return read_problem(read_bytes(path))
    except MalformedFileError as error:
        raise BadInput(f"{path}: {error}") from error


def hash_at(path: Path) -> str:
    """The hash by which a plan names the problem file it was made for."""
    return problem_sha256(read_bytes(path))


def plan_at(path: Path, problem: Problem, problem_hash: str) -> Plan:
    """A plan of that problem. Raises `BadInput` naming file, entry and field."""
    try:
        return read_plan(read_bytes(path), problem, problem_hash)
    except MalformedFileError as error:
        raise BadInput(f"{path}: {error}") from error


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
    kind, *fields = given.split()
    named = dict(field.partition("=")[::2] for field in fields)
    try:
        change: FactChange = msgspec.convert({"type": kind, **named}, FactChange, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(f"--change {given}: {error}") from error
    return change
