"""Every minute: seats that became free in promotions go to who waits for them."""

from datetime import UTC, datetime

from service.actions.serve_waiting import seats_to_give, serve_everybody
from service.jobs.kinds import JobKind, RunningJob


async def waiting_needed(now: datetime) -> bool:
    return bool(await seats_to_give(now))


def waiting_kind() -> JobKind:
    async def serve(_: RunningJob) -> dict[str, int]:
        return {"served": await serve_everybody(datetime.now(UTC))}

    return JobKind(name="waiting", handler=serve)
