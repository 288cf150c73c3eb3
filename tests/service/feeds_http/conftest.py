"""A territory with something published, and who reads its feeds."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.records.territory import Territory
from service import feed_store, feed_uses
from service.settings import read_settings
from tests.db.assignments import new, permanence, session, territory_with_facts
from tests.service.door import app_for
from tests.service.feeds_http.reading import NOW, Client


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked at each request, and uses are written without delay."""
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)
    monkeypatch.setattr(feed_uses, "WRITE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    await write_assignments(territory.id, [new(permanence(1)), new(session(3))], Author(at=NOW))
    return territory


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    app = app_for(read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false"}))
    async with Client(transport=httpx.ASGITransport(app=app), base_url="http://escale.test") as client:
        yield client
