"""Problem and plan files named on the command line: read with a message that names the file."""

from pathlib import Path

from planner.errors import MalformedFileError
from planner.plan import Plan
from planner.problem import Problem
from planner.problem_file import problem_sha256, read_plan, read_problem
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
