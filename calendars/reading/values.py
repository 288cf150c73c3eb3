"""The value types of iCalendar that say when: date, date-time, duration, period. All raise ValueError."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

import msgspec

_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")
_DURATION = re.compile(
    r"([+-]?)P(?=[\dT])(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE
)
LONGEST: Final = timedelta(days=3_000_000)
EARLIEST: Final = datetime(2, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9998, 12, 31, tzinfo=UTC)
FIRST_WALL: Final = EARLIEST.replace(tzinfo=None)
LAST_WALL: Final = LATEST.replace(tzinfo=None)


class Moment(msgspec.Struct, frozen=True):
    """A wall time and its zone; a whole day is its midnight. No zone: it floats."""

    wall: datetime
    zone: tzinfo | None = None
    whole_day: bool = False

    def at(self, floating: tzinfo) -> datetime:
        """The instant in UTC, a floating time or a day taken in the given zone."""
        return instant(self.wall, self.zone or floating)


class Length(msgspec.Struct, frozen=True):
    """A duration: days that follow the wall clock, then hours that are exact."""

    nominal: timedelta = timedelta()
    exact: timedelta = timedelta()

    @property
    def about(self) -> timedelta:
        return min(self.nominal + self.exact, LONGEST)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """UTC. A wall time skipped by a clock change counts by the offset before it, a repeated one is the first."""
    if not EARLIEST.year <= wall.year <= LATEST.year:
        return EARLIEST if wall.year < EARLIEST.year else LATEST
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def end_of(start_wall: datetime, zone: tzinfo, length: Length) -> datetime:
    """The instant in UTC at which something of that length ends."""
    try:
        return instant(start_wall + length.nominal, zone) + length.exact
    except OverflowError:
        return LATEST


def moment(text: str, zone: tzinfo | None, *, whole_day: bool = False) -> Moment:
    """`20261201`, `20261201T090000` or `20261201T080000Z`; with `whole_day` the hours are dropped."""
    match = _MOMENT.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError("neither a date nor a time")
    year, month, day, hour, minute, second, utc = match.groups()
    on = date(int(year), int(month), int(day))
    if hour is None or whole_day:
        return Moment(datetime.combine(on, time()), None, whole_day=True)
    wall = datetime.combine(on, time(int(hour), int(minute), min(int(second or 0), 59)))
    return Moment(wall, UTC if utc else zone)


def duration(text: str) -> Length:
    """`P1D`, `PT45M`, `P2W`; never negative, never longer than can be reckoned with."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or match[1] == "-":
        raise ValueError("no duration")
    weeks, days, hours, minutes, seconds = (int((part or "0")[:12]) for part in match.groups()[1:])
    nominal_days = min(weeks * 7 + days, LONGEST.days)
    exact_seconds = min(hours * 3600 + minutes * 60 + seconds, LONGEST.days * 86400)
    return Length(timedelta(days=nominal_days), timedelta(seconds=exact_seconds))


def period(text: str, zone: tzinfo | None) -> tuple[Moment, Moment | Length]:
    """A start, and an end or a length."""
    start, slash, rest = text.partition("/")
    if not slash:
        raise ValueError("no period")
    end = duration(rest) if "P" in rest.upper() else moment(rest, zone)
    return moment(start, zone), end
