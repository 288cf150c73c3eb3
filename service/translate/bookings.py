"""Published assignments as bookings of a calendar. No name of a participant, and no reference unless asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

import msgspec

from calendars import booking
from db.queries.feed_facts import Stamps
from db.records.assignment import Assignment, FormerStaff
from db.records.facts import Facts
from db.records.feed import OrientationEvent
from db.records.place import TakenPlace
from db.records.site import Site
from db.records.staff import MeetingLeaver
from service.feed_options import PLAIN, FeedOptions
from service.translate.slots import opening_of

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
    """What feeds of a territory are made of. `address` is that of its pages, behind sign-in.

    `taken` are the places that stand; `places_changed_at` tells by host when one was last taken or given back.
    """

    facts: Facts
    assignments: tuple[Assignment, ...]
    taken: tuple[TakenPlace, ...] = ()
    places_changed_at: dict[UUID, datetime] = {}
    orientations: tuple[OrientationEvent, ...] = ()
    leavers: tuple[MeetingLeaver, ...] = ()
    stamps: Stamps = {}
    address: str | None = None

    def page(self, rest: str) -> str | None:
        """The address of one of the territory's pages."""
        return f"{self.address}/{rest}" if self.address else None


class Bookings:
    """The bookings of one territory's assignments, by whom they concern."""

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

    def of_staff(self, code: str, options: FeedOptions = PLAIN) -> list[booking.Booking]:
        """Their presences and appointments, and what they were taken off, as cancelled."""
        found: list[booking.Booking] = []
        for one in self._published.assignments:
            if code in one.staff:
                others = msgspec.structs.replace(one, staff=tuple(who for who in one.staff if who != code))
                found += self._of(others, options, for_team=True)
            else:
                left = [former for former in one.former_staff if former.staff == code]
                found += [_left(made, left[-1]) for made in self._of(one, options, for_team=True) if left]
        return found

    def of_site(self, code: str) -> list[booking.Booking]:
        """Who is present when, and sessions."""
        kinds = (booking.PermanenceBooking, booking.SessionBooking)
        found = [made for one in self._published.assignments if one.site == code for made in self._of(one)]
        return [made for made in found if isinstance(made, kinds)]

    def of_promotion(self, code: str) -> list[booking.Booking]:
        """Its sessions."""
        mine = [one for one in self._published.assignments if one.promotion == code]
        return [made for one in mine for made in self._of(one, for_team=True)]

    def of_territory(self, options: FeedOptions = PLAIN) -> list[booking.Booking]:
        """Everything published; office half-days only if wanted, references never."""
        unnamed = msgspec.structs.replace(options, references=False)
        return [made for one in self._published.assignments for made in self._of(one, unnamed)]

    def _of(
        self, one: Assignment, options: FeedOptions = PLAIN, *, for_team: bool = False
    ) -> Iterator[booking.Booking]:
        """None for an interview that lies in the text of its permanence."""
        references = options.references
        common = self._common(one, self._week_page(one) if for_team else self._month_page(one))
        if one.kind == "permanence":
            yield self._permanence(one, common, references=references)
        elif one.kind == "session":
            yield self._session(one, common)
        elif one.kind == "office" and options.office:
            place = place_of(self._sites[one.site or ""])
            yield booking.OfficeBooking(**common, **_times(one), place=place, staff=one.staff)
        elif one.kind == "interview" and one.host_id not in self._permanences:
            yield self._interview(one, common, references=references)

    def _permanence(self, one: Assignment, common: _Common, *, references: bool) -> booking.Booking:
        """Its last change is also that of its interviews and places, those given back included."""
        guests = [guest for guest in self._hosted[one.id] if guest.status != "cancelled"]
        partners = self._booked[one.id]
        taken = [
            booking.TakenPlace(starts_at=guest.starts_at, reference=guest.participant if references else None)
            for guest in guests
        ]
        changed = [guest.last_modified_at for guest in self._hosted[one.id]]
        places_changed_at = self._published.places_changed_at.get(one.id, one.last_modified_at)
        common["last_modified_at"] = max(one.last_modified_at, places_changed_at, *changed)
        return booking.PermanenceBooking(
            **common,
            **_times(one),
            place=place_of(self._sites[one.site or ""]),
            staff=one.staff,
            places_count=one.places,
            taken=(*taken, *self._partner_places(one, partners)),
        )

    def _partner_places(
        self, one: Assignment, partners: Iterable[TakenPlace]
    ) -> Iterator[booking.TakenPlace]:
        """Places that partners booked, at the start of their slot; an orientation's interview tells its own."""
        opening = opening_of(self._sites[one.site or ""], one.held_on, one.half_day)
        step = timedelta(minutes=opening.slot_minutes + opening.buffer_minutes) if opening else timedelta()
        for place in partners:
            if place.interview_id is None:
                yield booking.TakenPlace(starts_at=one.starts_at + place.slot * step)

    def _interview(self, one: Assignment, common: _Common, *, references: bool) -> booking.Booking:
        kinds: dict[str, booking.InterviewKind] = {"diagnostic": "diagnostic", "bilan": "bilan"}
        return booking.InterviewBooking(
            **common,
            **_times(one),
            kind=kinds.get(one.interview_kind or "", "suivi"),
            mode=MODES[one.mode or "on_site"],
            place=self._place(one),
            staff=one.staff,
            reference=one.participant if references else None,
        )

    def _session(self, one: Assignment, common: _Common) -> booking.Booking:
        title, kind_name, position, count, speaker = self._session_words(one)
        return booking.SessionBooking(
            **common,
            **_times(one),
            title=title,
            kind_name=kind_name,
            place=self._place(one),
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

    def _common(self, one: Assignment, url: str | None) -> _Common:
        change = None
        if one.changed_at is not None:
            change = booking.Change(changed_at=one.changed_at, former_starts_at=one.former_starts_at)
        return {
            "uid": one.id,
            "sequence": one.sequence_number,
            "created_at": one.created_at,
            "last_modified_at": one.last_modified_at,
            "status": "cancelled" if one.status == "cancelled" else "confirmed",
            "cancelled_by": CANCELLED_BY.get(one.cancelled_by or ""),
            "change": change,
            "url": url,
        }

    def _month_page(self, one: Assignment) -> str | None:
        return self._published.page(f"planning/{one.held_on:%Y-%m}")

    def _week_page(self, one: Assignment) -> str | None:
        return self._published.page(f"ma-semaine?semaine={one.held_on}")

    def _place(self, one: Assignment) -> booking.Place | None:
        return place_of(self._sites[one.site]) if one.site else None


def place_of(site: Site) -> booking.Place:
    """A site as the team sees it in an event."""
    return booking.Place(
        name=site.short_name or site.name,
        neutral_name=site.neutral_name,
        address=site.address or None,
        phone=site.phone,
        phones_outside=site.phones_outside,
        office=site.kind == "bureau",
    )


def _left(made: booking.Booking, former: FormerStaff) -> booking.Booking:
    """An event of somebody else by now: cancelled in the feed of who was replaced, whatever becomes of it later."""
    return msgspec.structs.replace(
        made,
        status="cancelled",
        cancelled_by="replaced",
        sequence=max(former.sequence_number, made.sequence),
        last_modified_at=max(former.left_at, made.last_modified_at),
        change=None,
    )


def _times(one: Assignment) -> _Times:
    return {"starts_at": one.starts_at, "ends_at": one.ends_at}
