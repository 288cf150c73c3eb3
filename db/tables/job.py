"""Jobs: what is to be done, by whom it is being done, and how it ended."""

from piccolo.columns import UUID, Boolean, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, instant, json, label, part_of, text
from db.tables.territory import Territory


class Job(Edited, Table):
    """One job. The lease (`worker`, `attempt`, `heartbeat_at`) says who may write to it."""

    territory = part_of(Territory, null=True)
    kind = label()
    subject_id = UUID(default=None, null=True, index=True)
    payload = json()
    state = label(index=True)
    attempt = Integer(default=0)
    max_attempts = Integer(default=3)
    timeout_seconds = Integer(default=3600)
    not_before_at = instant(null=True)
    enqueued_at = instant(null=True)
    started_at = instant(null=True)
    ended_at = instant(null=True)
    worker = label(null=True)
    heartbeat_at = instant(null=True)
    progress = json(null=True)
    result = json(null=True)
    error = text(null=True)
    stop_asked = label(null=True)
    dedupe_key = label(null=True)
    requested_by = UUID(default=None, null=True)
    visible = Boolean(default=True)


class ScheduleRun(Kept, Table):
    """One due run of a scheduled job: whoever inserts it first runs it."""

    name = label()
    due_at = instant()
    job_id = UUID(default=None, null=True)
