"""Keys that no page gives: what an address names by them is not there, on a draft and on what is published."""

from pathlib import Path

import httpx
import pytest

from db.records.account import Grant
from service.actions.publish_plan import publish_plan
from tests.service.door import account, browser, make_app, sign_in
from tests.service.small_territory import ACTOR, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
KEYS = ("interviews/x", "interviews/", "interviews/a/b", "interviews/a/b/c/d", "interviews/a/b/am", ":::", "")


async def test_a_key_of_the_wrong_shape_is_not_found(tmp_path: Path) -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        found = {key: await status_of(client, key) for key in KEYS}
        await publish_plan(territory, plan.id, ACTOR)
        published = {key: await status_of(client, key) for key in KEYS}
    assert found == published == dict.fromkeys(KEYS, 404)


async def status_of(client: httpx.AsyncClient, key: str) -> int:
    return (await client.get("/t/petite/planning/2026-12/detail", params={"cle": key})).status_code
