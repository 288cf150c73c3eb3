"""One message of changes: its subject and its lines. A month that is new is told by half-days, not one appointment at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from service.catalogue import counted, text
from service.french_text import clock, listed, long_date
from service.mail.changes import Change, instant_of
from service.mail.moved import with_moves

PUBLISHED = ("published", "dropped", "withdrawn")
FOLDED_FROM = 15
"""From so many new things on, interviews are told together, a half-day a line."""
NOON = time(13)
OFFICE = "office"
COUNTED = (
    ("permanence", "{n} permanence", "{n} permanences"),
    ("session", "{n} séance collective", "{n} séances collectives"),
    ("interview", "{n} entretien", "{n} entretiens"),
)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reads; `kind` is the name of the preference that it obeys, `count` its changes in words."""

    kind: str
    subject: str
    count: str
    lines: tuple[str, ...]


def kind_of(change: Change) -> str:
    if change.soon:
        return "today"
    return "published" if change.event.plan_id is not None and change.event.what in PUBLISHED else "changed"


def key_of(change: Change) -> str:
    """Changes of one key are one message."""
    if kind_of(change) == "published":
        return f"published {change.event.plan_id} {change.event.at.isoformat()}"
    return f"event {change.event.id}"


def message_of(changes: Iterable[Change], territory_name: str, zone: str) -> Message:
    """The message of changes that have one key; never of none."""
    mine = with_moves(changes)
    kind, line = kind_of(mine[0]), mine[0].line
    count = _count(mine)
    subjects = {
        "today": text("Aujourd’hui : {line}", line=line),
        "changed": text("Changement : {line}", line=line),
        "published": text(
            "Planning publié, {territory} : {count} pour vous", territory=territory_name, count=count
        ),
    }
    return Message(kind=kind, subject=subjects[kind], count=count, lines=_lines(mine, ZoneInfo(zone)))


def _count(changes: list[Change]) -> str:
    """What the pages count: new things by kinds once they are many, changes else.

    Half-days at the office follow their interviews: they are told apart, and new ones not at all in a new month.
    """
    folded, told = _is_folded(changes), [one for one in changes if _kind(one) != OFFICE]
    words = _by_kind(told) if folded else []
    if told and not folded:
        words = [counted("{n} changement", "{n} changements", len(told))]
    offices = sum(_kind(one) == OFFICE and not (words and folded and one.what == "new") for one in changes)
    if offices:
        words.append(counted("{n} demi-journée au bureau", "{n} demi-journées au bureau", offices))
    return listed(words)


def _by_kind(told: list[Change]) -> list[str]:
    new = Counter(_kind(one) for one in told if one.what == "new")
    words = [counted(one, several, new[kind]) for kind, one, several in COUNTED if new[kind]]
    if other := len(told) - new.total():
        words.append(counted("{n} autre changement", "{n} autres changements", other))
    return words


def _is_folded(changes: list[Change]) -> bool:
    return sum(one.what == "new" for one in changes) >= FOLDED_FROM


def _kind(change: Change) -> str:
    return str(_after(change)["kind"])


def _lines(changes: list[Change], zone: ZoneInfo) -> tuple[str, ...]:
    """In the order of the events; in that of the days when a new month is folded."""
    if not _is_folded(changes):
        return tuple(one.line for one in changes)
    folded: dict[tuple[Any, ...], list[Change]] = defaultdict(list)
    for rank, one in enumerate(changes):
        folded[_half_day(one, zone) or (rank,)].append(one)
    told = [(_starts(group[0], zone), _folded_line(group, zone)) for group in folded.values()]
    return tuple(line for _, line in sorted(told))


def _half_day(change: Change, zone: ZoneInfo) -> tuple[Any, ...] | None:
    """What new interviews, and the opened half-day around them, are told by; None for anything else."""
    content = _after(change)
    if change.what != "new" or content["kind"] not in ("interview", "office"):
        return None
    starts = _starts(change, zone)
    return starts.date(), starts.time() < NOON, content.get("site")


def _folded_line(group: list[Change], zone: ZoneInfo) -> str:
    interviews = [one for one in group if _after(one).get("kind") == "interview"]
    if len(interviews) < 2:
        return (interviews or group)[0].line
    starts, ends = _starts(interviews[0], zone), max(_ends(one, zone) for one in interviews)
    words = [
        long_date(starts.date()),
        f"{clock(min(_starts(one, zone) for one in interviews).time())} à {clock(ends.time())}",
        counted("{n} entretien", "{n} entretiens", len(interviews)),
        interviews[0].site,
    ]
    return text("Nouveau : {now}", now=", ".join(word for word in words if word))


def _after(change: Change) -> dict[str, Any]:
    return change.event.after or change.event.before or {}


def _starts(change: Change, zone: ZoneInfo) -> datetime:
    return instant_of(_after(change)["starts_at"]).astimezone(zone)


def _ends(change: Change, zone: ZoneInfo) -> datetime:
    return instant_of(_after(change)["ends_at"]).astimezone(zone)
