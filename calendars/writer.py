"""The one writer: worded events and their records become the bytes of a calendar.

Same facts, same bytes: nothing here reads a clock. What depends on the instant of reading (a prefix that falls
away, an event that leaves) is given `as_of`, and the file says when it will next change by itself.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from calendars import __version__
from calendars.booking import Booking, Closure, FreePlace, Instant, TimedBooking
from calendars.content_line import line, one_line, text, uri
from calendars.texts import CANCELLED, CHANGED
from calendars.wording import Event, Permissions, description
from calendars.zone_rules import zone_lines

PRODID = f"-//escale//escale {__version__}//FR"
UID_SUFFIX = "@escale"
SHORT_NOTICE = timedelta(hours=24)
DEFAULT_COLOR = "teal"

Wording = Callable[[Any, ZoneInfo, Permissions], Event]
Key = tuple[Booking, bool, str]
Kept = Mapping[Key, bytes]


class FeedHead(msgspec.Struct, frozen=True, kw_only=True):
    """The name, zone and colour (a CSS name) of a calendar.

    `left_at` is the last instant at which something left it for another reason than its time having passed.
    """

    title: str
    zone: str
    color: str = DEFAULT_COLOR
    left_at: Instant | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar as it is served: bytes, when they last changed, and when they next change by themselves.

    `kept` holds the bytes of each event; handed back at the next writing it spares the unchanged ones.
    """

    body: bytes
    modified_at: datetime
    next_change_at: datetime
    events_count: int
    kept: Kept

    @property
    def etag(self) -> str:
        """The strong validator of the bytes, without quotes."""
        return etag_of(self.body)


def etag_of(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


class FeedWriter(msgspec.Struct, frozen=True, kw_only=True):
    """Writes the bookings whose kind has a wording here; any other kind is refused."""

    wordings: Mapping[type[Booking], Wording]
    may: Permissions = Permissions()

    def write(
        self, head: FeedHead, bookings: Iterable[Booking], as_of: datetime, kept: Kept | None = None
    ) -> Feed:
        """The feed as read at `as_of`. Raises TypeError on a kind of booking this feed must not show."""
        zone, before = ZoneInfo(head.zone), kept or {}
        given = sorted(bookings, key=lambda booking: (starts_at(booking, zone), str(booking.uid)))
        written: dict[Key, bytes] = {}
        for booking in given:
            if is_gone(booking, zone, as_of):
                continue
            key = (booking, is_short_notice(booking, as_of), head.zone)
            written[key] = before.get(key) or self._event(booking, zone, changed=key[1])
        opening = map(line, [*calendar_lines(head), *zone_lines(head.zone)])
        body = b"".join((*opening, *written.values(), b"END:VCALENDAR\r\n"))
        past, future = boundaries(given, zone, as_of)
        return Feed(
            body=body,
            modified_at=max(past + ([head.left_at] if head.left_at else [])),
            next_change_at=min(future),
            events_count=len(written),
            kept=written,
        )

    def _event(self, booking: Booking, zone: ZoneInfo, *, changed: bool) -> bytes:
        wording = self.wordings.get(type(booking))
        if wording is None:
            raise TypeError(f"a {type(booking).__name__} has no place in this feed")
        return b"".join(
            map(line, _event_lines(booking, wording(booking, zone, self.may), zone, changed=changed))
        )


def starts_at(booking: Booking, zone: ZoneInfo) -> datetime:
    """The first instant of a booking; whole days begin at midnight of the zone."""
    if isinstance(booking, Closure):
        return _midnight(booking.starts_on, zone)
    assert isinstance(booking, TimedBooking)
    return booking.starts_at


def ends_at(booking: Booking, zone: ZoneInfo) -> datetime:
    """The first instant after a booking."""
    if isinstance(booking, Closure):
        return _midnight(booking.ends_on, zone)
    assert isinstance(booking, TimedBooking)
    return booking.ends_at


def range_start(as_of: datetime, zone: ZoneInfo) -> datetime:
    """The first instant a feed shows: the beginning of last month in its zone."""
    last_month = month_start(as_of, zone).date() - timedelta(days=1)
    return _midnight(last_month.replace(day=1), zone)


def is_gone(booking: Booking, zone: ZoneInfo, as_of: datetime) -> bool:
    """Whether the feed no longer shows it: before last month, cancelled and over, or a free place begun."""
    leaves_at = _leaves_at(booking, zone)
    return ends_at(booking, zone) <= range_start(as_of, zone) or (
        leaves_at is not None and leaves_at <= as_of
    )


def is_short_notice(booking: Booking, as_of: datetime) -> bool:
    """Whether it changed less than 24 hours before its time, which has not come yet."""
    until = _noticed_until(booking)
    return until is not None and as_of < until and booking.status == "confirmed"


def _leaves_at(booking: Booking, zone: ZoneInfo) -> datetime | None:
    if isinstance(booking, FreePlace):
        return min(booking.starts_at, booking.bookable_until or booking.starts_at)
    return ends_at(booking, zone) if booking.status == "cancelled" else None


def _noticed_until(booking: Booking) -> datetime | None:
    """Its time, or the time it had where only that one was near, when the change came within a day of it."""
    change = booking.change
    if change is None or not isinstance(booking, TimedBooking):
        return None
    for at in (booking.starts_at, change.former_starts_at):
        if at is not None and change.changed_at < at < change.changed_at + SHORT_NOTICE:
            return at
    return None


def boundaries(
    bookings: Iterable[Booking], zone: ZoneInfo, as_of: datetime
) -> tuple[list[datetime], list[datetime]]:
    """Instants at which the bytes changed (up to `as_of`) and will change of themselves (after it)."""
    month = month_start(as_of, zone)
    past = [month.astimezone(UTC)]
    future = [_midnight((month.date() + timedelta(days=32)).replace(day=1), zone).astimezone(UTC)]
    for booking in bookings:
        past.append(booking.last_modified_at)
        for at in (_leaves_at(booking, zone), _noticed_until(booking)):
            if at is not None:
                (past if at <= as_of else future).append(at)
    return past, future


def month_start(as_of: datetime, zone: ZoneInfo) -> datetime:
    """Midnight of the first day of the month of `as_of`, in the zone."""
    return _midnight(as_of.astimezone(zone).date().replace(day=1), zone)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)


