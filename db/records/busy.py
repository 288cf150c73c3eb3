"""A person's own agenda, as it is read into busy time."""

from uuid import UUID

from db.records.base import Instant, Record


class BusySource(Record, frozen=True, kw_only=True):
    """Where busy time comes from and how the last reading went; the address is sealed by the service.

    A source that fails keeps its last good intervals and shows `last_error`.
    """

    id: UUID
    version: int
    territory_id: UUID
    staff: str
    kind: str
    name: str
    address_sealed: bytes | None = None
    etag: str | None = None
    last_modified: str | None = None
    last_tried_at: Instant | None = None
    last_success_at: Instant | None = None
    last_error: str | None = None
    last_error_at: Instant | None = None
    warnings: tuple[str, ...] = ()


class BusyReading(Record, frozen=True, kw_only=True):
    """What a reading found: merged intervals, doubts, and validators for the next conditional request."""

    intervals: tuple[tuple[Instant, Instant], ...]
    warnings: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
