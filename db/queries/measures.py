"""What the whole house has to do by now, in numbers: for whoever watches it run."""

from datetime import datetime

from db.engine import current
from db.records.base import Record
from db.states import JobState
from db.tables.job import Job


class Measures(Record, frozen=True, kw_only=True):
    """Counts by kind and state; `oldest_wait_seconds` of the job that has been due for the longest."""

    jobs: dict[tuple[str, str], int]
    mails: dict[str, int]
    feed_addresses: int
    oldest_wait_seconds: float


_JOBS = 'SELECT "kind", "state", COUNT(*) AS many FROM "job" GROUP BY "kind", "state"'
_MAILS = 'SELECT "state", COUNT(*) AS many FROM "outbox_mail" GROUP BY "state"'
_ADDRESSES = 'SELECT COUNT(*) AS many FROM "feed_token" WHERE "revoked_at" IS NULL'


async def measures(now: datetime) -> Measures:
    """Everything counted at about this instant."""
    engine = current()
    jobs = await engine.run_sql(_JOBS, [])
    mails = await engine.run_sql(_MAILS, [])
    addresses = await engine.run_sql(_ADDRESSES, [])
    return Measures(
        jobs={(row["kind"], row["state"]): int(row["many"]) for row in jobs},
        mails={row["state"]: int(row["many"]) for row in mails},
        feed_addresses=int(addresses[0]["many"]),
        oldest_wait_seconds=await _oldest_wait_seconds(now),
    )


async def _oldest_wait_seconds(now: datetime) -> float:
    query = Job.select(Job.created_at, Job.not_before_at).where(Job.state == JobState.QUEUED)
    due = [row["not_before_at"] or row["created_at"] for row in await query]
    return max(0.0, (now - min(due)).total_seconds()) if due else 0.0
