"""What one partner sees of a territory: free places at the sites opened to it, and its own orientations."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec

from calendars import booking
from db.records.assignment import Assignment
from db.records.feed import OrientationEvent
from db.records.partner import Partner, PartnerSite
from db.records.place import TakenPlace
from db.records.site import Opening, Site
from service.translate.bookings import CANCELLED_BY, Published

HOSTS = ("permanence", "office")
"""What has places."""


class PartnerBookings:
    """Free places and orientations of one territory, by partner; nothing about other partners or staff."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._sites = {one.code: one for one in published.facts.sites}
        self._taken: dict[UUID, list[TakenPlace]] = defaultdict(list)
        for place in published.taken:
            self._taken[place.host_id].append(place)

    def of(self, partner: Partner, as_of: datetime, *, labels: bool = False) -> list[booking.Booking]:
        """Ready for the partner's feed, holds expired by `as_of` being free again."""
        opened = {one.site: one for one in partner.sites}
        found: list[booking.Booking] = []
        for one in self._published.assignments:
            if one.kind not in HOSTS or one.site is None:
                continue
            found += self._orientations(one, partner, labels=labels)
            if one.site in opened and one.status != "cancelled" and _is_open(opened[one.site], one):
                found += self._free(one, partner, opened[one.site], as_of)
        return found

    def next_expiry(self, as_of: datetime) -> datetime | None:
        """When the next hold ends by itself."""
        ends = [place.expires_at for places in self._taken.values() for place in places if place.expires_at]
        return min((at for at in ends if at > as_of), default=None)

    def _free(
        self, one: Assignment, partner: Partner, opened: PartnerSite, as_of: datetime
    ) -> Iterator[booking.Booking]:
        site = self._sites[one.site or ""]
        opening = _opening(site, one)
        if opening is None:
            return
        capacity = min(len(one.staff), site.interview_places)
        for slot, starts_at in enumerate(_starts(opening, one)):
            taken = [place for place in self._taken[one.id] if place.slot == slot and _stands(place, as_of)]
            if len(taken) < capacity:
                yield booking.FreePlace(
                    uid=uuid5(one.id, f"slot {slot}"),
                    sequence=one.sequence_number,
                    created_at=one.created_at,
                    last_modified_at=one.last_modified_at,
                    url=self._page(one),
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=opening.slot_minutes),
                    place=_place(site),
                    bookable_until=starts_at - _notice(partner, opened),
                )

    def _orientations(
        self, one: Assignment, partner: Partner, *, labels: bool
    ) -> Iterator[booking.Orientation]:
        """Its own, those that ended as cancelled; then places it took without one."""
        for made in self._published.orientations:
            if (made.host_id, made.partner_id) == (one.id, partner.id):
                yield self._orientation(one, made, labels=labels)
        for place in self._taken[one.id]:
            if (place.partner_id, place.state, place.orientation_id) == (partner.id, "booked", None):
                yield self._at_slot(one, place.slot, uid=place.id, changed_at=place.created_at)

    def _orientation(self, one: Assignment, made: OrientationEvent, *, labels: bool) -> booking.Orientation:
        event = self._at_slot(one, made.slot, uid=made.id, changed_at=made.updated_at)
        ended = made.cancelled_at is not None
        return msgspec.structs.replace(
            event,
            sequence=event.sequence + max(0, made.version - 1) + int(ended),
            created_at=made.created_at,
            status="cancelled" if ended else event.status,
            cancelled_by=CANCELLED_BY.get(made.cancelled_by or "partner") if ended else event.cancelled_by,
            label=made.label if labels and made.label else None,
        )

    def _at_slot(self, one: Assignment, slot: int, *, uid: UUID, changed_at: datetime) -> booking.Orientation:
        site = self._sites[one.site or ""]
        opening = _opening(site, one)
        starts = _starts(opening, one) if opening else []
        starts_at = starts[slot] if slot < len(starts) else one.starts_at
        length = timedelta(minutes=opening.slot_minutes) if opening else one.ends_at - one.starts_at
        gone = one.status == "cancelled"
        return booking.Orientation(
            uid=uid,
            sequence=one.sequence_number,
            created_at=changed_at,
            last_modified_at=max(changed_at, one.last_modified_at),
            status="cancelled" if gone else "confirmed",
            cancelled_by=CANCELLED_BY.get(one.cancelled_by or "us") if gone else None,
            change=_change(one),
            url=self._page(one),
            starts_at=starts_at,
            ends_at=starts_at + length,
            place=_place(site),
        )

    def _page(self, one: Assignment) -> str | None:
        return self._published.page(f"mon-agenda/contenu#j-{one.held_on}")


def _change(one: Assignment) -> booking.Change | None:
    if one.changed_at is None:
        return None
    return booking.Change(changed_at=one.changed_at, former_starts_at=one.former_starts_at)


def _place(site: Site) -> booking.Place:
    """The site as a partner sees it: its telephone of the day is for the team."""
    return booking.Place(
        name=site.short_name or site.name, neutral_name=site.neutral_name, address=site.address or None
    )


def _is_open(opened: PartnerSite, one: Assignment) -> bool:
    return (opened.from_on is None or opened.from_on <= one.held_on) and (
        opened.until_on is None or one.held_on <= opened.until_on
    )


def _notice(partner: Partner, opened: PartnerSite) -> timedelta:
    """How long before its time a place can last be booked."""
    lead = partner.lead_hours if opened.lead_hours is None else opened.lead_hours
    cut_off = partner.cut_off_hours if opened.cut_off_hours is None else opened.cut_off_hours
    return timedelta(hours=max(lead, cut_off))


def _stands(place: TakenPlace, as_of: datetime) -> bool:
    return place.expires_at is None or place.expires_at > as_of


def _opening(site: Site, one: Assignment) -> Opening | None:
    weekday = one.held_on.isoweekday()
    known = [opening for opening in site.openings if opening.half_day == one.half_day]
    return next((opening for opening in known if opening.weekday == weekday), known[0] if known else None)


def _starts(opening: Opening, one: Assignment) -> list[datetime]:
    """The starts of the permanence's slots."""
    length, step = opening.slot_minutes, opening.slot_minutes + opening.buffer_minutes
    whole = (one.ends_at - one.starts_at) // timedelta(minutes=1)
    count = max(0, (whole - length) // step + 1) if step else 0
    return [one.starts_at + timedelta(minutes=step * slot) for slot in range(count)]
