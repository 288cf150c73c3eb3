"""Places and orientations as the JSON interface speaks of them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.actions.hold_place import Held
from service.actions.read_orientations import OrientationView
from service.partners.form import OrientationForm
from service.partners.orientation_words import STATUS_WORDS
from service.partners.places import OfferedPlace
from service.schemas.base import Incoming, Outgoing, Page
from service.schemas.facts.people import Reference

Slot = Annotated[int, msgspec.Meta(ge=0, le=200)]
Short = Annotated[str, msgspec.Meta(max_length=60)]


class PlaceView(Outgoing, frozen=True, kw_only=True):
    """One slot: `state` is free, held or booked (the partner's own), taken, or closed; `mine_id` is the
    hold, or the orientation. `promotion` is set for seats, which have one slot, 0."""

    host_kind: str
    host_id: UUID
    slot: int
    site: str
    starts_at: datetime
    ends_at: datetime
    bookable_until: datetime
    state: str
    free_count: int
    mine_id: UUID | None = None
    expires_at: datetime | None = None
    promotion: str | None = None


class PlacesPage(Outgoing, frozen=True, kw_only=True):
    """Places between two dates, both included, by start; seats of promotions after them."""

    from_on: date
    until_on: date
    places: tuple[PlaceView, ...]
    seats: tuple[PlaceView, ...]


class HoldRequest(Incoming, frozen=True, kw_only=True):
    host_id: UUID
    slot: Slot = 0


class HoldView(Outgoing, frozen=True, kw_only=True):
    """A place held until an instant."""

    id: UUID
    expires_at: datetime
    place: PlaceView


class PersonRequest(Incoming, frozen=True, kw_only=True):
    """Whom a place is for: `label` is the partner's own, twelve characters that name nobody."""

    label: Short
    need: Short
    officer: Short
    officer_phone: Short
    asks_leave: bool = False
    leave_by_on: date | None = None

    def form(self) -> OrientationForm:
        return OrientationForm(**{name: getattr(self, name) for name in OrientationForm.__struct_fields__})


class OrientRequest(PersonRequest, frozen=True, kw_only=True):
    hold_id: UUID


class WaitRequest(PersonRequest, frozen=True, kw_only=True):
    promotion_id: UUID


class OverbookRequest(PersonRequest, frozen=True, kw_only=True):
    host_id: UUID
    slot: Slot


class MoveToRequest(Incoming, frozen=True, kw_only=True):
    host_id: UUID
    slot: Slot


class ReasonRequest(Incoming, frozen=True, kw_only=True):
    """A code of the territory's list."""

    reason: Short


class PersonKnown(Incoming, frozen=True, kw_only=True):
    """The reference under which the person is known here."""

    participant: Reference


class DemandRequest(Incoming, frozen=True, kw_only=True):
    """A site and a date of the week in which a place was missing."""

    site: Annotated[str, msgspec.Meta(max_length=200)]
    on: date


class OrientationOut(Outgoing, frozen=True, kw_only=True):
    """`status` is what the convention lets the partner learn; `label` is empty once it was erased."""

    id: UUID
    status: str
    status_words: str
    label: str
    need: str
    site: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    asks_leave: bool
    leave_by_on: date | None
    promotion: str | None
    rank: int | None
    cancelled_by: str | None
    cancel_reason: str | None
    afterwards: str


class OrientationPage(Page, frozen=True, kw_only=True):
    """What comes first at the head, what is over after it."""

    items: tuple[OrientationOut, ...]


def place_view(one: OfferedPlace) -> PlaceView:
    return PlaceView(**{name: getattr(one, name) for name in PlaceView.__struct_fields__})


def hold_view(held: Held) -> HoldView:
    return HoldView(id=held.id, expires_at=held.expires_at, place=place_view(held.place))


def orientation_out(view: OrientationView) -> OrientationOut:
    one = view.orientation
    kept = ("label", "need", "asks_leave", "leave_by_on", "promotion", "cancelled_by", "cancel_reason")
    return OrientationOut(
        id=one.id,
        status=view.status,
        status_words=STATUS_WORDS[view.status],
        site=view.site,
        starts_at=view.starts_at,
        ends_at=view.ends_at,
        rank=view.rank,
        afterwards=view.afterwards,
        **{name: getattr(one, name) for name in kept},
    )
