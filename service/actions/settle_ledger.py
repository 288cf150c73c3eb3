"""Settle the fairness ledger of months that are over: what was called off after its publication counts for nobody."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from db.errors import NotFoundError
from db.queries.ledger import store_ledger_month
from db.queries.plans import plan_file, plans_of
from db.records.staff import LedgerEntry
from db.records.territory import Territory
from db.states import PlanState
from db.transaction import in_transaction
from planner.kept import known_published
from planner.plan import Plan
from planner.problem import Problem
from planner.problem_file import read_problem
from planner.territory import Territory as PlannedTerritory
from service.actions.read_snapshot import read_snapshot
from service.translate.horizon import DAY, month_of
from service.translate.ledger_rows import COUNTED_BY, ledger_month, with_what_came_since
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
    """1 when the month was stored anew; one that was never published whole is left as it is."""
    then = await _counted_by(territory, first_on, last_on)
    if then is None:
        return 0
    noon = datetime.combine(last_on, time(12), ZoneInfo(territory.zone)).astimezone(UTC)
    snapshot = await read_snapshot(territory.id, first_on, last_on, noon)
    now = translate(snapshot, first_on, last_on, last_on + DAY).problem
    problem = with_what_came_since(then, now)
    held = known_published(PlannedTerritory(problem)) or Plan()
    known = {one.code for one in snapshot.facts.staff}
    entries = [one for one in ledger_month(problem, held, first_on, last_on) if one.staff in known]
    if _balances(entries) == _balances(one for one in snapshot.facts.ledger if one.month_on == first_on):
        return 0
    await store_ledger_month(territory.id, first_on, entries)
    return 1


async def _counted_by(territory: Territory, first_on: date, last_on: date) -> Problem | None:
    """The facts by which the month's last publication counted: those of today say nothing of its shares."""
    touching = await plans_of(territory.id, touching=(first_on, last_on), states=(PlanState.PUBLISHED,))
    whole = [one for one in touching if one.first_on <= first_on and last_on <= one.last_on]
    if not whole:
        return None
    latest = max(whole, key=lambda one: one.published_at or one.created_at)
    try:
        return read_problem(await plan_file(latest.id, COUNTED_BY))
    except NotFoundError:
        return None


def _balances(entries: Iterable[LedgerEntry]) -> set[tuple[str, str, int]]:
    return {(one.staff, one.kind, one.balance_hundredths) for one in entries}
