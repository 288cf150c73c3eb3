"""Many in one instant: they share readings that are never too old, and nobody gets past a limit by being quick."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.queries.place_hosts import holds_of
from db.records.account import Grant
from service.actions.asked_at_once import SharedReading, Taking
from service.actions.hold_place import hold_place
from service.actions.make_api_token import make_api_token
from service.errors import ServiceError
from service.partners.errors import TooManyHolds
from tests.service.door import account, browser, make_app
from tests.service.partners.sample import NOW, make_territory, monday, officer, permanence, publish

HOLDS = "/api/territories/essai/holds"


async def test_who_asks_while_a_reading_runs_is_given_a_later_one() -> None:
    told: list[int] = []

    async def read() -> int:
        told.append(len(told))
        mine = told[-1]
        await asyncio.sleep(0.01)
        return mine

    shared: SharedReading[int] = SharedReading()
    together = [asyncio.create_task(shared.ask("key", read)) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0.001)
    later = [asyncio.create_task(shared.ask("key", read)) for _ in range(5)]
    assert await asyncio.gather(*together) == [0] * 5
    assert await asyncio.gather(*later) == [1] * 5
    assert await shared.ask("key", read) == 2


async def test_a_reading_that_fails_fails_for_who_asked_and_not_for_the_next() -> None:
    async def fail() -> int:
        raise LookupError

    async def read() -> int:
        return 7

    shared: SharedReading[int] = SharedReading()
    found = await asyncio.gather(*(shared.ask("key", fail) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in found] == [LookupError] * 3
    assert await shared.ask("key", read) == 7


async def test_who_gives_up_waiting_leaves_the_others_their_reading() -> None:
    async def read() -> int:
        await asyncio.sleep(0.01)
        return 7

    shared: SharedReading[int] = SharedReading()
    hasty, patient = (asyncio.create_task(shared.ask("key", read)) for _ in range(2))
    await asyncio.sleep(0.001)
    hasty.cancel()
    assert await patient == 7


async def test_a_reading_that_was_given_up_before_it_began_is_begun_again() -> None:
    async def read() -> int:
        return 7

    shared: SharedReading[int] = SharedReading()
    asked = asyncio.create_task(shared.ask("key", read))
    await asyncio.sleep(0)
    reading = next(one for one in asyncio.all_tasks() if one not in (asked, asyncio.current_task()))
    reading.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert asked.cancelled()
    assert await shared.ask("key", read) == 7


async def test_who_waits_goes_on_when_the_taking_ends_even_badly() -> None:
    taking = Taking()

    async def fail() -> None:
        with taking.by_me("place"):
            await asyncio.sleep(0.001)
            raise LookupError

    failing = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert taking.goes_on("place")
    await taking.settled("place")
    assert not taking.goes_on("place")
    with pytest.raises(LookupError):
        await failing


@pytest.mark.usefixtures("database")
async def test_one_officer_never_holds_more_than_allowed_however_many_are_pressed_at_once() -> None:
    territory = await make_territory(holds_at_once=2)
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(4)))
    me = officer()
    found = await asyncio.gather(
        *(hold_place(territory, me, host, slot) for host in hosts for slot in range(3)),
        return_exceptions=True,
    )
    refused = [one for one in found if isinstance(one, ServiceError)]
    assert len(found) - len(refused) == 2
    assert {type(one) for one in refused} == {TooManyHolds}
    assert len(await holds_of(territory.id, me.id, now=NOW)) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_a_keyed_request_that_loses_is_offered_other_places_and_not_the_same(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    made = await account("a@spip.fr", Grant(role="partner", territory="essai", partner="spip-93"))
    token = await make_api_token(made.id, "essai", ("read", "write"), 1)
    app = make_app(tmp_path)
    async with browser(app) as client:
        client.headers.update({"authorization": f"Bearer {token}", "accept": "application/json"})
        refused_before = await client.post(HOLDS, json={"host_id": str(uuid4()), "slot": 1})
        assert refused_before.status_code == 404
        await hold_place(territory, officer("spip-94"), host, 1)
        for key in ({}, {"idempotency-key": "une"}, {"idempotency-key": "autre"}):
            answer = await client.post(HOLDS, json={"host_id": str(host), "slot": 1}, headers=key)
            assert answer.status_code == 409
            assert [one["slot"] for one in answer.json()["alternatives"]] == [0, 2]
