"""The service over HTTP on a living territory, as coordinator and as people of its team."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from db.engine import connected
from db.records.account import Grant
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from service.app import create_app
from service.settings import Settings, read_settings
from tests.service.door import account
from tests.service.living_territory import host, make_living, publish

Client = TestClient[Litestar]
TOKENS: dict[str, str] = {}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Client]:
    """The service, and in `TOKENS` a token for each of its people."""
    var = tmp_path_factory.mktemp("var")
    shutil.copy(sqlite_template, var / "escale.sqlite3")
    settings = read_settings(
        {"ESCALE_VAR": str(var), "ESCALE_SOLVE_WORKERS": "1", "ESCALE_REQUESTS_PER_MINUTE": "100000"}
    )
    asyncio.run(_prepare(settings))
    with TestClient(create_app(settings)) as client:
        yield client


async def _prepare(settings: Settings) -> None:
    async with connected(settings.database_address):
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


def bearer(name: str, **headers: str) -> dict[str, str]:
    """The headers of one of the people."""
    return {"authorization": f"Bearer {TOKENS[name]}", **headers}
