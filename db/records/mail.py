"""Mail to send, and who was told what."""

from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Instant, Record


class OutboxMail(Record, frozen=True, kw_only=True):
    """`state` is queued, sent or failed; `last_error` holds a code of the server, no text of a mail."""

    id: UUID
    kind: str
    to_address: str
    subject: str
    body_text: str
    state: str
    created_at: Instant
    attempt_count: int = 0
    next_try_at: Instant | None = None
    last_error: str | None = None
    sent_at: Instant | None = None
    recipient_id: UUID | None = None
    territory_id: UUID | None = None


class Told(Record, frozen=True, kw_only=True):
    """`told_by` caused the change; `told_at` is when the message left, null while it waits."""

    channel: str
    recipient_kind: str
    assignment_id: UUID | None = None
    event_id: UUID | None = None
    plan_id: UUID | None = None
    recipient_id: UUID | None = None
    recipient_label: str | None = None
    mail_id: UUID | None = None
    told_by: UUID | None = None
    told_at: Instant | None = None
    change: dict[str, Any] = msgspec.field(default_factory=dict)
