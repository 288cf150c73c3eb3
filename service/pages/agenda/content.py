"""What a feed shows, as a client would: read from the very bytes that an address gives."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from litestar import Response

from calendars.shown import ShownCalendar, ShownEvent, shown
from service.catalogue import text
from service.feed_options import PLAIN, options_of
from service.feed_store import WantedFeed
from service.french_text import capital, clock, long_date
from service.pages.agenda.seat import FeedSeat
from service.pages.agenda.subscription import token_of
from service.pages.context import AnyRequest
from service.pages.rendering import page


class Line(NamedTuple):
    """One event of a day."""

    starts: str
    ends: str
    title: str
    place: str
    lines: tuple[str, ...]
    cancelled: bool
    transparent: bool


class Day(NamedTuple):
    on: date
    words: str
    events: tuple[Line, ...]


async def content_page(request: AnyRequest, seat: FeedSeat) -> Response[str]:
    """`?adresse=` shows what that address was made to show."""
    token = await token_of(seat, request.query_params.get("adresse"))
    now = datetime.now(UTC)
    wanted = WantedFeed(
        territory_id=seat.visit.territory.id,
        kind=token.kind if token else seat.subject.kind,
        subject_id=seat.subject.id,
        options=options_of(token.options) if token else PLAIN,
    )
    served = await request.app.state.feeds.read(wanted, now)
    calendar = shown(served.body)
    ahead, past = days_of(calendar, now)
    context = {
        "calendar": calendar,
        "ahead": ahead,
        "past": past,
        "device": token.device if token else "",
        "size": len(served.body),
        "free": _free(calendar),
    }
    return page("agenda/content.html", seat.visit.shell, {**seat.context(), **context})


def days_of(calendar: ShownCalendar, now: datetime) -> tuple[list[Day], list[Day]]:
    """Days from today on, and those before; what lasts several days stands on its first."""
    zone = ZoneInfo(calendar.zone)
    today = now.astimezone(zone).date()
    dated = sorted(calendar.events, key=lambda one: (_first_day(one, zone), isinstance(one.starts, datetime)))
    days = [
        Day(on, capital(long_date(on)), tuple(_line(one, zone) for one in events))
        for on, events in groupby(dated, key=lambda one: _first_day(one, zone))
    ]
    return [day for day in days if day.on >= today], [day for day in days if day.on < today]


def _first_day(one: ShownEvent, zone: ZoneInfo) -> date:
    return one.starts.astimezone(zone).date() if isinstance(one.starts, datetime) else one.starts


def _line(one: ShownEvent, zone: ZoneInfo) -> Line:
    starts, ends = _hours(one, zone)
    return Line(
        starts=starts,
        ends=ends,
        title=one.summary,
        place=one.location,
        lines=tuple(line for line in one.lines if not line.startswith(("http://", "https://"))),
        cancelled=one.cancelled,
        transparent=one.transparent,
    )


def _hours(one: ShownEvent, zone: ZoneInfo) -> tuple[str, str]:
    """Hours in the feed's zone, the date too where it ends on another day."""
    if not (isinstance(one.starts, datetime) and isinstance(one.ends, datetime)):
        last_on = one.ends - timedelta(days=1)
        until = text("jusqu’au {day}", day=long_date(last_on)) if last_on != one.starts else ""
        return text("Journée"), until
    starts, ends = one.starts.astimezone(zone), one.ends.astimezone(zone)
    later = "" if ends.date() == starts.date() else text(" le lendemain")
    return clock(starts.time(), padded=True), clock(ends.time(), padded=True) + later


def _free(calendar: ShownCalendar) -> list[str]:
    """Free periods in words."""
    zone = ZoneInfo(calendar.zone)
    local = [(start.astimezone(zone), end.astimezone(zone)) for start, end in calendar.free]
    return [
        text(
            "{day}, de {start} à {end}",
            day=capital(long_date(start.date())),
            start=clock(start.time(), padded=True),
            end=clock(end.time(), padded=True),
        )
        for start, end in local
    ]
