"""One signed-in officer of a partner, by the forms of the pages and as a program, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx

from db.queries.orientations import Oriented, orientations_of
from db.queries.place_hosts import standing_places
from db.records.account import Grant
from db.records.territory import Territory
from tests.service.door import account, browser, form_token, make_app, sign_in
from tests.service.partners.sample import (
    again,
    make_territory,
    monday,
    permanence,
    publish,
)

PERSON = {"label": "93-7", "need": "emploi", "officer": "M.D.", "officer_phone": "01 45 67 89 10"}


class Desk:
    """One signed-in officer, as a page's forms and as a program; what is in the database beside."""

    def __init__(
        self, client: httpx.AsyncClient, territory: Territory, hosts: list[UUID], token: str
    ) -> None:
        self.client, self.territory, self.hosts, self.token = client, territory, hosts, token

    async def form(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(f"/t/essai/{path}", data={"_csrf_token": self.token, **fields})

    async def program(self, path: str, **body: object) -> httpx.Response:
        headers = {"x-csrftoken": self.token, "accept": "application/json"}
        return await self.client.post(f"/api/territories/essai/{path}", json=body, headers=headers)

    async def held(self, slot: int = 0) -> str:
        answer = await self.program("holds", host_id=str(self.hosts[0]), slot=slot)
        return str(answer.json()["id"])

    async def oriented(self, slot: int = 0) -> str:
        answer = await self.program("orientations", **PERSON, hold_id=await self.held(slot))
        return str(answer.json()["id"])

    async def both_ways(self, hold: str, person: dict[str, str]) -> list[httpx.Response]:
        """What an orientation to what is held is answered, from the page and from a program."""
        return [
            await self.form(f"orienter/{hold}", **person),
            await self.program("orientations", **person, hold_id=hold),
        ]

    async def state(self) -> tuple[object, object]:
        standing = await standing_places(self.hosts, now=datetime.now(UTC))
        orientations = await orientations_of(self.territory.id, Oriented())
        return sorted(map(str, standing)), orientations


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(2)))
    await account("m.d@spip.example", Grant(role="partner", territory="essai", partner="spip-93"))
    async with browser(make_app(folder, requests_per_minute="100000")) as client:
        await sign_in(client, "m.d@spip.example")
        token = await form_token(client, "/t/essai/places")
        yield Desk(client, await again(territory), hosts, token)


def said_in(answer: httpx.Response) -> str:
    if "json" in answer.headers["content-type"]:
        body = answer.json()
        return f"{body['title']} {body.get('detail', '')}"
    return answer.text
