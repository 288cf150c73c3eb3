"""The guarantee over HTTP and between processes: one wins, the others are offered others, nothing is lost."""

import asyncio
import hashlib
import hmac
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import pytest

from db.errors import DatabaseError
from db.queries.assignments import assignment
from db.queries.orientations import Oriented, orientation, orientations_of
from db.queries.place_hosts import standing_places
from db.queries.plan_items import items_of
from db.records.account import Grant
from db.records.territory import Territory
from service.accounts.origin import Origin
from service.accounts.sessions import start_session
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from service.actions.edit_draft import Edit, edit_draft
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.overbook_place import overbook_place
from service.actions.publish_plan import publish_plan
from service.errors import DraftNoLongerHolds, ServiceError
from service.partners.opened import partner_facts
from service.settings import ROOT, Settings, read_settings
from tests.servers import free_port, wait_until
from tests.service.door import account, make_app, transport_to
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow, pytest.mark.timeout(240)]
ATTEMPTS = 200
PUBLIC = "https://escale.test"


async def sessions(settings: Settings, count: int) -> list[str]:
    """Secrets of as many signed-in officers, of two partners."""
    accounts = [
        await account(f"{partner}@example.org", Grant(role="partner", territory="essai", partner=partner))
        for partner in ("spip-93", "spip-94")
    ]
    origin = Origin(address="127.0.0.1", agent="test")
    return [await start_session(settings, accounts[rank % 2], origin) for rank in range(count)]


def form_of(secret: str, **fields: str) -> dict[str, str]:
    """A form as a page of that session carries it."""
    return {"_csrf_token": hmac.new(secret.encode(), b"form of escale", hashlib.sha256).hexdigest(), **fields}


async def press_all(
    clients: list[httpx.AsyncClient], secrets: list[str], cookie: str, place: str
) -> list[httpx.Response]:
    """Everybody presses the same free place in the same instant."""

    async def press(rank: int, secret: str) -> httpx.Response:
        client = clients[rank % len(clients)]
        headers = {"cookie": f"{cookie}={secret}", "accept": "text/html"}
        return await client.post("/t/essai/places", data=form_of(secret, place=place), headers=headers)

    return await asyncio.gather(*(press(rank, secret) for rank, secret in enumerate(secrets)))


def judge(answers: list[httpx.Response]) -> None:
    """One is sent to the form, all others get the page with three other places."""
    assert Counter(one.status_code for one in answers) == {303: 1, 409: ATTEMPTS - 1}
    assert {one.text.count('name="place"') for one in answers if one.status_code == 409} == {3}


async def test_two_hundred_press_one_place_and_exactly_one_wins(tmp_path: Path) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(2)))
    app = make_app(tmp_path, requests_per_minute="100000")
    secrets = await sessions(app.state.settings, ATTEMPTS)
    async with httpx.AsyncClient(transport=transport_to(app), base_url=PUBLIC, timeout=120) as client:
        judge(await press_all([client], secrets, "__Host-escale", f"{hosts[0]}:1"))
    assert len(await standing_places(hosts, now=NOW)) == 1


@contextmanager
def web_processes(count: int, database_url: str, folder: Path) -> Iterator[list[int]]:
    """Ports of as many servers on one database."""
    ports = [free_port() for _ in range(count)]
    environment = {
        **os.environ,
        "ESCALE_VAR": str(folder / "var"),
        "ESCALE_DATABASE_URL": database_url,
        "ESCALE_DEMO": "false",
        "ESCALE_REQUESTS_PER_MINUTE": "100000",
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve"],
            cwd=ROOT,
            env={**environment, "ESCALE_PORT": str(port)},
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    try:
        for port in ports:
            wait_until(lambda port=port: _answers(port), seconds=60)  # type: ignore[misc]
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.mark.soak
async def test_two_hundred_press_one_place_through_three_web_processes(
    database_url: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(2)))
    settings = read_settings({"ESCALE_VAR": str(tmp_path / "var"), "ESCALE_DEMO": "false"})
    secrets = await sessions(settings, ATTEMPTS)
    with web_processes(3, database_url, tmp_path) as ports:
        clients = [
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}", timeout=120, limits=httpx.Limits(max_connections=200)
            )
            for port in ports
        ]
        judge(await press_all(clients, secrets, "__Host-escale", f"{hosts[0]}:1"))
        for client in clients:
            await client.aclose()
    assert len(await standing_places(hosts, now=NOW)) == 1


