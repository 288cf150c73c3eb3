"""Places of permanences, office half-days and promotions that somebody has."""

from typing import Literal
from uuid import UUID

from db.records.base import Instant, Record

PlaceState = Literal["held", "booked", "published"]


class PlaceRequest(Record, frozen=True, kw_only=True):
    """A place to take: `slots` slots in a row from `slot` (from 0) of one host.

    `capacity` places exist in each slot; null: one more than there are, knowingly. `holder_id` is the
    account, `interview_id` the published interview, that it is taken for.
    """

    host_kind: str
    host_id: UUID
    slot: int
    capacity: int | None
    slots: int = 1
    state: PlaceState = "held"
    partner_id: UUID | None = None
    orientation_id: UUID | None = None
    interview_id: UUID | None = None
    holder_id: UUID | None = None
    expires_at: Instant | None = None


class TakenPlace(Record, frozen=True, kw_only=True):
    """One place of one slot; what takes several slots has several, with the same holder."""

    id: UUID
    territory_id: UUID
    host_kind: str
    host_id: UUID
    slot: int
    place: int
    state: PlaceState
    created_at: Instant
    partner_id: UUID | None = None
    orientation_id: UUID | None = None
    interview_id: UUID | None = None
    holder_id: UUID | None = None
    expires_at: Instant | None = None
    released_at: Instant | None = None
    release_reason: str | None = None
