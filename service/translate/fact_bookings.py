"""Facts that have a place in feeds: meetings, closures of sites, and the half-days a person keeps for themself."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from calendars import booking
from db.records.base import HalfDay
from db.records.site import Closure, Opening
from db.records.staff import BusyMark, Meeting, StaffMember, WeeklyAvailability
from service.translate.bookings import Published, place_of
from service.translate.team import falls_on

Span = tuple[datetime, datetime]
Pattern = tuple[Opening, ...] | tuple[WeeklyAvailability, ...]

USUAL_HOURS: dict[str, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
"""A half-day of a person or a site that says nothing of its hours."""


class FactBookings:
    """The bookings of one territory that no plan decides."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._facts = published.facts
        self._zone = ZoneInfo(published.facts.territory.zone)
        self._sites = {one.code: one for one in self._facts.sites}
        self._last_on = max((one.held_on for one in published.assignments), default=None)

    def meetings(self) -> list[booking.Booking]:
        return [self._meeting(one) for one in self._facts.meetings]

    def meetings_of(self, code: str) -> list[booking.Booking]:
        """Those a person attends, and as cancelled those they were taken off."""
        left = {one.meeting_id: one.left_at for one in self._published.leavers if one.staff == code}
        found: list[booking.Booking] = []
        for one in self._facts.meetings:
            if code in one.attendees:
                found.append(self._meeting(one))
            elif one.id in left:
                found.append(_without(self._meeting(one), left[one.id]))
        return found

    def closures(self, site: str | None = None) -> list[booking.Booking]:
        """Of one site, or of all: whole days, or each half-day when only one is closed."""
        wanted = [one for one in self._facts.closures if site in (None, one.site)]
        return [made for one in wanted for made in self._closure(one)]

    def protected(self, code: str) -> list[booking.Booking]:
        """The half-days a person marked as taken, as far as the published planning reaches."""
        person = next(one for one in self._facts.staff if one.code == code)
        marks = [one for one in self._facts.busy_marks if one.staff == code]
        return [made for mark in marks for made in self._marked(mark, person)]

    def _meeting(self, one: Meeting) -> booking.Booking:
        at = one.created_at or one.starts_at
        site = self._sites.get(one.site or "")
        held_on = one.starts_at.astimezone(self._zone).date()
        return booking.MeetingBooking(
            uid=known(one.id),
            sequence=one.sequence_number,
            created_at=at,
            last_modified_at=one.last_modified_at or at,
            status="cancelled" if one.status == "cancelled" else "confirmed",
            url=self._published.page(f"ma-semaine?semaine={held_on}"),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            title=one.title,
            location=one.place or (site.name if site else None),
            staff=one.attendees,
        )

    def _closure(self, one: Closure) -> Iterator[booking.Booking]:
        created_at, changed_at = self._stamps(one.id, one.from_on)
        sequence, place = max(0, one.version - 1), place_of(self._sites[one.site])
        if one.half_day is None:
            yield booking.Closure(
                uid=known(one.id),
                sequence=sequence,
                created_at=created_at,
                last_modified_at=changed_at,
                place=place,
                starts_on=one.from_on,
                ends_on=one.until_on + timedelta(days=1),
            )
            return
        for on in _days(one.from_on, one.until_on):
            starts_at, ends_at = self._hours(self._sites[one.site].openings, on, one.half_day)
            yield booking.HalfDayClosure(
                uid=uuid5(known(one.id), on.isoformat()),
                sequence=sequence,
                created_at=created_at,
                last_modified_at=changed_at,
                place=place,
                starts_at=starts_at,
                ends_at=ends_at,
            )

    def _marked(self, mark: BusyMark, person: StaffMember) -> Iterator[booking.Booking]:
        created_at, changed_at = self._stamps(mark.id, mark.busy_on or date(2000, 1, 1))
        for on in self._dates(mark):
            starts_at, ends_at = self._hours(person.availability, on, mark.half_day)
            yield booking.ProtectedTime(
                uid=uuid5(known(mark.id), on.isoformat()),
                sequence=max(0, mark.version - 1),
                created_at=created_at,
                last_modified_at=changed_at,
                starts_at=starts_at,
                ends_at=ends_at,
            )

    def _dates(self, mark: BusyMark) -> Iterator[date]:
        if mark.busy_on is not None:
            yield mark.busy_on
            return
        first_on = min((one.held_on for one in self._published.assignments), default=None)
        if first_on is not None and self._last_on is not None:
            yield from (on for on in _days(first_on, self._last_on) if falls_on(mark, on))

    def _hours(self, pattern: Pattern, on: date, half_day: HalfDay) -> Span:
        """The hours of that half-day, by the pattern of its weekday where there is one."""
        fitting = [one for one in pattern if (one.weekday, one.half_day) == (on.isoweekday(), half_day)]
        hours = (fitting[0].from_hour, fitting[0].to_hour) if fitting else USUAL_HOURS[half_day]
        starts_at, ends_at = (datetime.combine(on, time.fromisoformat(hour), self._zone) for hour in hours)
        return starts_at, ends_at

    def _stamps(self, id_: UUID | None, on: date) -> Span:
        """Birth and last change; facts that were not stored stand on their first day."""
        at = datetime.combine(on, time(), self._zone)
        return self._published.stamps.get(known(id_), (at, at))


def known(id_: UUID | None) -> UUID:
    """The id of a fact that the database gave."""
    assert id_ is not None
    return id_


def _without(made: booking.Booking, left_at: datetime) -> booking.Booking:
    """A meeting as whoever was taken off it sees it."""
    return msgspec.structs.replace(
        made,
        status="cancelled",
        cancelled_by="us",
        last_modified_at=max(left_at, made.last_modified_at),
    )


def _days(first_on: date, last_on: date) -> Iterator[date]:
    return (first_on + timedelta(days=day) for day in range((last_on - first_on).days + 1))
