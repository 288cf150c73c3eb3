"""`python -m bench.pages`: the service's processor time for each view of a month with forty people, from a real database.

SQLite, the whole way from the request to the bytes: who asks, facts, the version, what is published now, the page.
The first is that of a process that just started and read ahead what its start reads.
Aim: 300 ms. `--serve FOLDER` leaves the database in a folder, to be looked at with `ESCALE_VAR=FOLDER ./escale serve`.
"""

import asyncio
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

import httpx

from bench.crowd import crowded
from db.engine import connected
from db.migrate import upgrade
from db.queries.plans import request_plan
from db.records.account import Grant
from db.records.plan import NewPlan
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from service.actions.load_facts import load_facts
from service.actions.publish_plan import publish_plan
from service.actions.run_plan import run_plan
from service.collector import collect_seldom
from service.facts_file.records import read_month
from service.settings import ROOT
from service.warming import know_months, warm_up
from tests.pages.prepare import Watcher
from tests.service.door import account, browser, make_app, sign_in

TEAMS, SOLVE_SECONDS, TIMES = 8, 20.0, 9
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
MONTH = "/t/ile-de-france/planning/2026-12"
VIEWS = {
    "mois par lieu": f"{MONTH}?par=lieu&vue=mois",
    "mois par personne": f"{MONTH}?par=personne&vue=mois",
    "semaine par lieu": f"{MONTH}?par=lieu&vue=semaine&jour=2026-12-16",
    "jour par lieu": f"{MONTH}?par=lieu&vue=jour&jour=2026-12-16",
    "liste par lieu": f"{MONTH}?par=lieu&vue=liste",
}


def main() -> None:
    kept = sys.argv[sys.argv.index("--serve") + 1] if "--serve" in sys.argv else ""
    if kept:
        asyncio.run(_measure(Path(kept)))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> None:
    (folder / "var").mkdir(parents=True, exist_ok=True)
    async with connected(f"sqlite:///{folder / 'var' / 'escale.sqlite3'}"):
        territory = await published(TEAMS)
        app = make_app(folder)
        collect_seldom()
        warm_up()
        await know_months()
        async with browser(app) as client:
            await sign_in(client, "bench@escale.test")
            await _read(client, "publié")
            await copy_published(territory, FIRST, LAST, HOUSE)
            await _read(client, "brouillon")


async def published(teams: int) -> Territory:
    """The example territory so many times as large, its month solved and published."""
    await upgrade()
    month = crowded(read_month(ROOT / "examples" / "ile-de-france.toml", FIRST), teams)
    territory = (await load_facts(month)).territory
    await account("bench@escale.test", Grant(role="coordinator", territory=territory.code))
    options = {"today_on": str(month.planned_on), "time_limit_seconds": SOLVE_SECONDS, "workers": 2}
    wanted = NewPlan(first_on=FIRST, last_on=LAST, origin="solve", options=options)
    plan = await run_plan((await request_plan(territory.id, wanted)).id, Watcher())
    await publish_plan(territory, plan.id, HOUSE)
    return territory


async def _read(client: httpx.AsyncClient, state: str) -> None:
    for name, address in VIEWS.items():
        spent, size = [], 0
        for _ in range(TIMES):
            start = time.process_time()
            answer = await client.get(address)
            spent.append((time.process_time() - start) * 1000)
            size = len(answer.raise_for_status().content)
        line = f"{state}, {name}: first {spent[0]:.0f} ms, then {median(spent[1:]):.0f} ms, worst {max(spent[1:]):.0f} ms, {size // 1000} kB\n"
        sys.stdout.write(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
