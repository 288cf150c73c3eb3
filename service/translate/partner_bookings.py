"""What one partner sees of a territory: free places at the sites opened to it, and its own orientations."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid5

from calendars import booking
from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.feed import OrientationEvent
from db.records.orientation import PlaceHost, StaffClaim
from db.records.partner import Partner
from db.records.place import TakenPlace
from db.records.site import Closure, Site
from service.partners.opened import PartnerFacts
from service.partners.places import Gathered, Offer, OfferedPlace
from service.translate.bookings import CANCELLED_BY, Published
from service.translate.slots import opening_of, slot_starts

HOSTS = ("permanence", "office")
"""What has places."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Places are asked for as if none had begun: the feed itself leaves out what is past, and knows when."""


class PartnerBookings:
    """Free places, as pages offer them, and orientations; nothing about other partners or staff."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._facts = _partner_facts(published.facts)
        self._by_id = {one.id: one for one in published.assignments}
        self._hosts = tuple(_host(one) for one in published.assignments if _is_host(one))
        self._claims = tuple(
            StaffClaim(staff=staff, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in published.assignments
            if one.kind == "interview" and one.status != "cancelled"
            for staff in one.staff
        )
        self._sessions: dict[str, list[Assignment]] = defaultdict(list)
        for one in published.assignments:
            if one.promotion is not None:
                self._sessions[one.promotion].append(one)

    def of(self, partner: Partner, as_of: datetime, *, labels: bool = False) -> list[booking.Booking]:
        """Ready for the partner's feed, holds expired by `as_of` being free again."""
        own = [
            event
            for made in self._published.orientations
            if made.partner == partner.code and (event := self._orientation(made, labels=labels))
        ]
        without = [
            self._at_slot(self._by_id[place.host_id], place)
            for place in self._published.taken
            if (place.partner_id, place.state, place.orientation_id) == (partner.id, "booked", None)
        ]
        return [*own, *without, *self._free(partner, as_of)]

    def next_expiry(self, as_of: datetime) -> datetime | None:
        """When the next hold ends by itself."""
        ends = [place.expires_at for place in self._published.taken if place.expires_at]
        return min((at for at in ends if at > as_of), default=None)

    def _free(self, partner: Partner, as_of: datetime) -> Iterator[booking.Booking]:
        standing = tuple(one for one in self._published.taken if _stands(one, as_of))
        gathered = Gathered(
            facts=self._facts, partner=partner, hosts=self._hosts, claims=self._claims, taken=standing
        )
        for one in Offer(gathered, None, LONG_AGO).places():
            if one.state == "free":
                yield self._free_place(self._by_id[one.host_id], one)

    def _free_place(self, host: Assignment, one: OfferedPlace) -> booking.FreePlace:
        return booking.FreePlace(
            uid=uuid5(host.id, f"slot {one.slot}"),
            sequence=host.sequence_number,
            created_at=host.created_at,
            last_modified_at=host.last_modified_at,
            url=self._published.page("places"),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=_place(self._facts.sites[one.site]),
            bookable_until=one.bookable_until,
        )

    def _orientation(self, made: OrientationEvent, *, labels: bool) -> booking.Orientation | None:
        """With its interview's identity and time; a seat has the time of the first session, once published."""
        interview = self._by_id.get(made.interview_id) if made.interview_id else None
        sessions = self._sessions.get(made.promotion or "", [])
        held = interview or next((one for one in sessions if one.status != "cancelled"), None)
        if held is None or held.site is None:
            return None
        ended = made.cancelled_at is not None
        cancelled = ended or held.status == "cancelled"
        by = made.cancelled_by if ended else held.cancelled_by
        return booking.Orientation(
            uid=interview.id if interview else made.id,
            sequence=held.sequence_number + int(ended) if interview else _steps(sessions) + made.version - 1,
            created_at=made.created_at,
            last_modified_at=max(made.updated_at, held.last_modified_at),
            status="cancelled" if cancelled else "confirmed",
            cancelled_by=CANCELLED_BY.get(by or "us") if cancelled else None,
            change=_change(held),
            url=self._published.page(f"orientations/{made.id}"),
            starts_at=held.starts_at,
            ends_at=held.ends_at,
            place=_place(self._facts.sites[held.site]),
            label=made.label if labels and made.label else None,
        )

    def _at_slot(self, host: Assignment, place: TakenPlace) -> booking.Orientation:
        """A place that was booked without an orientation: by its slot."""
        site = self._facts.sites[host.site or ""]
        opening = opening_of(site, host.held_on, host.half_day)
        starts = slot_starts(opening, host.starts_at, host.ends_at)
        starts_at = starts[place.slot] if place.slot < len(starts) else host.starts_at
        ends_at = starts[place.slot + 1] if place.slot + 1 < len(starts) else host.ends_at
        cancelled = host.status == "cancelled"
        return booking.Orientation(
            uid=place.id,
            sequence=host.sequence_number,
            created_at=place.created_at,
            last_modified_at=max(place.created_at, host.last_modified_at),
            status="cancelled" if cancelled else "confirmed",
            cancelled_by=CANCELLED_BY.get(host.cancelled_by or "us") if cancelled else None,
            change=_change(host),
            url=self._published.page("orientations"),
            starts_at=starts_at,
            ends_at=ends_at,
            place=_place(site),
        )


def _steps(sessions: list[Assignment]) -> int:
    """Rises whenever another session becomes the first, or the first one changes."""
    return sum(one.sequence_number + 1 for one in sessions) - 1


def _partner_facts(facts: Facts) -> PartnerFacts:
    closures: dict[str, list[Closure]] = defaultdict(list)
    for one in facts.closures:
        closures[one.site].append(one)
    return PartnerFacts(
        territory=facts.territory,
        partners={one.code: one for one in facts.partners},
        sites={one.code: one for one in facts.sites},
        closures=dict(closures),
        promotions={one.code: one for one in facts.promotions},
    )


def _is_host(one: Assignment) -> bool:
    return one.kind in HOSTS and one.site is not None and one.status != "cancelled"


def _host(one: Assignment) -> PlaceHost:
    return PlaceHost(
        id=one.id,
        kind="office" if one.kind == "office" else "permanence",
        site=one.site or "",
        held_on=one.held_on,
        half_day=one.half_day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        staff=one.staff,
        revision=one.revision,
        status=one.status,
    )


def _change(one: Assignment) -> booking.Change | None:
    if one.changed_at is None:
        return None
    return booking.Change(changed_at=one.changed_at, former_starts_at=one.former_starts_at)


def _place(site: Site) -> booking.Place:
    """The site as a partner sees it: its telephone of the day is for the team."""
    return booking.Place(
        name=site.short_name or site.name, neutral_name=site.neutral_name, address=site.address or None
    )


def _stands(place: TakenPlace, as_of: datetime) -> bool:
    return place.expires_at is None or place.expires_at > as_of
