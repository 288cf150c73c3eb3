"""A path that too many absences suspended: seen where it waits, decided with what follows, by its referent or above."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path as FilePath

import httpx
import msgspec
import pytest
from litestar import Litestar

from db.queries.fact_storing import store_facts
from db.queries.facts import fact
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.participant import Path
from db.records.territory import Territory
from db.transaction import lock_territory, transaction
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.living_territory import day
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HOME = "/t/petite"
DECISION = f"{HOME}/personnes/KM4821/parcours/KM4821-o2r"


@pytest.fixture
async def territory(database: object) -> Territory:
    """One path of A.R. waits."""
    made = await make_territory()
    path = await fact(made.id, Path, "KM4821-o2r")
    asked = {"state": "suspended", "misses_in_a_row": 2, "missed_on": day(-1)}
    waits = msgspec.structs.replace(path, asked_referent_at=datetime.now(UTC), **asked)
    await store_facts(made.id, FactSet(paths=(waits,)))
    return made


@pytest.fixture
def app(tmp_path: FilePath) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def referent(app: Litestar, territory: Territory) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(app, "AR") as client:
        yield client


async def test_a_referent_finds_what_waits_and_begins_it_again(
    referent: httpx.AsyncClient, territory: Territory
) -> None:
    assert "1 parcours suspendu attend votre décision" in await shown(referent, f"{HOME}/ma-semaine")
    waiting = await shown(referent, f"{HOME}/a-relancer")
    assert "2 absences non excusées de suite" in waiting
    assert DECISION in waiting
    asked = await shown(referent, DECISION)
    assert "comptées à nouveau depuis zéro" in asked
    version = (await fact(territory.id, Path, "KM4821-o2r")).version
    done = await send(referent, DECISION, decision="resume", version=str(version))
    assert done.headers["location"] == f"{HOME}/a-relancer?fait=resume"
    after = await shown(referent, done.headers["location"])
    assert "Parcours relancé." in after
    assert "Aucun parcours n’attend" in after
    kept = await fact(territory.id, Path, "KM4821-o2r")
    assert (kept.state, kept.misses_in_a_row, kept.asked_referent_at) == ("running", 0, None)


@pytest.mark.parametrize(
    ("typed", "version", "status"), [("oublier", None, 422), ("", None, 422), ("end", "999", 412)]
)
async def test_what_cannot_be_decided_changes_nothing(
    referent: httpx.AsyncClient, territory: Territory, typed: str, version: str | None, status: int
) -> None:
    before = await fact(territory.id, Path, "KM4821-o2r")
    answer = await send(referent, DECISION, decision=typed, version=version or str(before.version))
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert await fact(territory.id, Path, "KM4821-o2r") == before


async def test_of_two_decisions_sent_together_the_second_is_shown_the_first(
    referent: httpx.AsyncClient, app: Litestar, territory: Territory
) -> None:
    version = str((await fact(territory.id, Path, "KM4821-o2r")).version)
    async with visitor(app, "") as coordinator:
        over, holding = asyncio.Event(), asyncio.Event()
        held = asyncio.create_task(hold(territory, holding, over))
        await holding.wait()
        sent = asyncio.gather(
            send(referent, DECISION, decision="end", version=version),
            send(coordinator, DECISION, decision="resume", version=version),
        )
        await asyncio.sleep(0.5)
        over.set()
        answers = await sent
        await held
    assert sorted(answer.status_code for answer in answers) == [303, 412]
    kept = await fact(territory.id, Path, "KM4821-o2r")
    ended = answers[0].status_code == 303
    assert (kept.state, str(kept.version)) == ("ended" if ended else "running", str(int(version) + 1))
    refused = answers[1 if ended else 0].text
    assert "Ce parcours a changé entre-temps" in refused
    assert f'name="version" value="{kept.version}"' in refused


async def hold(territory: Territory, holding: asyncio.Event, over: asyncio.Event) -> None:
    """Somebody writes in the territory meanwhile: what is sent waits, all of it having read the same."""
    async with transaction():
        await lock_territory(territory.id)
        holding.set()
        await over.wait()


async def test_a_colleague_sees_and_decides_nothing_of_it(app: Litestar, territory: Territory) -> None:
    async with visitor(app, "NK") as client:
        assert "KM4821" not in await shown(client, f"{HOME}/a-relancer")
        assert (await client.get(DECISION)).status_code == 404
        version = (await fact(territory.id, Path, "KM4821-o2r")).version
        refused = await send(client, DECISION, "/reglages", decision="end", version=str(version))
    assert refused.status_code == 404
    assert (await fact(territory.id, Path, "KM4821-o2r")).state == "suspended"


async def test_the_coordination_ends_a_path_from_the_list_of_people(
    app: Litestar, territory: Territory
) -> None:
    async with visitor(app, "") as client:
        assert f"{HOME}/a-relancer" in await shown(client, f"{HOME}/personnes")
        assert "Relancer, suspendre ou terminer" in await shown(client, f"{HOME}/personnes/KM4821")
        version = (await fact(territory.id, Path, "KM4821-o2r")).version
        await send(client, DECISION, decision="end", version=str(version))
    ended = await fact(territory.id, Path, "KM4821-o2r")
    assert (ended.state, ended.exit_on is not None) == ("ended", True)


@asynccontextmanager
async def visitor(app: Litestar, staff: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody of the team by code; nobody's code coordinates."""
    role = "staff" if staff else "coordinator"
    email = f"{staff or 'coordination'}@petite.fr".lower()
    await account(email, Grant(role=role, territory="petite", staff=staff or None))
    async with browser(app) as client:
        await sign_in(client, email)
        yield client


async def shown(client: httpx.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.status_code == 200
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")
