"""Seeded draws and small date arithmetic shared by the generators of months."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from planner.problem import Closure, Opening, Site
from planner.records import HalfDay

HALF_DAYS: tuple[HalfDay, ...] = ("am", "pm")


def chance(dice: Random, probability: float) -> bool:
    return dice.random() < probability


def minutes_of(hour: str) -> int:
    """Minutes since midnight of "HH:MM"."""
    return int(hour[:2]) * 60 + int(hour[3:])


def hour_of(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def instant(zone: str, on: date, hour: str) -> datetime:
    """The aware instant of a local date and hour, with a plain offset (it survives JSON unchanged)."""
    local = datetime.combine(on, time.fromisoformat(hour), ZoneInfo(zone))
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def dates(first_on: date, last_on: date) -> Iterator[date]:
    """Every date from `first_on` to `last_on`, both included."""
    for index in range((last_on - first_on).days + 1):
        yield first_on + timedelta(days=index)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def opening_on(site: Site, on: date, half_day: HalfDay) -> Opening | None:
    """The opening in force, whatever holidays and closures say."""
    for opening in site.openings:
        if (opening.weekday, opening.half_day) != (on.isoweekday(), half_day):
            continue
        if (opening.from_on or on) <= on <= (opening.until_on or on):
            return opening
    return None


def is_closed(closures: tuple[Closure, ...], on: date, half_day: HalfDay) -> bool:
    return any(c.from_on <= on <= c.until_on and c.half_day in (None, half_day) for c in closures)


def slot_starts(opening: Opening) -> list[int]:
    """Starts of the slots, in minutes since midnight."""
    step = opening.slot_minutes + opening.buffer_minutes
    first, last = minutes_of(opening.from_hour), minutes_of(opening.to_hour) - opening.slot_minutes
    return list(range(first, last + 1, step))
