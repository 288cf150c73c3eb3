"""A coordinator in the small territory, whose December is computed, and what she and a colleague do to the draft."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx
from litestar import Litestar

from db.queries.plan_items import items_of
from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.plan import Plan, PlanItem
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import RunOptions, request_plan
from service.actions.run_plan import run_plan
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, QuietWatcher, make_territory, solve_here

MONTH = "/t/petite/planning/2026-12"
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@asynccontextmanager
async def coordinator(folder: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser of hers; December is computed and not published."""
    await make_territory()
    await computed()
    app = make_app(folder)
    if isinstance(app, Litestar):
        app.state.queue = QuietQueue()
    async with browser(app) as client:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(client, "c@petite.fr")
        yield client


async def computed(options: RunOptions = OPTIONS) -> Plan:
    territory = await territory_by_code("petite")
    requested = await request_plan(territory, *DECEMBER, options, ACTOR, QuietQueue())
    return await run_plan(requested.id, QuietWatcher(), solve_here)


async def newest() -> Plan:
    return (await plans_of((await territory_by_code("petite")).id))[0]


async def permanences() -> list[PlanItem]:
    return [one for one in await items_of((await newest()).id) if one.kind == "permanence"]


async def edited_by_a_colleague(item: PlanItem) -> None:
    """Taken off the draft by L.D., while the page of the visitor is open."""
    edit = Edit(words="Permanence retirée", drop=(item.key,), by="LD")
    await edit_draft(await territory_by_code("petite"), (await newest()).id, edit, version=None)


async def act(visitor: httpx.AsyncClient, page: str, **fields: str) -> httpx.Response:
    return await send(visitor, f"{MONTH}/{page}", page="/reglages", **fields)


async def published() -> Plan:
    await publish_plan(await territory_by_code("petite"), (await newest()).id, ACTOR)
    return await newest()
