"""Every night: what has had its time in each territory goes."""

from datetime import UTC, datetime

from service.jobs.kinds import JobKind, RunningJob
from service.privacy.retention import apply_retention


def age_kind() -> JobKind:
    async def age(_: RunningJob) -> dict[str, int]:
        return await apply_retention(datetime.now(UTC))

    return JobKind(name="aging", handler=age)
