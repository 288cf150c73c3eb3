"""The two files, in and out: JSON, UTF-8, unknown keys refused, nonsense refused at birth.

Bytes come in and go out; nothing here opens a file.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Literal, TypeVar

import msgspec

from planner.checks.fault import Fault
from planner.checks.frame import frame_faults
from planner.checks.needs import need_faults
from planner.checks.pins import pin_faults
from planner.checks.plan import PlanChecks
from planner.checks.sites import site_faults
from planner.checks.staff import staff_faults
from planner.errors import MalformedFileError, PlanError, ProblemError
from planner.plan import Plan, PlannedInterview, PlannedSession, Unplaced
from planner.problem import Problem
from planner.records import LARGEST_COUNT

LARGEST_FILE_BYTES = 32 * 1024 * 1024

Whole = TypeVar("Whole", Problem, Plan)

_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_FIELD = re.compile(r"^Object (?:contains unknown|missing required) field `(?P<field>.*)`$", re.DOTALL)


def read_problem(data: bytes) -> Problem:
    """A problem from its file.

    Raises `ProblemError` with the path in the file and the reason if it is malformed.
    """
    problem = _decode(data, Problem, ProblemError)
    check_problem(problem)
    return problem


def check_problem(problem: Problem) -> None:
    """Raises `ProblemError` for the first thing in a problem that cannot be."""
    _raise_first(problem_faults(problem), ProblemError)


def problem_faults(problem: Problem) -> Iterator[Fault]:
    """Everything malformed in a problem; later checks may assume what earlier ones found right."""
    for faults in (frame_faults, site_faults, staff_faults, need_faults, pin_faults):
        yield from faults(problem)
    if problem.published is not None:
        yield from PlanChecks(problem, published=True).faults(problem.published, "published.")


def read_plan(data: bytes, problem: Problem, problem_hash: str = "") -> Plan:
    """A plan of that problem from its file.

    Raises `PlanError` if it is malformed, or made for a problem of another hash; an empty hash on
    either side is accepted.
    """
    plan = _decode(data, Plan, PlanError)
    if problem_hash and plan.problem_sha256 not in ("", problem_hash):
        raise PlanError("problem_sha256", "this plan was made for another problem")
    _raise_first(PlanChecks(problem).faults(plan), PlanError)
    return plan


def problem_sha256(data: bytes) -> str:
    """The hash of a problem's JSON as read, before defaults: keys sorted, no spaces, UTF-8."""
    try:
        return hash_of(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise ProblemError("", "the file is not JSON in UTF-8") from error


def hash_of(read: Any) -> str:
    """The same of the JSON that `check_keys` returned."""
    text = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def check_keys(data: bytes, error: type[MalformedFileError]) -> Any:
    """The JSON as read. Raises `error` for a key that stands twice in one object: decoders keep the last value.

    For files that people hand in; `data` was decoded before, so it is JSON.
    """
    twice: list[dict[str, Any]] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.append(found)
            counts = Counter(key for key, _ in pairs)
            found[TWICE] = next(key for key in found if counts[key] > 1)
        return found

    read = json.loads(data, object_pairs_hook=once)
    if twice:
        raise error(_path_of(read, twice[0]), "this key stands twice in its object")
    return read


TWICE = ""
"""No field has this name: it marks an object in which a key stands twice."""


def _path_of(read: Any, wanted: dict[str, Any], path: str = "") -> str:
    """Where an object stands, and its key that is there twice; empty where it was passed over."""
    if read is wanted:
        return f"{path}.{wanted[TWICE]}".removeprefix(".")
    parts = read.items() if isinstance(read, dict) else enumerate(read) if isinstance(read, list) else ()
    for key, part in parts:
        step = f"{path}[{key}]" if isinstance(read, list) else f"{path}.{key}"
        if isinstance(part, dict | list) and (found := _path_of(part, wanted, step)):
            return found
    return ""


def write_problem(problem: Problem) -> bytes:
    """The file of a problem, without the fields that have their default."""
    return _pretty(_without_defaults(problem))


def write_plan(plan: Plan, problem_hash: str = "") -> bytes:
    """The file of a plan, its lists sorted by their keys: the same plan gives the same bytes."""
    ordered = msgspec.structs.replace(
        plan,
        problem_sha256=problem_hash or plan.problem_sha256,
        permanences=tuple(sorted(plan.permanences, key=lambda p: (p.cadence, p.on, p.half_day))),
        sessions=tuple(sorted(plan.sessions, key=_session_key)),
        office=tuple(sorted(plan.office, key=lambda o: (o.staff, o.site, o.on, o.half_day))),
        interviews=tuple(sorted(plan.interviews, key=_interview_key)),
        unplaced=tuple(sorted(plan.unplaced, key=_unplaced_key)),
    )
    content = msgspec.to_builtins(ordered)
    for name, keys in _NAMES.items():
        content[name] = [
            {k: v for k, v in e.items() if k not in keys or v is not None} for e in content[name]
        ]
    return _pretty(content)


def schema_bytes(of: Literal["problem", "plan"]) -> bytes:
    """The JSON Schema of one of the two files."""
    schema = msgspec.json.schema(Problem if of == "problem" else Plan)
    return _pretty({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


_NAMES = {
    "sessions": ("promotion", "sequence", "cadence", "number"),
    "unplaced": ("need", "cadence", "promotion", "sequence"),
}
"""Of these lists, the fields of which each entry has only those that name it."""


def _session_key(session: PlannedSession) -> tuple[str, str, str, int]:
    return session.promotion or "", session.sequence or "", session.cadence or "", session.number or 0


def _interview_key(interview: PlannedInterview) -> tuple[str, int]:
    return interview.need, interview.number


def _unplaced_key(left_out: Unplaced) -> tuple[str, ...]:
    names = (left_out.need, left_out.cadence, left_out.promotion, left_out.sequence)
    return (*(name or "" for name in names), left_out.reason.code, str(left_out.reason.facts))


def _without_defaults(record: msgspec.Struct) -> dict[str, Any]:
    """A record as JSON says it, each field at its default left out."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if field.required or field.name == "format" or not _is_default(field, value):
            found[field.encode_name] = _plain(value)
    return found


def _is_default(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(value == field.default_factory())
    return bool(value == field.default)


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _without_defaults(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value


def _pretty(content: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _decode(data: bytes, whole: type[Whole], error: type[MalformedFileError]) -> Whole:
    if len(data) > LARGEST_FILE_BYTES:
        raise error("", f"the file has more than {LARGEST_FILE_BYTES // 1024 // 1024} MiB")
    try:
        return msgspec.json.decode(data, type=whole)
    except RecursionError as cause:
        raise error("", "lists or objects are nested too deeply") from cause
    except msgspec.ValidationError as cause:
        raise _explained(str(cause), data, error) from cause
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise error("", f"the file is not JSON in UTF-8: {cause}") from cause


def _explained(message: str, data: bytes, error: type[MalformedFileError]) -> MalformedFileError:
    """The decoder's complaint as a path in the file and a reason."""
    found = _WHERE.match(message)
    what, path = (found["what"], found["path"] or "") if found else (message, "")
    path = path.removeprefix(".")
    field = _FIELD.match(what)
    if field:
        reason = "is missing" if "missing" in what else "is not a field of this format"
        return error(f"{path}.{field['field']}".removeprefix("."), reason)
    mapping, of_any, _ = path.partition("[...]")
    path = _wrong_count(data, mapping) if of_any and mapping.endswith(COUNTS) else mapping
    reason = what.replace("`", "")
    return error(path, reason[:1].lower() + reason[1:])


COUNTS = ("weights", "tolerances", "ledger")
"""Mappings of counts: the decoder says which one is wrong, but not at what key."""


def _wrong_count(data: bytes, path: str) -> str:
    """The first key of a mapping of counts whose value is none; of a file that breaks off later, the mapping."""
    try:
        found: Any = json.loads(data)
        for step in re.findall(r"[^.\[\]]+", path):
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (ValueError, RecursionError, LookupError, TypeError):
        return path
    counts = found.items() if isinstance(found, dict) else ()
    odd = [key for key, value in counts if type(value) is not int]
    far = [key for key, value in counts if type(value) is int and not 0 <= value <= LARGEST_COUNT]
    return f"{path}.{(odd or far)[0]}" if odd or far else path


def _raise_first(faults: Iterator[Fault], error: type[MalformedFileError]) -> None:
    fault = next(faults, None)
    if fault is not None:
        raise error(fault.path, fault.reason)
