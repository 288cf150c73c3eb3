"""Published assignments as bookings of a calendar. No name of a participant, and no reference unless asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TypedDict
from uuid import UUID

import msgspec

from calendars import booking
from db.records.assignment import Assignment, FormerStaff
from db.records.facts import Facts
from db.records.place import TakenPlace
from db.records.site import Closure
from db.records.staff import Meeting

MODES: dict[str, booking.InterviewMode] = {"on_site": "on_site", "phone": "telephone", "video": "video"}
SESSION_WORDS = {"sport": "Sport", "outing": "Sortie", "workshop": "Atelier"}


CANCELLED_BY: dict[str, booking.CancelledBy] = {
    "us": "us",
    "site": "site",
    "person": "person",
    "partner": "partner",
}


class _Common(TypedDict):
    """Fields of every booking."""

    uid: UUID
    sequence: int
    created_at: datetime
    last_modified_at: datetime
    status: booking.Status
    cancelled_by: booking.CancelledBy | None
    change: booking.Change | None
    url: str | None


class _Times(TypedDict):
    starts_at: datetime
    ends_at: datetime


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What feeds of a territory are made of. `page_address` is that of its months, behind sign-in."""

    facts: Facts
    assignments: tuple[Assignment, ...]
    taken: tuple[TakenPlace, ...] = ()
    page_address: str | None = None


