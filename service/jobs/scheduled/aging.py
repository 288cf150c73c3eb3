"""Every night: what has had its time in each territory goes."""

from datetime import UTC, datetime

from service.jobs.kinds import JobKind, RunningJob
from service.privacy.erasing import memory_beside
from service.privacy.retention import apply_retention
from service.settings import Settings


def age_kind(settings: Settings) -> JobKind:
    async def age(_: RunningJob) -> dict[str, int]:
        return await apply_retention(datetime.now(UTC), memory_beside(settings.keys_path))

    return JobKind(name="aging", handler=age)
