"""A member of the team with a telephone, and what they have at this very moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec

from db.records.account import Grant
from db.records.assignment import Content
from db.records.territory import Territory
from tests.service.door import account, browser, make_app, sign_in
from tests.service.living_territory import host, just_begun, make_living

HERE = "/t/vivante"


@asynccontextmanager
async def telephone(folder: Path) -> AsyncIterator[tuple[Territory, httpx.AsyncClient]]:
    territory = await make_living()
    await account("ar@vivante.fr", Grant(role="staff", territory="vivante", staff="AR"))
    async with browser(make_app(folder)) as client:
        await sign_in(client, "ar@vivante.fr")
        client.headers["accept"] = "text/html"
        yield territory, client


def now_at(kind: str = "permanence", **fields: object) -> Content:
    """Something of this very moment, whatever the hour of the test."""
    began = just_begun()
    site = "gagny" if kind == "permanence" else "bureau"
    usual = host(0, "am", site=site)
    values = {"held_on": began.date(), "starts_at": began, "ends_at": began + timedelta(hours=2)}
    return msgspec.structs.replace(usual, **(values | fields))
