"""The service over HTTP on a living territory, as coordinator and as people of its team."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from db.engine import connected
from db.queries.trail import Sought, trail
from db.records.account import Grant
from db.records.trail import TrailEntry
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from tests.service.door import Client, account, service
from tests.service.living_territory import host, make_living, publish

TOKENS: dict[str, str] = {}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Client]:
    """The service, and in `TOKENS` a token for each of its people."""
    folder = tmp_path_factory.mktemp("var")
    with service(folder, sqlite_template, _prepare, requests_per_minute="100000") as client:
        yield client


async def _prepare() -> None:
    territory = await make_living()
    await make_living("ailleurs")
    await publish(territory, host(3), host(4), host(5), host(6), host(3, staff="NK"))
    coordinator = await _person("coordination", Grant(role="coordinator", territory="vivante"))
    TOKENS["aveugle"] = await make_api_token(coordinator, "aveugle", ("read", "write"), 30)
    for code in ("AR", "NK"):
        await _person(code, Grant(role="staff", territory="vivante", staff=code))
    await _person("administration", Grant(role="administrator"))


async def _person(name: str, grant: Grant) -> UUID:
    made = await account(f"{name.lower()}@vivante.fr", grant)
    TOKENS[name] = await make_api_token(made.id, name, tuple(SCOPES), 30)
    return made.id


def readings(living: Client) -> tuple[TrailEntry, ...]:
    """What the trail knows of readings, the newest first; each is written right after its answer."""

    async def read() -> tuple[TrailEntry, ...]:
        async with connected(living.app.state.settings.database_address):
            return await trail(Sought(actions=("read",)), limit=10_000)

    return asyncio.run(read())


def bearer(name: str, **headers: str) -> dict[str, str]:
    """The headers of one of the people."""
    return {"authorization": f"Bearer {TOKENS[name]}", **headers}
