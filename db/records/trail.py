"""The audit trail: who did or read what, by reference, without personal values."""

from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Instant, Record


class TrailEntry(Record, frozen=True, kw_only=True):
    """`about_ref` is a code or an id; `detail` carries field names, never their values."""

    at: Instant
    action: str
    territory_id: UUID | None = None
    actor_id: UUID | None = None
    actor_label: str | None = None
    about_kind: str | None = None
    about_ref: str | None = None
    address: str | None = None
    detail: dict[str, Any] = msgspec.field(default_factory=dict)
