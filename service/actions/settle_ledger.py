"""Settle the fairness ledger of months that are over: what was called off after its publication counts for nobody."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from db.queries.ledger import store_ledger_month
from db.records.staff import LedgerEntry
from db.records.territory import Territory
from db.transaction import in_transaction
from planner.kept import known_published
from planner.territory import Territory as PlannedTerritory
from service.actions.read_snapshot import read_snapshot
from service.translate.horizon import DAY, month_of
from service.translate.ledger_rows import ledger_months
from service.translate.problem import translate

MONTHS_BACK = 2
"""Attendance and cancellations come in late, but not for ever."""


async def settle_ledger(territory: Territory, today_on: date) -> int:
    """Recounts the last months before that of `today_on`; how many differed from what was kept."""
    settled, last_on = 0, today_on.replace(day=1) - DAY
    for _ in range(MONTHS_BACK):
        first_on, last_on = month_of(last_on)
        settled += await in_transaction(
            lambda first_on=first_on, last_on=last_on: _settle(territory, first_on, last_on),  # type: ignore[misc]
            territory_id=territory.id,
        )
        last_on = first_on - DAY
    return settled


async def _settle(territory: Territory, first_on: date, last_on: date) -> int:
    """1 when the month was stored anew; one without anything published is left as it is."""
    noon = datetime.combine(last_on, time(12), ZoneInfo(territory.zone)).astimezone(UTC)
    snapshot = await read_snapshot(territory.id, first_on, last_on, noon)
    problem = translate(snapshot, first_on, last_on, last_on + DAY).problem
    held = known_published(PlannedTerritory(problem))
    if held is None:
        return 0
    ((month_on, entries),) = ledger_months(problem, held)
    if _balances(entries) == _balances(one for one in snapshot.facts.ledger if one.month_on == month_on):
        return 0
    await store_ledger_month(territory.id, month_on, entries)
    return 1


def _balances(entries: Iterable[LedgerEntry]) -> set[tuple[str, str, int]]:
    return {(one.staff, one.kind, one.balance_hundredths) for one in entries}
