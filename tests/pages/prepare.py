"""Fills a database for the browser tests: the example territory, its December solved briefly and published."""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from db.engine import connected
from db.migrate import upgrade
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.plan_items import set_figures
from db.queries.plans import request_plan
from db.records.plan import NewPlan
from db.records.staff import StaffMember
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.load_facts import load_facts
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import RunOptions
from service.actions.run_plan import run_plan
from service.facts_file.records import read_month
from service.settings import ROOT, read_settings

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
SOME_WORK = RunOptions(time_limit_seconds=120, deterministic_limit=0.5, workers=1)
"""The same on every machine: pictures of the month differ only where its pages do, and so they say one hour."""
SOLVED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Watcher:
    def __init__(self) -> None:
        self.stop_asked = asyncio.Event()

    async def report(self, progress: object) -> None:
        del progress

    async def hold(self) -> None: ...


async def give_addresses(territory: Territory) -> None:
    """All of the team but one read mail: both are told apart before publishing."""
    for code in ("AR", "LD", "NK", "SB"):
        person = await fact(territory.id, StaffMember, code)
        changed = msgspec.structs.replace(person, email=f"{code.lower()}@escale.test")
        await change_fact(territory.id, changed, version=person.version)


async def main() -> None:
    settings = read_settings()
    Path(settings.var).mkdir(parents=True, exist_ok=True)
    async with connected(settings.database_address):
        await upgrade()
        month = read_month(ROOT / "examples" / "ile-de-france.toml", FIRST)
        territory = (await load_facts(month)).territory
        await give_addresses(territory)
        options = msgspec.to_builtins(msgspec.structs.replace(SOME_WORK, today_on=month.planned_on))
        wanted = NewPlan(first_on=FIRST, last_on=LAST, origin="solve", options=options)
        plan = await run_plan((await request_plan(territory.id, wanted)).id, Watcher())
        await set_figures(plan.id, solved_at=SOLVED_AT, figures={**plan.figures, "solve_seconds": 4.2})
        await publish_plan(territory, plan.id, HOUSE)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
