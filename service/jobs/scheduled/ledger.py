"""Every night: the fairness ledger of the months that are over is settled."""

from datetime import UTC, datetime

from db.queries.territories import all_territories
from service.actions.settle_ledger import settle_ledger
from service.jobs.kinds import JobKind, RunningJob


def ledger_kind() -> JobKind:
    async def settle(_: RunningJob) -> dict[str, int]:
        now = datetime.now(UTC)
        settled = [await settle_ledger(one, one.day_of(now)) for one in await all_territories()]
        return {"settled": sum(settled)}

    return JobKind(name="ledger", handler=settle)
