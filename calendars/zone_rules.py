"""A VTIMEZONE with yearly rules, worked out from how the zone itself behaves."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2025, 2037
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Turn(NamedTuple):
    """One change of offset: the wall time just before it, in the offset it leaves."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@cache
def zone_lines(zone_name: str) -> tuple[str, ...]:
    """The content lines of the VTIMEZONE of an IANA zone. Raises ZoneInfoNotFoundError for any other name."""
    turns = _turns(ZoneInfo(zone_name))
    body = _yearly(turns) if turns else _fixed(ZoneInfo(zone_name))
    return ("BEGIN:VTIMEZONE", f"TZID:{zone_name}", *body, "END:VTIMEZONE")


def _turns(zone: ZoneInfo) -> list[Turn]:
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    days = (datetime(LAST_YEAR, 12, 31, tzinfo=UTC) - start).days
    offsets = [_offset(start + timedelta(days=day), zone) for day in range(days)]
    return [
        _turn(start + timedelta(days=day), zone)
        for day in range(days - 1)
        if offsets[day] != offsets[day + 1]
    ]


def _turn(day_before: datetime, zone: ZoneInfo) -> Turn:
    low, high = 0, 24 * 60
    before = _offset(day_before, zone)
    while high - low > 1:
        middle = (low + high) // 2
        same = _offset(day_before + timedelta(minutes=middle), zone) == before
        low, high = (middle, high) if same else (low, middle)
    local = (day_before + timedelta(minutes=high)).astimezone(zone)
    after = _offset(local, zone)
    wall = (local.astimezone(UTC) + before).replace(tzinfo=None)
    return Turn(wall, before, after, local.tzname() or "", daylight=after > before)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _yearly(turns: list[Turn]) -> list[str]:
    lines: list[str] = []
    for daylight in (False, True):
        same = [turn for turn in turns if turn.daylight is daylight]
        if same:
            lines += _observance(same)
    return lines


def _observance(turns: list[Turn]) -> list[str]:
    weekday, months = turns[0].at.weekday(), {turn.at.month for turn in turns}
    regular = len(months) == 1 and {turn.at.weekday() for turn in turns} == {weekday}
    position = _position(turns) if regular else None
    if position is None:
        dates = ",".join(f"{turn.at:%Y%m%dT%H%M%S}" for turn in turns)
        return _block(turns[0], turns[0].at, f"RDATE:{dates}")
    first = _first(turns[0].at, position)
    rule = f"RRULE:FREQ=YEARLY;BYMONTH={first.month};BYDAY={position}{DAYS[weekday]}"
    return _block(turns[0], first, rule)


def _position(turns: list[Turn]) -> int | None:
    """-1 when every turn is the last such weekday of its month, n when every one is the nth."""
    if all(turn.at.day + 7 > monthrange(turn.at.year, turn.at.month)[1] for turn in turns):
        return -1
    ranks = {(turn.at.day - 1) // 7 + 1 for turn in turns}
    return ranks.pop() if len(ranks) == 1 else None


def _first(example: datetime, position: int) -> datetime:
    """The turn of 1970 by the same rule: readers take the rule's own start as its first occurrence."""
    length = monthrange(1970, example.month)[1]
    matching = [
        day
        for day in range(1, length + 1)
        if datetime(1970, example.month, day, tzinfo=UTC).weekday() == example.weekday()
    ]
    return example.replace(year=1970, day=matching[position if position < 0 else position - 1])


def _fixed(zone: ZoneInfo) -> list[str]:
    local = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = _offset(local, zone)
    turn = Turn(local, offset, offset, local.tzname() or "", daylight=False)
    return _block(turn, datetime(1970, 1, 1, tzinfo=UTC), None)


def _block(turn: Turn, first: datetime, rule: str | None) -> list[str]:
    kind = "DAYLIGHT" if turn.daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first:%Y%m%dT%H%M%S}",
        *([rule] if rule else []),
        f"TZOFFSETFROM:{_signed(turn.before)}",
        f"TZOFFSETTO:{_signed(turn.after)}",
        f"TZNAME:{turn.name}",
        f"END:{kind}",
    ]


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
