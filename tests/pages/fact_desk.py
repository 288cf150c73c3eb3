"""A coordinator at the forms of facts, signed in: for tests that enter facts as pages do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import Facts
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.living_territory import day
from tests.service.small_territory import make_territory

HOME = "/t/petite"
SOON = day(20)


async def facts() -> Facts:
    return await facts_of((await territory_by_code("petite")).id)


def plain(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@asynccontextmanager
async def fact_desk(folder: Path) -> AsyncIterator[Any]:
    """A coordinator signed in: sends a form and gives the answer; `read` gives a page, `change` sends another form."""
    await make_territory()
    async with browser(make_app(folder)) as client:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(client, "c@petite.fr")

        async def enter(form: str, **typed: object) -> httpx.Response:
            return await send(client, f"{HOME}/fiche/{form}/nouveau", **typed)

        async def change(form: str, **typed: object) -> httpx.Response:
            return await send(client, f"{HOME}/fiche/{form}", **typed)

        async def shown(place: str) -> str:
            return plain((await client.get(f"{HOME}/{place}")).text)

        enter.read, enter.change = shown, change  # type: ignore[attr-defined]
        yield enter
