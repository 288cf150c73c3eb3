"""How far each kind of fact reaches into what is published."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.records.site import Closure
from db.records.staff import Absence, BusyMark, Meeting
from service.actions.landed_on import Touching

DAY = timedelta(days=1)


def of_absence(absence: Absence, _: ZoneInfo) -> Touching:
    return Touching(from_at=absence.starts_at, until_at=absence.ends_at, staff=frozenset({absence.staff}))


def of_meeting(meeting: Meeting, _: ZoneInfo) -> Touching | None:
    if meeting.status == "cancelled":
        return None
    return Touching(from_at=meeting.starts_at, until_at=meeting.ends_at, staff=frozenset(meeting.attendees))


def of_closure(closure: Closure, zone: ZoneInfo) -> Touching:
    return Touching(
        from_at=_midnight(closure.from_on, zone),
        until_at=_midnight(closure.until_on + DAY, zone),
        site=closure.site,
        half_day=closure.half_day,
    )


def of_busy_mark(mark: BusyMark, zone: ZoneInfo) -> Touching | None:
    """A mark of one date; one of each weekday reaches everywhere."""
    if mark.busy_on is None:
        return None
    return Touching(
        from_at=_midnight(mark.busy_on, zone),
        until_at=_midnight(mark.busy_on + DAY, zone),
        staff=frozenset({mark.staff}),
        half_day=mark.half_day,
    )


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone).astimezone(UTC)
