"""Secret addresses of feeds, and the bytes kept for them."""

from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Instant, Record


class FeedToken(Record, frozen=True, kw_only=True):
    """One feed for one device; `subject_id` is the staff member, site, promotion or partner.

    The subject of a territory's feed is the territory.
    """

    id: UUID
    territory_id: UUID
    kind: str
    subject_id: UUID
    device: str
    created_at: Instant
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    made_by: UUID | None = None
    last_used_at: Instant | None = None
    revoked_at: Instant | None = None


class FeedBody(Record, frozen=True, kw_only=True):
    """Bytes of a feed, right while the territory's `published_revision` is `revision`, until `stale_at`."""

    kind: str
    subject_id: UUID
    variant: str
    revision: int
    etag: str
    last_modified_at: Instant
    body: bytes
    stale_at: Instant | None = None


class OrientationEvent(Record, frozen=True, kw_only=True):
    """A confirmed orientation as its partner's calendar shows it; `partner` and `promotion` are codes.

    Its time is that of its published interview; a seat in a promotion has none. `label` is the partner's
    own; `cancelled_at` is when it ended, if it did.
    """

    id: UUID
    version: int
    partner: str
    label: str
    created_at: Instant
    updated_at: Instant
    interview_id: UUID | None = None
    promotion: str | None = None
    cancelled_at: Instant | None = None
    cancelled_by: str | None = None


class FeedState(Record, frozen=True, kw_only=True):
    """What kept feeds are compared with; both parts only rise."""

    revisions: dict[UUID, int]
    revoked_count: int
