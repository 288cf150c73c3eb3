"""`python -m bench.asking [TEAMS]`: the service's processor time for questions about a draft, from a real database.

SQLite, the whole way from the request to the bytes: who asks, the facts, the draft, the answer in JSON; what a
coordinator's page asks when something is picked up. The example territory, `TEAMS` times as large (1).
Aims: ten suggestions 200 ms (p95), the first reason within 1 s.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from bench.pages import FIRST, LAST, MONTH, published
from db.engine import connected
from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from service.actions.edit_draft import Edit, edit_draft
from service.collector import collect_seldom
from tests.service.door import browser, make_app, sign_in

EVERY = 6
"""Of the things that are placed, so many are asked about: one in six."""
MOST_MOVED = 20


def main() -> None:
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), teams))


async def _measure(folder: Path, teams: int) -> None:
    (folder / "var").mkdir()
    async with connected(f"sqlite:///{folder / 'var' / 'escale.sqlite3'}"):
        territory = await published(teams)
        draft = await copy_published(territory, FIRST, LAST, HOUSE)
        collect_seldom()
        async with browser(make_app(folder)) as client:
            await sign_in(client, "bench@escale.test")
            await _ask(client, territory, draft)


async def _ask(client: httpx.AsyncClient, territory: Territory, draft: Plan) -> None:
    plan = f"/api/territories/{territory.code}/plans/{draft.id}"
    items = (await client.get(f"{plan}/content")).raise_for_status().json()["items"]
    left = (await client.get(f"{plan}/left-out")).raise_for_status().json()["items"]
    missing = [_missing(one) for one in left]
    placed = [_placed(one) for one in items if one["kind"] != "office"][::EVERY]
    _say("things placed, left out", [len(items), len(left)], unit="")
    await edit_draft(territory, draft.id, Edit(words="new"), version=draft.version)
    await _timed(client, "the first suggestions of a draft just edited", f"{plan}/suggestions", placed[:1])
    await _timed(client, "ten suggestions", f"{plan}/suggestions", [*missing, *placed])
    await _timed(client, "why not, the first", f"{plan}/why-not", missing[:1])
    await _timed(client, "why not", f"{plan}/why-not", missing[1:])
    await _timed(client, "why this", f"{plan}/why-this", placed)
    picked = [{"cle": one["key"]} for one in items if one["kind"] != "office"][::EVERY][:MOST_MOVED]
    await _timed(client, "every place of what is picked up", f"{MONTH}/places", picked)


def _missing(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("need", "cadence", "promotion", "sequence") if one.get(name)}


def _placed(one: dict[str, Any]) -> dict[str, Any]:
    if one.get("need_code"):
        return {"need": one["need_code"], "number": one.get("number") or 1}
    if one.get("promotion_code"):
        return {"promotion": one["promotion_code"], "sequence": one["sequence_code"]}
    if one["kind"] == "session":
        return {"cadence": one["cadence_code"], "number": one["number"]}
    return {"cadence": one["cadence_code"], "on": one["held_on"], "half_day": one["half_day"]}


async def _timed(client: httpx.AsyncClient, name: str, address: str, questions: list[dict[str, Any]]) -> None:
    spent = []
    for question in questions:
        start = time.process_time()
        (await client.get(address, params=question)).raise_for_status()
        spent.append((time.process_time() - start) * 1000)
    _say(name, spent)


def _say(name: str, found: list[float], unit: str = " ms") -> None:
    high = quantiles(found, n=20, method="inclusive")[-1] if len(found) > 1 else max(found, default=0)
    told = f"median {median(found):.0f}{unit}, p95 {high:.0f}{unit}, worst {max(found):.0f}{unit}"
    sys.stdout.write(f"{name} ({len(found)}): {told if unit else ', '.join(map(str, found))}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