async def _book(territory: Territory, host: UUID, slot: int) -> object:
    """Hold and confirm, as one officer."""
    who = officer("spip-93" if slot % 2 else "spip-94")
    try:
        held = await hold_place(territory, who, host, slot)
        return await orient(territory, who, held.id, FORM)
    except ServiceError as error:
        return error


async def _publish(territory: Territory, draft_id: UUID, after: float) -> object:
    await asyncio.sleep(after)
    try:
        return await publish_plan(territory, draft_id, HOUSE)
    except DraftNoLongerHolds as error:
        return error


@pytest.mark.parametrize("after", [0.0, 0.03, 0.1])
async def test_a_plan_published_at_that_very_moment_keeps_the_booking_or_is_refused(after: float) -> None:
    territory = await make_territory()
    days = (monday(), monday() + timedelta(days=1))
    await publish(territory, *(permanence(day) for day in days))
    territory = await again(territory)
    draft = await copy_published(territory, days[0], days[0] + timedelta(days=4), HOUSE)
    (dropped,) = [
        one for one in await items_of(draft.id) if one.kind == "permanence" and one.held_on == days[0]
    ]
    edit = Edit(words="dropped", drop=(dropped.key,))
    await edit_draft(territory, draft.id, edit, version=draft.version)
    assert dropped.assignment_id is not None
    host = dropped.assignment_id
    published, *booked = await asyncio.gather(
        _publish(territory, draft.id, after), *(_book(territory, host, slot) for slot in (0, 1, 2))
    )
    assert not [one for one in booked if isinstance(one, DatabaseError)]
    kept = [one for one in booked if not isinstance(one, ServiceError)]
    if isinstance(published, DraftNoLongerHolds):
        assert "booked" in str(published.fields["lost"])
        assert (await assignment(territory.id, host)).status == "planned"
    else:
        assert (await assignment(territory.id, host)).status == "cancelled"
        assert kept == []
    standing = {one.orientation_id for one in await standing_places([host], now=NOW) if one.orientation_id}
    planned = await orientations_of(territory.id, Oriented(states=("planned",)))
    assert standing == {one.id for one in planned} == {getattr(one, "id", None) for one in kept}


async def test_a_booking_survives_a_new_version_with_other_people_and_its_interview_follows() -> None:
    territory = await make_territory()
    (host, morning) = await publish(
        territory, permanence(monday()), office(monday() + timedelta(days=1), staff="AR")
    )
    made = [await _book(territory, where, 1) for where in (host, morning)]
    territory = await again(territory)
    draft = await copy_published(territory, monday(), monday() + timedelta(days=4), HOUSE)
    (item,) = [one for one in await items_of(draft.id) if one.kind == "permanence"]
    other = msgspec.structs.replace(item, staff_codes=("NK",))
    await edit_draft(territory, draft.id, Edit(words="NK", put=(other,)), version=draft.version)
    await publish_plan(territory, draft.id, HOUSE)
    for one, staff in zip(made, ("NK", "AR"), strict=True):
        found = await orientation(territory.id, one.id)  # type: ignore[attr-defined]
        interview = await assignment(territory.id, found.interview_id or host)
        assert (found.state, interview.status, interview.staff) == ("planned", "planned", (staff,))
    standing = await standing_places([host, morning], now=NOW)
    assert {(one.state, one.orientation_id is not None) for one in standing} == {("booked", True)}


async def test_of_many_at_once_as_many_have_a_seat_as_there_are() -> None:
    territory = await make_territory()
    seat = (await hold_place(territory, officer(), await _promotion(territory), 0)).place
    rest = await asyncio.gather(*(_try_seat(territory, seat.host_id, rank) for rank in range(30)))
    assert sum(rest) == 1


async def _promotion(territory: Territory) -> UUID:
    found = (await partner_facts(territory)).promotions["sas-7"].id
    assert found is not None
    return found


async def _try_seat(territory: Territory, promotion_id: UUID, rank: int) -> bool:
    try:
        await hold_place(territory, officer("spip-93" if rank % 2 else "spip-94"), promotion_id, 0)
    except ServiceError:
        return False
    return True


async def test_a_coordinator_overbooks_knowingly_and_a_partner_never() -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await _book(territory, host, 1)
    more = await overbook_place(territory, officer(coordinator=True), host, 1, FORM)
    assert more.place == 2
    assert (await assignment(territory.id, more.interview_id or host)).staff == ("AR",)
    with pytest.raises(ServiceError):
        await overbook_place(territory, officer(), host, 1, FORM)
