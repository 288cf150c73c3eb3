"""Jobs as they are read: what is to be done, who is doing it, how it ended."""

from uuid import UUID

from db.records.base import Instant, Record


class NewJob(Record, frozen=True, kw_only=True):
    """A job to insert; `dedupe_key` is unique among the jobs that are queued or running."""

    kind: str
    payload: str = "{}"
    territory_id: UUID | None = None
    subject_id: UUID | None = None
    max_attempts: int = 3
    timeout_seconds: int = 3600
    not_before_at: Instant | None = None
    dedupe_key: str | None = None
    requested_by: UUID | None = None


class Job(Record, frozen=True, kw_only=True):
    """`payload`, `progress` and `result` are JSON texts; `stop_asked` is `keep`, `cancel` or null."""

    id: UUID
    kind: str
    state: str
    attempt: int
    max_attempts: int
    timeout_seconds: int
    payload: str
    created_at: Instant
    territory_id: UUID | None = None
    subject_id: UUID | None = None
    not_before_at: Instant | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    worker: str | None = None
    heartbeat_at: Instant | None = None
    progress: str | None = None
    result: str | None = None
    error: str | None = None
    stop_asked: str | None = None