def calendar_lines(head: FeedHead) -> list[str]:
    """The lines that open a calendar, before its first component."""
    title = text(head.title)
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        f"X-WR-TIMEZONE:{head.zone}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        f"COLOR:{head.color}",
    ]


def _event_lines(booking: Booking, event: Event, zone: ZoneInfo, *, changed: bool) -> list[str]:
    cancelled = booking.status == "cancelled"
    prefix = CANCELLED if cancelled else CHANGED if changed else ""
    words = description(event, booking)
    return [
        "BEGIN:VEVENT",
        f"UID:{booking.uid}{UID_SUFFIX}",
        f"DTSTAMP:{utc(booking.last_modified_at)}",
        f"CREATED:{utc(booking.created_at)}",
        f"LAST-MODIFIED:{utc(booking.last_modified_at)}",
        f"SEQUENCE:{booking.sequence}",
        *_times(booking, zone),
        f"SUMMARY:{text(prefix + one_line(event.summary))}",
        *([f"DESCRIPTION:{text(words)}"] if words else []),
        *([f"LOCATION:{text(event.location)}"] if event.location else []),
        *([f"URL:{uri(booking.url)}"] if booking.url else []),
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if event.transparent or cancelled else 'OPAQUE'}",
        "END:VEVENT",
    ]


def _times(booking: Booking, zone: ZoneInfo) -> tuple[str, str]:
    if isinstance(booking, Closure):
        return (
            f"DTSTART;VALUE=DATE:{booking.starts_on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{booking.ends_on:%Y%m%d}",
        )
    start, end = _local(starts_at(booking, zone), zone), _local(ends_at(booking, zone), zone)
    if _is_repeated(start) or _is_repeated(end):
        # Readers disagree on which pass of a repeated hour a wall time means.
        return f"DTSTART:{utc(start)}", f"DTEND:{utc(end)}"
    return (
        f"DTSTART;TZID={zone.key}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone.key}:{end:%Y%m%dT%H%M%S}",
    )


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """Wall time by way of UTC: a wall time that a clock change skips becomes the one that exists."""
    return at.astimezone(UTC).astimezone(zone)


def _is_repeated(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
