"""Places as one partner sees them, computed from what is published and taken at this instant. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from db.records.orientation import PlaceHost, StaffClaim
from db.records.partner import Partner
from db.records.place import TakenPlace
from service.partners.opened import PartnerFacts, bookable_until, is_opened_on
from service.translate.slots import is_closed, opening_of, slot_starts

State = Literal["free", "held", "booked", "taken", "closed"]
NEAREST = 3


class OfferedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One slot of one half-day, or one seat of a promotion (`host_kind` "promotion", no half-day).

    `held` and `booked` are the partner's own; `taken` says no more than that. `mine_id` is the hold, or the
    orientation that is booked; `mine` whether this very visitor holds it. `capacity` counts places of the slot.
    """

    host_kind: str
    host_id: UUID
    slot: int
    site: str
    held_on: date
    half_day: str | None
    starts_at: datetime
    ends_at: datetime
    bookable_until: datetime
    state: State
    free_count: int
    capacity: int
    mine_id: UUID | None = None
    mine: bool = False
    expires_at: datetime | None = None
    promotion: str | None = None
    revision: int = 0


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What was read for one partner: hosts with who is claimed elsewhere, and the places that stand."""

    facts: PartnerFacts
    partner: Partner
    hosts: tuple[PlaceHost, ...]
    claims: tuple[StaffClaim, ...] = ()
    taken: tuple[TakenPlace, ...] = ()


class _Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A slot with what stands in it."""

    host: PlaceHost
    index: int
    starts_at: datetime
    ends_at: datetime
    taken: tuple[TakenPlace, ...]
    unclaimed_count: int


class Offer:
    """Turns what was gathered into places, for the partner and for who holds under `holder_id`."""

    def __init__(self, gathered: Gathered, holder_id: UUID | None, now: datetime) -> None:
        self._facts, self._partner = gathered.facts, gathered.partner
        self._hosts, self._now, self._holder_id = gathered.hosts, now, holder_id
        self._opened = gathered.facts.opened_to(gathered.partner)
        self._taken: dict[UUID, list[TakenPlace]] = defaultdict(list)
        for place in gathered.taken:
            self._taken[place.host_id].append(place)
        self._claims: dict[str, list[StaffClaim]] = defaultdict(list)
        for claim in gathered.claims:
            self._claims[claim.staff].append(claim)

    def places(self) -> tuple[OfferedPlace, ...]:
        """By start, site and host; slots that have begun are left out."""
        found = [one for host in self._hosts for slot in self._slots(host) for one in self._offered(slot)]
        return tuple(sorted(found, key=lambda one: (one.starts_at, one.site, str(one.host_id), one.state)))

    def _slots(self, host: PlaceHost) -> Iterator[_Slot]:
        opened = self._opened.get(host.site)
        if opened is None or not is_opened_on(opened, host.held_on):
            return
        opening = opening_of(self._facts.sites[host.site], host.held_on, host.half_day)
        length = timedelta(minutes=opening.slot_minutes if opening else 0)
        for index, starts_at in enumerate(slot_starts(opening, host.starts_at, host.ends_at)):
            if starts_at > self._now:
                ends_at = starts_at + length
                yield _Slot(
                    host=host,
                    index=index,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    taken=tuple(one for one in self._taken[host.id] if one.slot == index),
                    unclaimed_count=self._unclaimed(host, starts_at, ends_at),
                )

    def _unclaimed(self, host: PlaceHost, starts_at: datetime, ends_at: datetime) -> int:
        """Of the people there, how many have no interview at that time."""
        return sum(
            not any(one.starts_at < ends_at and starts_at < one.ends_at for one in self._claims[staff])
            for staff in host.staff
        )

    def _offered(self, slot: _Slot) -> Iterator[OfferedPlace]:
        """The partner's own places, then one for all that is left."""
        site = self._facts.sites[slot.host.site]
        capacity = min(len(slot.host.staff), site.interview_places)
        held_count = sum(one.state == "held" for one in slot.taken)
        free_count = max(0, min(capacity - len(slot.taken), slot.unclaimed_count - held_count))
        own = [one for one in slot.taken if one.partner_id == self._partner.id and one.state != "published"]
        for place in own:
            yield self._place(slot, "held" if place.state == "held" else "booked", 0, capacity, place)
        state = self._state(slot, free_count)
        if state == "free" or not own:
            yield self._place(slot, state, free_count if state == "free" else 0, capacity)

    def _state(self, slot: _Slot, free_count: int) -> State:
        host = slot.host
        closures = [
            (one.from_on, one.until_on, one.half_day) for one in self._facts.closures.get(host.site, ())
        ]
        until = bookable_until(self._partner, self._opened[host.site], slot.starts_at)
        if until <= self._now or is_closed(closures, host.held_on, host.half_day):
            return "closed"
        return "free" if free_count else "taken"

    def _place(
        self, slot: _Slot, state: State, free_count: int, capacity: int, own: TakenPlace | None = None
    ) -> OfferedPlace:
        host = slot.host
        return OfferedPlace(
            host_kind=host.kind,
            host_id=host.id,
            slot=slot.index,
            site=host.site,
            held_on=host.held_on,
            half_day=host.half_day,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            bookable_until=bookable_until(self._partner, self._opened[host.site], slot.starts_at),
            state=state,
            free_count=free_count,
            capacity=capacity,
            mine_id=None if own is None else own.orientation_id or own.id,
            mine=own is not None and own.holder_id is not None and own.holder_id == self._holder_id,
            expires_at=own.expires_at if own else None,
            revision=host.revision,
        )


def merged(places: Iterable[OfferedPlace]) -> tuple[OfferedPlace, ...]:
    """Places of several people at one site and time as one: the first free one stands for all."""
    found: dict[tuple[object, ...], OfferedPlace] = {}
    for one in places:
        key = (one.site, one.starts_at, one.promotion, one.mine_id if one.mine_id else one.state)
        known = found.get(key)
        count = one.free_count + (known.free_count if known else 0)
        found[key] = msgspec.structs.replace(known or one, free_count=count)
    with_more = {
        (one.site, one.starts_at) for one in found.values() if one.state in ("free", "held", "booked")
    }
    return tuple(
        one
        for one in found.values()
        if one.state not in ("taken", "closed") or (one.site, one.starts_at) not in with_more
    )


def nearest(
    places: Sequence[OfferedPlace], starts_at: datetime, site: str, *, count: int = NEAREST
) -> tuple[OfferedPlace, ...]:
    """The nearest free place at the same site, for whoever may not go elsewhere; then those nearest in time."""
    free = [one for one in merged(places) if one.state == "free"]
    free.sort(key=lambda one: (abs(one.starts_at - starts_at), one.site != site, one.starts_at))
    here = [one for one in free if one.site == site][:1]
    return tuple([*here, *(one for one in free if one not in here)][:count])