class Bookings:
    """The bookings of one territory, by whom they concern."""

    def __init__(self, published: Published) -> None:
        facts = published.facts
        self._published = published
        self._sites = {one.code: one for one in facts.sites}
        self._cadences = {one.code: one for one in facts.cadences}
        self._promotions = {one.code: one for one in facts.promotions}
        self._rooms = {(site.code, room.code): room.name for site in facts.sites for room in site.rooms}
        self._hosted: dict[UUID, list[Assignment]] = defaultdict(list)
        self._booked: dict[UUID, list[TakenPlace]] = defaultdict(list)
        for one in published.assignments:
            if one.host_id is not None:
                self._hosted[one.host_id].append(one)
        for place in published.taken:
            if place.state == "booked":
                self._booked[place.host_id].append(place)
        self._permanences = {one.id for one in published.assignments if one.kind == "permanence"}

    def of_staff(self, code: str, *, references: bool = False) -> list[booking.Booking]:
        """Their presences and appointments, meetings, and what they were taken off, as cancelled."""
        found: list[booking.Booking] = []
        for one in self._published.assignments:
            if code in one.staff:
                others = msgspec.structs.replace(one, staff=tuple(who for who in one.staff if who != code))
                found += self._of(others, references=references)
            else:
                left = [former for former in one.former_staff if former.staff == code]
                found += [self._left(made, left[-1]) for made in self._of(one) if left]
        return found + [self._meeting(one) for one in self._published.facts.meetings if code in one.attendees]

    def of_site(self, code: str) -> list[booking.Booking]:
        """Who is present when, sessions, closures."""
        kinds = (booking.PermanenceBooking, booking.SessionBooking)
        found = [made for one in self._published.assignments if one.site == code for made in self._of(one)]
        closures = [self._closure(one) for one in self._published.facts.closures if one.site == code]
        return [made for made in found if isinstance(made, kinds)] + closures

    def of_promotion(self, code: str) -> list[booking.Booking]:
        """Its sessions."""
        return [
            made for one in self._published.assignments if one.promotion == code for made in self._of(one)
        ]

    def of_territory(self) -> list[booking.Booking]:
        """Everything published."""
        facts = self._published.facts
        found = [made for one in self._published.assignments for made in self._of(one)]
        return [*found, *map(self._meeting, facts.meetings), *map(self._closure, facts.closures)]

    def _of(self, one: Assignment, *, references: bool = False) -> Iterator[booking.Booking]:
        """None for an interview that lies in the text of its permanence."""
        if one.kind == "permanence":
            yield self._permanence(one, references=references)
        elif one.kind == "session":
            yield self._session(one)
        elif one.kind == "interview" and one.host_id not in self._permanences:
            yield self._interview(one, references=references)

    def _permanence(self, one: Assignment, *, references: bool) -> booking.Booking:
        guests = [guest for guest in self._hosted[one.id] if guest.status != "cancelled"]
        partners = self._booked[one.id]
        taken = [
            booking.TakenPlace(starts_at=guest.starts_at, reference=guest.participant if references else None)
            for guest in guests
        ]
        changed = [guest.last_modified_at for guest in self._hosted[one.id]]
        return booking.PermanenceBooking(
            **self._common(one, last_modified_at=max([one.last_modified_at, *changed, *_instants(partners)])),
            **_times(one),
            place=self._place(one.site),
            staff=one.staff,
            places_count=one.places,
            taken=(*taken, *self._partner_places(one, partners)),
        )

    def _partner_places(
        self, one: Assignment, partners: Iterable[TakenPlace]
    ) -> Iterator[booking.TakenPlace]:
        """Places that partners booked, at the start of their slot."""
        site = self._sites[one.site or ""]
        weekday = one.held_on.isoweekday()
        opening = next((o for o in site.openings if (o.weekday, o.half_day) == (weekday, one.half_day)), None)
        step = timedelta(minutes=opening.slot_minutes + opening.buffer_minutes) if opening else timedelta()
        for place in partners:
            yield booking.TakenPlace(starts_at=one.starts_at + place.slot * step)

    def _interview(self, one: Assignment, *, references: bool) -> booking.Booking:
        kinds: dict[str, booking.InterviewKind] = {"diagnostic": "diagnostic", "bilan": "bilan"}
        return booking.InterviewBooking(
            **self._common(one),
            **_times(one),
            kind=kinds.get(one.interview_kind or "", "suivi"),
            mode=MODES[one.mode or "on_site"],
            place=self._place(one.site) if one.site else None,
            staff=one.staff,
            reference=one.participant if references else None,
        )

    def _session(self, one: Assignment) -> booking.Booking:
        title, kind_name, position, count, speaker = self._session_words(one)
        return booking.SessionBooking(
            **self._common(one),
            **_times(one),
            title=title,
            kind_name=kind_name,
            place=self._place(one.site) if one.site else None,
            position=position,
            positions_count=count,
            room=self._rooms.get((one.site or "", one.room or "")) or one.room,
            staff=one.staff,
            speaker=speaker,
        )

    def _session_words(self, one: Assignment) -> tuple[str, str, int | None, int | None, str | None]:
        """Title, kind, position, how many positions, and speaker."""
        if one.promotion is None:
            cadence = self._cadences[one.cadence or ""]
            return cadence.name, SESSION_WORDS.get(cadence.sort or "", "Atelier"), None, None, None
        steps = self._promotions[one.promotion].sequences
        position = next((rank for rank, step in enumerate(steps, start=1) if step.code == one.sequence), 1)
        step = steps[position - 1]
        return step.title, "Atelier", position, len(steps), step.speaker_name

    def _meeting(self, one: Meeting) -> booking.Booking:
        at = one.created_at or one.starts_at
        site = self._sites.get(one.site or "")
        return booking.MeetingBooking(
            uid=one.id or UUID(int=0),
            sequence=one.sequence_number,
            created_at=at,
            last_modified_at=one.last_modified_at or at,
            status="cancelled" if one.status == "cancelled" else "confirmed",
            url=self._published.page_address,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            title=one.title,
            location=one.place or (site.name if site else None),
            staff=one.attendees,
        )

    def _closure(self, one: Closure) -> booking.Booking:
        # A closure keeps no instant of its own: the day it begins stands for it, the same on each reading.
        at = datetime.combine(one.from_on, time(), UTC)
        return booking.Closure(
            uid=one.id or UUID(int=0),
            sequence=max(0, one.version - 1),
            created_at=at,
            last_modified_at=at,
            place=self._place(one.site),
            starts_on=one.from_on,
            ends_on=one.until_on + timedelta(days=1),
        )

    def _left(self, made: booking.Booking, former: FormerStaff) -> booking.Booking:
        """An event of somebody else by now: cancelled in the feed of who was replaced."""
        return msgspec.structs.replace(
            made,
            status="cancelled",
            cancelled_by="replaced",
            sequence=former.sequence_number,
            last_modified_at=former.left_at,
            change=None,
        )

    def _common(self, one: Assignment, last_modified_at: datetime | None = None) -> _Common:
        change = None
        if one.changed_at is not None:
            change = booking.Change(changed_at=one.changed_at, former_starts_at=one.former_starts_at)
        return {
            "uid": one.id,
            "sequence": one.sequence_number,
            "created_at": one.created_at,
            "last_modified_at": last_modified_at or one.last_modified_at,
            "status": "cancelled" if one.status == "cancelled" else "confirmed",
            "cancelled_by": CANCELLED_BY.get(one.cancelled_by or ""),
            "change": change,
            "url": self._page(one),
        }

    def _page(self, one: Assignment) -> str | None:
        root = self._published.page_address
        return f"{root}/{one.held_on:%Y-%m}" if root else None

    def _place(self, code: str | None) -> booking.Place:
        site = self._sites[code or ""]
        return booking.Place(
            name=site.short_name or site.name,
            neutral_name=site.neutral_name,
            address=site.address or None,
            phone=site.phone,
            phones_outside=site.phones_outside,
            office=site.kind == "bureau",
        )


def _times(one: Assignment) -> _Times:
    return {"starts_at": one.starts_at, "ends_at": one.ends_at}


def _instants(places: Iterable[TakenPlace]) -> list[datetime]:
    return [one.created_at for one in places]
