"""One-line entries of a facts file: openings, weekly patterns, wishes, hours of a person, travel."""

import re
from datetime import time
from typing import Literal, NamedTuple

from service.relative_dates import WEEKDAYS

HalfDay = Literal["am", "pm"]
Place = Literal["office", "remote", "field"]
PLACES: dict[str, Place] = {"office": "office", "remote": "remote", "field": "field"}
_HOURS = re.compile(r"^([0-2]\d:[0-5]\d)-([0-2]\d:[0-5]\d)$")


class LineError(ValueError):
    """A line that cannot be read; the message says what was expected."""


class OpeningLine(NamedTuple):
    weekday: int
    half_day: HalfDay
    from_hour: str
    to_hour: str
    slot_minutes: int
    buffer_minutes: int

    @property
    def starts(self) -> list[str]:
        """The hours at which slots begin."""
        first, last = _minutes(self.from_hour), _minutes(self.to_hour) - self.slot_minutes
        steps = range(first, last + 1, self.slot_minutes + self.buffer_minutes)
        return [f"{minute // 60:02}:{minute % 60:02}" for minute in steps]


class PatternLine(NamedTuple):
    weekday: int
    half_day: HalfDay
    from_hour: str
    to_hour: str
    place: Place


class WishLine(NamedTuple):
    """`on` is a relative date, or `weekday` is given."""

    wish: Literal["avoid", "prefer"]
    half_day: HalfDay
    weekday: int | None
    on: str | None


class HoursLine(NamedTuple):
    weekday: int
    from_hour: str
    to_hour: str


class TravelLine(NamedTuple):
    from_site: str
    to_site: str
    minutes: int


def read_opening(line: str) -> list[OpeningLine]:
    """`monday-friday am 09:00-12:00 slots 45 buffer 5`, one for each weekday."""
    match line.split():
        case [days, half_day, hours, "slots", slots]:
            buffer = "0"
        case [days, half_day, hours, "slots", slots, "buffer", buffer]:
            pass
        case _:
            raise LineError(f"{line!r}: expected for example 'tuesday pm 14:00-17:00 slots 45'")
    start, end = _hours(hours)
    return [
        OpeningLine(day, _half_day(half_day), start, end, _number(slots, least=1), _number(buffer))
        for day in _weekdays(days)
    ]


def read_pattern(line: str) -> list[PatternLine]:
    """`monday-friday am 08:30-13:00 field`, one for each weekday."""
    match line.split():
        case [days, half_day, hours, place] if place in PLACES:
            start, end = _hours(hours)
            return [
                PatternLine(day, _half_day(half_day), start, end, PLACES[place]) for day in _weekdays(days)
            ]
    raise LineError(
        f"{line!r}: expected for example 'monday-friday am 08:30-13:00 field' (office, remote or field)"
    )


def read_wish(line: str) -> WishLine:
    """`avoid friday pm`, `prefer 2nd friday pm`."""
    match line.split():
        case [("avoid" | "prefer") as wish, *day, half_day] if day:
            half = _half_day(half_day)
            weekly = len(day) == 1 and day[0] in WEEKDAYS
            weekday = WEEKDAYS.index(day[0]) + 1 if weekly else None
            on = None if weekly else " ".join(day)
            return WishLine("avoid" if wish == "avoid" else "prefer", half, weekday, on)
    raise LineError(f"{line!r}: expected for example 'avoid friday pm' or 'prefer 2nd friday pm'")


def read_hours(line: str) -> list[HoursLine]:
    """`monday-friday 17:30-19:30`, one for each weekday."""
    match line.split():
        case [days, hours]:
            start, end = _hours(hours)
            return [HoursLine(day, start, end) for day in _weekdays(days)]
    raise LineError(f"{line!r}: expected for example 'monday-friday 17:30-19:30'")


def read_travel(line: str) -> TravelLine:
    """`bureau gagny 45`: minutes, in both directions."""
    match line.split():
        case [start, end, minutes]:
            return TravelLine(start, end, _number(minutes))
    raise LineError(f"{line!r}: expected for example 'bureau gagny 45'")


def weekday_number(name: str) -> int:
    """1 is monday. Raises LineError."""
    if name not in WEEKDAYS:
        raise LineError(f"{name!r} is no weekday (monday to sunday)")
    return WEEKDAYS.index(name) + 1


def hour(text: str) -> str:
    """The same text when it is an hour of the day. Raises LineError."""
    try:
        time.fromisoformat(text)
    except ValueError:
        raise LineError(f"{text!r} is no hour (09:30)") from None
    if len(text) != 5:
        raise LineError(f"{text!r} is no hour (09:30)")
    return text


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _weekdays(words: str) -> range:
    first, _, last = words.partition("-")
    numbers = range(weekday_number(first), weekday_number(last or first) + 1)
    if not numbers:
        raise LineError(f"{words!r}: the first weekday comes after the last")
    return numbers


def _half_day(word: str) -> HalfDay:
    if word == "am":
        return "am"
    if word == "pm":
        return "pm"
    raise LineError(f"{word!r} is no half-day (am or pm)")


def _hours(words: str) -> tuple[str, str]:
    match = _HOURS.match(words)
    if match is None:
        raise LineError(f"{words!r}: expected hours such as 09:00-12:00")
    start, end = hour(match[1]), hour(match[2])
    if start >= end:
        raise LineError(f"{words!r}: ends before it starts")
    return start, end


def _number(word: str, *, least: int = 0) -> int:
    if not word.isdigit() or int(word) < least:
        raise LineError(f"{word!r}: expected a number of {least} or more")
    return int(word)
