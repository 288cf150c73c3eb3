"""Table blocks of a facts file: participants and needs, one a line, columns parted by `|`.

Lines that are empty or start with `#` are skipped; the first column is a reference.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from service.facts_file.errors import FieldError
from service.facts_file.lines import LineError, hour, weekday_number
from service.privacy.wording import fault_of_reference

Kind = Literal["diagnostic", "suivi", "bilan"]
Mode = Literal["on_site", "phone", "video"]
Priority = Literal["normal", "urgent", "flexible"]
NOTHING = "-"


class Usual(NamedTuple):
    """The usual appointment of a person: weekday (1 is Monday), hour and site."""

    weekday: int
    start: str
    site: str | None


class Marks(NamedTuple):
    """The marks of a row's last column, each with its default."""

    hours: str | None = None
    mode: Mode = "on_site"
    priority: Priority = "normal"
    other_staff: bool = False
    only_in_permanence: bool = False
    leave_notice_days: int = 0
    misses: int = 0
    slots: int = 1
    sites: tuple[str, ...] = ()


class ParticipantRow(NamedTuple):
    """`entry` is months before the planned one, `last` weeks before the first week of the month."""

    line: int
    reference: str
    programme: str
    referent: str | None
    rhythm: str | None
    entry: int
    last: int | None
    usual: Usual | None
    marks: Marks


class NeedRow(NamedTuple):
    line: int
    reference: str
    programme: str
    referent: str | None
    kind: Kind
    sites: tuple[str, ...]
    from_on: str
    until_on: str
    marks: Marks


def read_participants(block: str) -> list[ParticipantRow]:
    """reference | programme | referent | rhythm | entry | last | usual appointment | marks"""
    return [_participant(line, cells) for line, cells in _rows(block, "participants", columns=8)]


def read_needs(block: str) -> list[NeedRow]:
    """reference | programme | referent | kind | sites | from | until | marks"""
    return [_need(line, cells) for line, cells in _rows(block, "needs", columns=8)]


def _rows(block: str, name: str, *, columns: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(block.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != columns:
            raise FieldError(f"{name}, line {number}", "", f"{len(cells)} columns instead of {columns}")
        yield number, cells


def _participant(line: int, cells: list[str]) -> ParticipantRow:
    entry = f"participants, line {line}"
    return ParticipantRow(
        line=line,
        reference=_reference(cells[0], entry),
        programme=cells[1],
        referent=_or_none(cells[2]),
        rhythm=_or_none(cells[3]),
        entry=_whole(cells[4], entry, "entry"),
        last=None if cells[5] == NOTHING else _whole(cells[5], entry, "last"),
        usual=_usual(cells[6], entry),
        marks=_marks(cells[7], entry),
    )


def _need(line: int, cells: list[str]) -> NeedRow:
    entry = f"needs, line {line}"
    kind = next((kind for kind in get_args(Kind) if kind == cells[3]), None)
    if kind is None:
        raise FieldError(entry, "kind", f"{cells[3]!r} is none of {', '.join(get_args(Kind))}")
    return NeedRow(
        line=line,
        reference=_reference(cells[0], entry),
        programme=cells[1],
        referent=_or_none(cells[2]),
        kind=kind,
        sites=tuple(cells[4].split()),
        from_on=cells[5],
        until_on=cells[6],
        marks=_marks(cells[7], entry),
    )


def _reference(cell: str, entry: str) -> str:
    fault = fault_of_reference(cell)
    if fault is not None:
        raise FieldError(entry, "reference", f"two capitals and four digits are expected ({fault})")
    return cell


def _or_none(cell: str) -> str | None:
    return None if cell == NOTHING else cell


def _whole(cell: str, entry: str, field: str) -> int:
    if not cell.isdigit():
        raise FieldError(entry, field, f"{cell!r} is no whole number")
    return int(cell)


def _usual(cell: str, entry: str) -> Usual | None:
    """`tuesday 09:45`, `tuesday 09:45 doullens`, or `-`."""
    try:
        match cell.split():
            case ["-"]:
                return None
            case [weekday, start]:
                return Usual(weekday_number(weekday), hour(start), None)
            case [weekday, start, site]:
                return Usual(weekday_number(weekday), hour(start), site)
    except LineError as error:
        raise FieldError(entry, "usual appointment", str(error)) from error
    raise FieldError(entry, "usual appointment", f"{cell!r}: expected for example 'tuesday 09:45'")


def _marks(cell: str, entry: str) -> Marks:
    marks = Marks()
    for word in cell.split(","):
        marks = _with_mark(marks, word.strip(), entry)
    return marks


def _with_mark(marks: Marks, word: str, entry: str) -> Marks:
    match word.split():
        case [] | ["-"]:
            return marks
        case [("phone" | "video") as mode]:
            return marks._replace(mode="phone" if mode == "phone" else "video")
        case [("urgent" | "flexible") as priority]:
            return marks._replace(priority="urgent" if priority == "urgent" else "flexible")
        case ["other-staff"]:
            return marks._replace(other_staff=True)
        case ["permanence-only"]:
            return marks._replace(only_in_permanence=True)
        case ["hours", name]:
            return marks._replace(hours=name)
        case ["at", *sites] if sites:
            return marks._replace(sites=tuple(sites))
        case ["leave-notice", days]:
            return marks._replace(leave_notice_days=_whole(days, entry, "leave-notice"))
        case ["misses", count]:
            return marks._replace(misses=_whole(count, entry, "misses"))
        case ["slots", count] if count != "0":
            return marks._replace(slots=_whole(count, entry, "slots"))
    raise FieldError(entry, "marks", f"{word!r} is no mark")
