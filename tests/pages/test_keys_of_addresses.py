"""Keys that no page gives: what an address names by them is not there, on a draft and on what is published."""

from datetime import date
from pathlib import Path

import httpx
import pytest

from db.records.account import Grant
from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from tests.service.door import account, browser, make_app, sign_in
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, QuietWatcher, make_territory, solve_here

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
KEYS = ("interviews/x", "interviews/", "interviews/a/b", "interviews/a/b/c/d", "interviews/a/b/am", ":::", "")


async def test_a_key_of_the_wrong_shape_is_not_found(tmp_path: Path) -> None:
    territory = await make_territory()
    plan = await december(territory)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        found = {key: await status_of(client, key) for key in KEYS}
        await publish_plan(territory, plan.id, ACTOR)
        published = {key: await status_of(client, key) for key in KEYS}
    assert found == published == dict.fromkeys(KEYS, 404)


async def december(territory: Territory) -> Plan:
    """The whole month, as its board shows it."""
    requested = await request_plan(
        territory, date(2026, 12, 1), date(2026, 12, 31), OPTIONS, ACTOR, QuietQueue()
    )
    return await run_plan(requested.id, QuietWatcher(), solve_here)


async def status_of(client: httpx.AsyncClient, key: str) -> int:
    return (await client.get("/t/petite/planning/2026-12/detail", params={"cle": key})).status_code
