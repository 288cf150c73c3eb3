"""vdirsyncer subscribes over HTTP to a running server and khal shows what came: the database's own events."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import uvicorn
from litestar import Litestar
from litestar.datastructures import State

from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from service.actions.make_feed_address import make_feed_address
from service.api.feeds import read_feed
from service.feed_store import FeedStore
from service.settings import read_settings
from tests.db.assignments import new, permanence, session, territory_with_facts
from tests.servers import free_port

pytestmark = [
    pytest.mark.usefixtures("in_november", "database"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
BIN = Path(sys.executable).parent

VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair feed]
a = "here"
b = "there"
collections = null
[storage here]
type = "filesystem"
path = "{folder}/events"
fileext = ".ics"
[storage there]
type = "http"
url = "{url}"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}/events
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Paris
default_timezone = Europe/Paris
[sqlite]
path = {folder}/khal.db
"""


@asynccontextmanager
async def serving(settings_of: dict[str, str]) -> AsyncIterator[str]:
    """The feeds alone, on a port of their own, over the database of the test."""
    settings, port = read_settings(settings_of), free_port()
    state = State({"settings": settings, "feeds": FeedStore(settings.address)})
    app = Litestar([read_feed], state=state, openapi_config=None)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    )
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await running


async def run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0, err.decode()
    return out.decode()


async def shown_by_khal(folder: Path) -> set[tuple[str, ...]]:
    listing = await run(
        str(BIN / "khal"),
        *("-c", str(folder / "khal.conf"), "list", "--day-format", ""),
        *("--format", "{start-long-full}|{end-long-full}|{title}", "2026-12-01", "31d"),
    )
    return {tuple(line.split("|")) for line in listing.splitlines() if line.strip()}


async def test_vdirsyncer_and_khal_show_the_events_of_the_database(tmp_path: Path):
    territory = await territory_with_facts()
    writes = [new(permanence(1)), new(permanence(8)), new(session(3, staff=("AR", "LD")))]
    await write_assignments(territory.id, writes, Author(at=NOW))
    person = next(one for one in (await facts_of(territory.id)).staff if one.code == "AR")
    token, _ = await make_feed_address(territory.id, "staff", person.id, "vdirsyncer")
    async with serving({"ESCALE_VAR": str(tmp_path)}) as root:
        url = f"{root}/feeds/{token}.ics"
        (tmp_path / "vdirsyncer.conf").write_text(VDIRSYNCER.format(folder=tmp_path, url=url))
        (tmp_path / "khal.conf").write_text(KHAL.format(folder=tmp_path))
        (tmp_path / "events").mkdir()
        sync = [str(BIN / "vdirsyncer"), "-c", str(tmp_path / "vdirsyncer.conf")]
        await run(*sync, "discover")
        await run(*sync, "sync")
        shown = await shown_by_khal(tmp_path)
        assert shown == await expected(territory.id)
        await write_assignments(territory.id, [new(permanence(15))], Author(at=NOW))
        await asyncio.sleep(2.1)
        await run(*sync, "sync")
        assert len(await shown_by_khal(tmp_path)) == len(shown) + 1


async def expected(territory_id: UUID) -> set[tuple[str, ...]]:
    """Times and titles straight from the database; vdirsyncer gives UIDs of its own to what it fetches."""
    titles = {
        "permanence": "Permanence · CSL Gagny · 0/4",
        "session": "Atelier · CSL Gagny · 1/2 Information collective",
    }
    found = await assignments_of(territory_id, Wanted(staff="AR"))
    meetings = (await facts_of(territory_id)).meetings
    events = [(one.starts_at, one.ends_at, titles[one.kind]) for one in found]
    events += [(one.starts_at, one.ends_at, one.title) for one in meetings if "AR" in one.attendees]
    return {
        (f"{start.astimezone(PARIS):%Y-%m-%d %H:%M}", f"{end.astimezone(PARIS):%Y-%m-%d %H:%M}", title)
        for start, end, title in events
    }
