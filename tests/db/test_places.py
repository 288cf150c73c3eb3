"""Taken places: one wins, the others are told; holds expire, confirm once, vanish with their host."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from db.bulk import insert_rows
from db.errors import AlreadyThereError, LostHoldError, PlaceTakenError
from db.queries.places import (
    confirm_hold,
    places_taken,
    release_hosts,
    release_interviews,
    release_places,
    take_place,
    take_places,
)
from db.records.place import PlaceRequest, TakenPlace
from db.tables.partner import TakenPlace as PlaceTable
from db.transaction import lock_territory, transaction
from tests.db.assignments import NOON, interview, new, publish, territory_with_facts
from tests.db.facts import make_territory

pytestmark = pytest.mark.usefixtures("database")

SOON = NOON + timedelta(minutes=15)


def _hold(host_id: UUID, slot: int = 0, **changes: object) -> PlaceRequest:
    request = PlaceRequest(
        host_kind="permanence", host_id=host_id, slot=slot, capacity=1, state="held", expires_at=SOON
    )
    return msgspec.structs.replace(request, **changes)


async def _attempts(territory_id: UUID, requests: list[PlaceRequest]) -> list[tuple[TakenPlace, ...] | None]:
    async def attempt(request: PlaceRequest) -> tuple[TakenPlace, ...] | None:
        try:
            return await take_place(territory_id, request, now=NOON)
        except PlaceTakenError:
            return None

    return await asyncio.gather(*(attempt(request) for request in requests))


@pytest.mark.parametrize("count", [20, 200])
async def test_of_many_attempts_at_one_place_exactly_one_wins(count: int):
    territory, host = await make_territory(), uuid4()
    results = await _attempts(territory.id, [_hold(host)] * count)
    assert sum(result is not None for result in results) == 1
    assert len(await places_taken((host,), now=NOON)) == 1


async def test_as_many_win_as_there_are_places_and_each_has_its_own():
    territory, host = await make_territory(), uuid4()
    results = await _attempts(territory.id, [_hold(host, capacity=3)] * 30)
    won = [result for result in results if result is not None]
    assert sorted(places[0].place for places in won) == [1, 2, 3]


async def test_the_last_guard_refuses_a_second_row_even_without_looking():
    territory, host = await make_territory(), uuid4()
    await take_place(territory.id, _hold(host), now=NOON)
    row = {"territory": territory.id, "host_kind": "permanence", "host_id": host, "slot": 0, "state": "held"}
    with pytest.raises(AlreadyThereError) as caught:
        await _insert(row)
    assert caught.value.table == "taken_place"


async def _insert(row: dict[str, object]) -> None:
    async with transaction():
        await insert_rows(PlaceTable, [row])


async def test_an_expired_hold_never_blocks_and_cannot_be_confirmed_any_more():
    territory, host = await make_territory(), uuid4()
    held = await take_place(territory.id, _hold(host), now=NOON)
    later = SOON + timedelta(seconds=1)
    assert await places_taken((host,), now=later) == ()
    ids = [place.id for place in held]
    with pytest.raises(LostHoldError):
        await confirm_hold(ids, orientation_id=None, now=later)
    again = await take_place(territory.id, _hold(host, expires_at=later + timedelta(minutes=15)), now=later)
    assert again[0].place == 1
    with pytest.raises(LostHoldError):
        await confirm_hold(ids, orientation_id=None, now=NOON)


async def test_a_hold_is_confirmed_once_and_then_never_expires():
    territory, host = await make_territory(), uuid4()
    held = await take_place(territory.id, _hold(host, slots=2), now=NOON)
    ids = [place.id for place in held]
    booked = await confirm_hold(ids, orientation_id=None, now=NOON)
    assert {(place.state, place.expires_at) for place in booked} == {("booked", None)}
    with pytest.raises(LostHoldError):
        await confirm_hold(ids, orientation_id=None, now=NOON)
    assert len(await places_taken((host,), now=SOON + timedelta(days=1))) == 2


async def test_a_half_lost_hold_is_not_half_confirmed():
    territory, host = await make_territory(), uuid4()
    held = await take_place(territory.id, _hold(host, slots=2), now=NOON)
    await release_places([held[0].id], reason="test", at=NOON)
    with pytest.raises(LostHoldError):
        await confirm_hold([place.id for place in held], orientation_id=None, now=NOON)
    assert [place.state for place in await places_taken((host,), now=NOON)] == ["held"]


async def test_slots_in_a_row_take_the_same_place_and_all_of_them():
    territory, host = await make_territory(), uuid4()
    await take_place(territory.id, _hold(host, slot=1, capacity=2), now=NOON)
    taken = await take_place(territory.id, _hold(host, slot=0, slots=3, capacity=2), now=NOON)
    assert [(place.slot, place.place) for place in taken] == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(PlaceTakenError):
        await take_place(territory.id, _hold(host, slot=1, capacity=2), now=NOON)


async def test_a_coordinator_may_knowingly_overbook():
    territory, host = await make_territory(), uuid4()
    await take_place(territory.id, _hold(host), now=NOON)
    taken = await take_place(territory.id, _hold(host, capacity=None, state="booked"), now=NOON)
    assert taken[0].place == 2


async def test_a_released_place_is_free_at_once_and_its_past_is_kept():
    territory, host = await make_territory(), uuid4()
    held = await take_place(territory.id, _hold(host), now=NOON)
    released = await release_places([held[0].id], reason="cancelled_by_partner", at=NOON)
    assert [(one.release_reason, one.released_at) for one in released] == [("cancelled_by_partner", NOON)]
    assert await release_places([held[0].id], reason="again", at=NOON) == ()
    await take_place(territory.id, _hold(host), now=NOON)


async def test_a_host_that_vanishes_gives_back_its_places_and_says_whose_they_were():
    territory, host, other = await make_territory(), uuid4(), uuid4()
    officer = uuid4()
    await take_place(territory.id, _hold(host, holder_id=officer), now=NOON)
    await take_place(territory.id, _hold(other), now=NOON)
    released = await release_hosts("permanence", (host,), reason="permanence_cancelled", at=NOON)
    assert [place.holder_id for place in released] == [officer]
    assert [place.host_id for place in await places_taken((host, other), now=NOON)] == [other]


async def test_a_publication_takes_all_its_places_or_none():
    territory = await territory_with_facts()
    talk, host = new(interview(1, 9)), uuid4()
    await publish(territory, talk)
    await take_place(territory.id, _hold(host, slot=1), now=NOON)
    mine = _hold(host, state="published", interview_id=talk.id, expires_at=None)
    with pytest.raises(PlaceTakenError) as caught:
        await take_places(territory.id, [mine, msgspec.structs.replace(mine, slot=1)], now=NOON)
    assert (caught.value.host_id, caught.value.slot) == (host, 1)
    assert [place.slot for place in await places_taken((host,), now=NOON)] == [1]
    await take_places(territory.id, [mine, msgspec.structs.replace(mine, slot=2)], now=NOON)
    assert len(await release_interviews([talk.id], reason="moved", at=NOON)) == 2


async def test_a_booking_while_a_publication_holds_the_territory_waits_then_sees_its_places():
    territory = await territory_with_facts()
    talk, host = new(interview(1, 9)), uuid4()
    await publish(territory, talk)
    locked = asyncio.Event()

    async def publication() -> None:
        async with transaction():
            await lock_territory(territory.id)
            locked.set()
            await asyncio.sleep(0.2)
            request = _hold(host, state="published", interview_id=talk.id, expires_at=None)
            await take_places(territory.id, [request], now=NOON)

    task = asyncio.create_task(publication())
    await locked.wait()
    results = await _attempts(territory.id, [_hold(host)] * 20)
    await task
    assert results == [None] * 20
    assert [place.state for place in await places_taken((host,), now=NOON)] == ["published"]
