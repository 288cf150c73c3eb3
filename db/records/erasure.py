"""An erasure as it is remembered."""

from uuid import UUID

from db.records.base import Instant, Record


class Erasure(Record, frozen=True, kw_only=True):
    about_kind: str
    about_ref: str
    erased_at: Instant
    territory_id: UUID | None = None
