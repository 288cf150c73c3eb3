"""Every night: jobs that ended long ago, and the claims of due runs, are forgotten."""

from datetime import UTC, datetime, timedelta

from db.queries.jobs import forget_jobs
from service.jobs.kinds import JobKind, RunningJob

KEPT = timedelta(days=90)


def history_kind() -> JobKind:
    async def forget(_: RunningJob) -> dict[str, int]:
        return {"forgotten": await forget_jobs(before_at=datetime.now(UTC) - KEPT)}

    return JobKind(name="history", handler=forget)
