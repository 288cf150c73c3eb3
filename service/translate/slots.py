"""The slots of a published half-day: which opening it follows, when each slot starts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from db.records.site import Opening, Site


def opening_of(site: Site, on: date, half_day: str | None) -> Opening | None:
    """The opening valid on that date; else another of that half-day; else none."""
    known = [one for one in site.openings if one.half_day == (half_day or "am")]
    of_day = [one for one in known if one.weekday == on.isoweekday()]
    return next(iter([*(one for one in of_day if _is_valid(one, on)), *of_day, *known]), None)


def slot_starts(opening: Opening | None, starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """Starts of the slots between two instants; none without an opening."""
    step = opening.slot_minutes + opening.buffer_minutes if opening else 0
    if opening is None or step <= 0:
        return []
    whole = (ends_at - starts_at) // timedelta(minutes=1)
    count = max(0, (whole - opening.slot_minutes) // step + 1)
    return [starts_at + timedelta(minutes=step * slot) for slot in range(count)]


def is_closed(closures: Iterable[tuple[date, date, str | None]], on: date, half_day: str | None) -> bool:
    """Whether a closure (first and last day, half-day or both) covers that half-day."""
    return any(first <= on <= last and half in (None, half_day) for first, last, half in closures)


def _is_valid(opening: Opening, on: date) -> bool:
    return (opening.from_on is None or opening.from_on <= on) and (
        opening.until_on is None or on <= opening.until_on
    )
