"""Seats of promotions that partners may fill until the first session. Pure."""

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.queries.promotions import FirstSession
from db.records.cadence import Promotion
from db.records.partner import Partner
from db.records.place import TakenPlace
from service.partners.opened import PartnerFacts
from service.partners.places import Gathered, OfferedPlace, State


def open_promotions(facts: PartnerFacts, partner: Partner, sites: Iterable[str]) -> list[Promotion]:
    """Promotions open to partners at some sites, archived ones left out."""
    wanted = set(sites) & {one.site for one in partner.sites}
    return [
        one
        for one in facts.promotions.values()
        if one.open_to_partners and one.archived_at is None and one.site in wanted and one.sequences
    ]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion, when it begins, its seats for partners, and how many turns wait for one of them."""

    promotion: Promotion
    begins_at: datetime
    ends_at: datetime
    capacity: int
    waiting_count: int = 0

    def begins_on(self, zone: str) -> date:
        """The local date."""
        return self.begins_at.astimezone(ZoneInfo(zone)).date()


def group_of(
    promotion: Promotion, first: FirstSession | None, zone: str, seated: Set[str], waiting_count: int
) -> Group:
    """`seated` are those of its people who came by an orientation: their seat is that orientation's, counted once."""
    begins_at = first.starts_at if first else _expected(promotion, zone)
    others = set(promotion.participants) - seated
    return Group(
        promotion=promotion,
        begins_at=begins_at,
        ends_at=first.ends_at if first else begins_at,
        capacity=max(0, promotion.seats - len(others)),
        waiting_count=waiting_count,
    )


def _expected(promotion: Promotion, zone: str) -> datetime:
    """The last minute of the first sequence's window stands for a session that is not published yet."""
    first = min(promotion.sequences, key=lambda one: (one.from_on, one.until_on))
    return datetime.combine(first.until_on, time(23, 59), ZoneInfo(zone))


class Seats:
    """Turns promotions into seats: the partner's own, then one for all that is left."""

    def __init__(self, gathered: Gathered, holder_id: UUID | None, now: datetime) -> None:
        self._gathered, self._holder_id, self._now = gathered, holder_id, now

    def seats(self, groups: Iterable[Group]) -> tuple[OfferedPlace, ...]:
        """By start; promotions that have begun are left out."""
        found = [seat for one in groups for seat in self._of(one)]
        return tuple(sorted(found, key=lambda one: (one.starts_at, one.promotion or "", one.state)))

    def _of(self, group: Group) -> Iterator[OfferedPlace]:
        promotion, starts_at = group.promotion, group.begins_at
        if promotion.id is None or starts_at <= self._now:
            return
        taken = [one for one in self._gathered.taken if one.host_id == promotion.id]
        # A seat that became free is for who waits, not for who comes now.
        free_count = max(0, group.capacity - len(taken) - group.waiting_count)
        own = [one for one in taken if one.partner_id == self._gathered.partner.id]
        states: list[tuple[State, int, TakenPlace | None]] = [
            ("held" if one.state == "held" else "booked", 0, one) for one in own
        ]
        states.append(("free" if free_count else "taken", free_count, None))
        for state, count, place in states:
            yield OfferedPlace(
                host_kind="promotion",
                host_id=promotion.id,
                slot=0,
                site=promotion.site,
                held_on=group.begins_on(self._gathered.facts.territory.zone),
                half_day=promotion.half_day,
                starts_at=starts_at,
                ends_at=group.ends_at,
                bookable_until=starts_at,
                state=state,
                free_count=count,
                capacity=group.capacity,
                mine_id=None if place is None else place.orientation_id or place.id,
                mine=place is not None and place.holder_id is not None and place.holder_id == self._holder_id,
                expires_at=place.expires_at if place else None,
                promotion=promotion.code,
            )
