"""A calendar that shows references is read by a device: the trail says which, once a day, and when it shows somebody more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from db.engine import Engine, connected
from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import add_fact
from db.queries.feed_tokens import feed_tokens, note_feed_uses
from db.queries.territories import change_territory
from db.queries.trail import Sought, trail
from db.records.participant import InterviewNeed, Participant
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.transaction import transaction
from service import feed_store, feed_uses
from service.app import create_app
from service.feed_options import FeedOptions
from service.feed_store import FeedStore
from service.pages.trail_words import told
from service.settings import read_settings
from tests.db.assignments import interview, new, permanence, territory_with_facts
from tests.service.feed_world import NOW, address_of

pytestmark = pytest.mark.usefixtures("database")
WITH_REFERENCES = FeedOptions(references=True)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)
    monkeypatch.setattr(feed_uses, "WRITE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    made = await territory_with_facts()
    settings = {**made.settings, "feed_references": True}
    territory = await change_territory(msgspec.structs.replace(made, settings=settings))
    host = new(permanence(1))
    await write_assignments(territory.id, [host, new(interview(1, host_id=host.id))], Author(at=NOW))
    return territory


async def read(store: FeedStore, name: str, now: datetime = NOW) -> str:
    body = (await store.serve(name, now)).body.decode()
    for _ in range(20):
        await asyncio.sleep(0.01)
    return body


async def readings() -> tuple[TrailEntry, ...]:
    return await trail(Sought(actions=("read",)))


async def test_once_a_day_by_the_address_without_its_secret(territory: Territory) -> None:
    store, name = FeedStore(""), await address_of(territory, options=WITH_REFERENCES)
    for minutes in (0, 1, 60, 180):
        assert "KM4821" in await read(store, name, NOW + timedelta(minutes=minutes))
    (entry,) = await readings()
    assert (entry.actor_label, entry.about_ref, entry.territory_id) == ("agenda", "KM4821", territory.id)
    assert entry.at == NOW.astimezone(UTC)
    assert name.removesuffix(".ics") not in str(entry)
    assert told(entry, "Europe/Paris").what == "a lu\N{NO-BREAK SPACE}: personne accompagnée KM4821"
    await read(store, name, NOW + timedelta(days=1))
    assert len(await readings()) == 2


async def test_again_when_it_shows_somebody_more(territory: Territory) -> None:
    store, name = FeedStore(""), await address_of(territory, options=WITH_REFERENCES)
    await read(store, name)
    await add_fact(territory.id, Participant(code="QZ7351"))
    need = InterviewNeed(code="QZ7351/a", participant="QZ7351", from_on=NOW.date(), until_on=NOW.date())
    await add_fact(territory.id, need)
    host, other = new(permanence(2)), {"need": "QZ7351/a", "participant": "QZ7351"}
    met = new(interview(2, key="interview:QZ7351/a:1", host_id=host.id, **other))
    await write_assignments(territory.id, [host, met], Author(at=NOW))
    assert "QZ7351" in await read(store, name, NOW + timedelta(minutes=1))
    first, second = reversed(await readings())
    assert first.about_ref == "KM4821"
    assert second.detail["references"] == ["KM4821", "QZ7351"]


async def test_a_calendar_without_references_leaves_no_entry(territory: Territory) -> None:
    store = FeedStore("")
    for kind, code in (("staff", "AR"), ("territory", "")):
        assert "KM4821" not in await read(store, await address_of(territory, kind, code))
    assert await readings() == ()


@asynccontextmanager
async def busy(territory: Territory) -> AsyncIterator[None]:
    """Somebody else writes, to every address, as long as this lasts."""
    begun, over = asyncio.Event(), asyncio.Event()
    addresses = [one.id for one in await feed_tokens(territory.id)]

    async def hold() -> None:
        async with transaction():
            await note_feed_uses(addresses, at=NOW)
            begun.set()
            await over.wait()

    holding = asyncio.create_task(hold())
    await begun.wait()
    try:
        yield
    finally:
        over.set()
        await holding


async def test_what_is_read_while_it_writes_is_noted_too(territory: Territory) -> None:
    store = FeedStore("")
    first, second, third = [await address_of(territory, options=WITH_REFERENCES) for _ in range(3)]
    await read(store, first)
    async with busy(territory):
        await read(store, second)
        await read(store, third)
    await read(store, first)
    assert len(await readings()) == 3


REFUSAL = {
    "sqlite": 'CREATE TRIGGER "full" BEFORE INSERT ON "audit_trail" BEGIN SELECT RAISE(ABORT, \'full\'); END',
    "postgres": 'CREATE TRIGGER "full" BEFORE INSERT ON "audit_trail" EXECUTE FUNCTION "audit_trail_keep_all"()',
}
FREE = {"sqlite": 'DROP TRIGGER "full"', "postgres": 'DROP TRIGGER "full" ON "audit_trail"'}


async def test_what_the_database_does_not_take_waits_until_it_does(
    territory: Territory, monkeypatch: pytest.MonkeyPatch, database: Engine
) -> None:
    monkeypatch.setattr(feed_uses, "RETRY_SECONDS", 0.02)
    store, name = FeedStore(""), await address_of(territory, options=WITH_REFERENCES)
    await database.run_sql(REFUSAL[database.engine_type], [])
    try:
        with capture_logs() as logs:
            await read(store, name)
    finally:
        await database.run_sql(FREE[database.engine_type], [])
    assert {(one["event"], one["count"], one["lost"]) for one in logs} == {
        ("feed_readings_not_written", 1, 0)
    }
    assert "KM4821" not in str(logs)
    await store.close()
    assert len(await readings()) == 1


async def test_what_waits_is_written_when_the_service_ends(
    territory: Territory, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.setattr(feed_uses, "WRITE_SECONDS", 600.0)
    name = await address_of(territory, options=WITH_REFERENCES)
    settings = {"ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false", "ESCALE_DATABASE_URL": database_url}
    app = create_app(read_settings(settings))
    async with app.lifespan():
        await app.state.feeds.serve(name, NOW)
    async with connected(database_url):
        assert len(await readings()) == 1
