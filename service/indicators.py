"""What funders ask for, counted without names: by month, programme, site and kind.

What leaves the association tells of no fewer than five people at once: smaller cells are merged into
coarser ones, and what is still too small is withheld.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

import msgspec

from db.records.assignment import Assignment
from db.records.attendance import Attendance
from db.records.participant import Path

FEWEST = 5
CANCELLED = {"us": "cancelled_by_us", "site": "cancelled_by_site", "person": "cancelled_by_person"}
STATUSES = {"held": "honoured", "missed": "missed", "excused": "excused"}
"""Under which count an interview of a status goes."""
PARTICIPATIONS = frozenset(STATUSES.values())


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """`planned` are all that were published, `unrecorded` those that are past without a status."""

    planned: int = 0
    honoured: int = 0
    missed: int = 0
    excused: int = 0
    cancelled_by_us: int = 0
    cancelled_by_site: int = 0
    cancelled_by_person: int = 0
    unrecorded: int = 0


class Cell(Counts, frozen=True, kw_only=True):
    """Counts of one month, programme, site and kind; null where merged. `people` are distinct."""

    month_on: date | None
    programme: str | None
    site: str | None
    kind: str | None
    minutes_held: int = 0
    people: int = 0


class PathCell(msgspec.Struct, frozen=True, kw_only=True):
    """Entries, exits and people followed in one month of a programme; null counts are withheld."""

    month_on: date
    programme: str
    entries: int | None
    exits: int | None
    followed: int | None


Key = tuple[date | None, str | None, str | None, str | None]
_COARSER: tuple[Callable[[Key], Key], ...] = (
    lambda key: (*key[:3], None),
    lambda key: (*key[:2], None, None),
    lambda key: (key[0], None, None, None),
    lambda _: (None, None, None, None),
)


class _Count:
    """One cell while it is counted."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = defaultdict(int)
        self.people: set[str] = set()

    def add(self, other: "_Count") -> None:
        for name, number in other.numbers.items():
            self.numbers[name] += number
        self.people |= other.people

    def cell(self, key: Key) -> Cell:
        month_on, programme, site, kind = key
        return Cell(
            month_on=month_on,
            programme=programme,
            site=site,
            kind=kind,
            people=len(self.people),
            **self.numbers,
        )


def cells(
    found: Iterable[Assignment], noted: Iterable[Attendance], now: datetime, *, leaving: bool
) -> tuple[Cell, ...]:
    """Interviews by their kind and collective sessions, in order; `leaving` merges what is small."""
    participations: dict[object, list[Attendance]] = defaultdict(list)
    for one in noted:
        participations[one.assignment_id].append(one)
    counts: dict[Key, _Count] = defaultdict(_Count)
    for thing in found:
        if _counts(thing):
            _count(counts[_key(thing)], thing, participations[thing.id], now)
    merged = _merged(counts) if leaving else counts
    return tuple(merged[key].cell(key) for key in sorted(merged, key=_order))


def _counts(thing: Assignment) -> bool:
    """Interviews and sessions; a nameless hour that was given up was nobody's."""
    nobody = thing.kind == "interview" and thing.participant is None and thing.status == "cancelled"
    return thing.kind in ("interview", "session") and not nobody


def _key(thing: Assignment) -> Key:
    kind = thing.interview_kind or "suivi" if thing.kind == "interview" else "session"
    return (thing.held_on.replace(day=1), thing.programme, thing.site, kind)


def _order(key: Key) -> tuple[str, ...]:
    return tuple(str(part or "~") for part in key)


def _count(count: _Count, thing: Assignment, noted: list[Attendance], now: datetime) -> None:
    count.numbers["planned"] += 1
    if thing.participant is not None:
        count.people.add(thing.participant)
    if thing.status == "cancelled":
        count.numbers[CANCELLED.get(thing.cancelled_by or "us", "cancelled_by_us")] += 1
        return
    if thing.kind == "session":
        _participations(count, noted)
    elif thing.status in STATUSES:
        count.numbers[STATUSES[thing.status]] += 1
    if thing.status == "held":
        count.numbers["minutes_held"] += int((thing.ends_at - thing.starts_at).total_seconds()) // 60
    elif thing.status in ("planned", "to_confirm") and thing.ends_at < now:
        count.numbers["unrecorded"] += 1


def _participations(count: _Count, noted: list[Attendance]) -> None:
    for one in noted:
        if one.participant is not None:
            count.people.add(one.participant)
        if one.status in PARTICIPATIONS:
            count.numbers[one.status] += 1


def _merged(counts: Mapping[Key, _Count]) -> dict[Key, _Count]:
    """Cells of five people at least; smaller ones become parts of coarser ones, the last is withheld."""
    kept: dict[Key, _Count] = {}
    small = dict(counts)
    for coarser in (lambda key: key, *_COARSER):
        grown: dict[Key, _Count] = defaultdict(_Count)
        for key, count in small.items():
            grown[coarser(key)].add(count)
        small = {key: count for key, count in grown.items() if len(count.people) < FEWEST}
        kept |= {key: count for key, count in grown.items() if key not in small}
    return kept


def path_cells(
    paths: Iterable[Path], first_on: date, last_on: date, *, leaving: bool
) -> tuple[PathCell, ...]:
    """Entries, exits and people followed, of each month between two dates and each programme."""
    found = list(paths)
    programmes = sorted({one.programme for one in found})
    rows = []
    for month_on in _months(first_on, last_on):
        for programme in programmes:
            own = [one for one in found if one.programme == programme]
            entries = sum(one.entry_on is not None and one.entry_on.replace(day=1) == month_on for one in own)
            exits = sum(one.exit_on is not None and one.exit_on.replace(day=1) == month_on for one in own)
            followed = len({one.participant for one in own if _followed(one, month_on)})
            hidden = [_told(number, leaving=leaving) for number in (entries, exits, followed)]
            rows.append(
                PathCell(
                    month_on=month_on,
                    programme=programme,
                    entries=hidden[0],
                    exits=hidden[1],
                    followed=hidden[2],
                )
            )
    return tuple(rows)


def in_steps(totals: Iterable[int]) -> int:
    """The last of running totals as it may leave, 0 before there is any.

    It differs by nobody or by five at least from what each total before it told: of two papers nothing small is left.
    """
    told = 0
    for total in totals:
        told = total if total - told >= FEWEST else told
    return told


def _told(number: int, *, leaving: bool) -> int | None:
    return None if leaving and 0 < number < FEWEST else number


def _followed(path: Path, month_on: date) -> bool:
    begun = path.entry_on is not None and path.entry_on < _next_month(month_on)
    return begun and (path.exit_on is None or path.exit_on >= month_on)


def _months(first_on: date, last_on: date) -> Iterable[date]:
    month_on = first_on.replace(day=1)
    while month_on <= last_on:
        yield month_on
        month_on = _next_month(month_on)


def _next_month(month_on: date) -> date:
    return date(month_on.year + month_on.month // 12, month_on.month % 12 + 1, 1)
