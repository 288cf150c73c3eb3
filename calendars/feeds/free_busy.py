"""A partner's free time for machines: one VFREEBUSY, its periods in UTC, merged and ascending."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from calendars.booking import FreePlace
from calendars.content_line import line
from calendars.intervals import merged
from calendars.writer import UID_SUFFIX, Feed, FeedHead, boundaries, calendar_lines, is_gone, month_start, utc


def free_busy(head: FeedHead, uid: UUID, places: Iterable[FreePlace], as_of: datetime) -> Feed:
    """The free places still ahead at `as_of`, as periods of free time; `uid` is the address's own."""
    zone, given = ZoneInfo(head.zone), list(places)
    periods = merged(
        (place.starts_at, place.ends_at)
        for place in given
        if place.status == "confirmed" and not is_gone(place, zone, as_of)
    )
    past, future = boundaries(given, zone, as_of)
    modified_at = max([*past, *([head.left_at] if head.left_at else [])])
    first = month_start(as_of, zone)
    last = max([min(future), *(end for _, end in periods)])
    lines = [
        *calendar_lines(head),
        "BEGIN:VFREEBUSY",
        f"UID:{uid}{UID_SUFFIX}",
        f"DTSTAMP:{utc(modified_at)}",
        f"DTSTART:{utc(first)}",
        f"DTEND:{utc(last)}",
        *(f"FREEBUSY;FBTYPE=FREE:{utc(start)}/{utc(end)}" for start, end in periods),
        "END:VFREEBUSY",
        "END:VCALENDAR",
    ]
    return Feed(
        body=b"".join(map(line, lines)),
        modified_at=modified_at,
        next_change_at=min(future),
        events_count=len(periods),
        kept={},
    )
