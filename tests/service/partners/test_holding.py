"""Places held and given back: one wins, the others are told where else."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.orientations import Oriented, orientations_of
from db.queries.place_hosts import standing_places
from db.records.assignment import Write
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from service.actions.release_hold import release_hold
from service.partners.errors import (
    HoldLost,
    OrientationOver,
    PlaceTaken,
    TooManyHolds,
)
from service.partners.places import merged
from tests.service.partners.sample import (
    FORM,
    NOW,
    make_territory,
    monday,
    officer,
    permanence,
    publish,
    states,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_a_held_place_is_mine_for_me_and_taken_for_everybody_else_until_it_expires():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me, colleague, other = officer(), officer(), officer("spip-94")
    held = await hold_place(territory, me, host, 1, NOW)
    assert held.expires_at == NOW + timedelta(minutes=15)
    assert (await hold_place(territory, me, host, 1, NOW)).id == held.id
    assert [state for _, _, state in await states(territory, me)] == ["free", "held", "free"]
    assert [state for _, _, state in await states(territory, other)] == ["free", "taken", "free"]
    for who in (colleague, other):
        with pytest.raises(PlaceTaken) as refusal:
            await hold_place(territory, who, host, 1, NOW)
        assert [one.slot for one in refusal.value.alternatives] == [0, 2]
    later = NOW + timedelta(minutes=15, seconds=1)
    assert (await hold_place(territory, other, host, 1, later)).id != held.id


async def test_an_expired_hold_is_told_with_alternatives_and_books_nothing():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 0, NOW)
    with pytest.raises(HoldLost) as refusal:
        await orient(territory, me, held.id, FORM, NOW + timedelta(minutes=16))
    assert len(refusal.value.alternatives) >= 2
    assert await orientations_of(territory.id, Oriented()) == ()


async def test_a_place_given_back_is_free_at_once_and_an_orientation_is_not_given_back_so():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me, other = officer(), officer("spip-94")
    held = await hold_place(territory, me, host, 0, NOW)
    await release_hold(territory, me, held.id)
    await release_hold(territory, me, held.id)
    await hold_place(territory, other, host, 0, NOW)
    booked = await hold_place(territory, me, host, 1, NOW)
    await orient(territory, me, booked.id, FORM, NOW)
    with pytest.raises(OrientationOver):
        await release_hold(territory, me, booked.id)


async def test_one_officer_holds_a_few_places_at_once_and_no_more():
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(4)))
    me = officer()
    for host in hosts[:3]:
        await hold_place(territory, me, host, 0, NOW)
    with pytest.raises(TooManyHolds):
        await hold_place(territory, me, hosts[3], 0, NOW)


async def test_a_half_day_that_changed_since_it_was_looked_at_is_not_held():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday(), staff=("AR", "NK")))
    me, other = officer(), officer("spip-94")
    for who in (me, other):
        await hold_place(territory, who, host, 0, NOW)
    shelf = await read_places(territory, me, weeks_ahead(territory, NOW), NOW)
    assert [one.free_count for one in merged(shelf.places) if one.state == "free"] == [2, 2]
    one = await assignment(territory.id, host)
    changed = msgspec.structs.replace(content_of(one), staff=("NK",))
    await write_assignments(territory.id, [Write(id=host, content=changed)], Author(at=NOW))
    made = await orient(territory, me, (await hold_place(territory, me, host, 1, NOW)).id, FORM, NOW)
    assert (await assignment(territory.id, made.interview_id)).staff == ("NK",)


@pytest.mark.parametrize("count", [30])
async def test_of_many_officers_at_once_exactly_one_holds_and_the_others_are_offered_three_places(count):
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(3)))

    async def attempt(partner: str) -> object:
        try:
            return await hold_place(territory, officer(partner), hosts[1], 1, NOW)
        except PlaceTaken as error:
            return error.alternatives

    partners = ["spip-93", "spip-94"] * (count // 2)
    results = await asyncio.gather(*(attempt(partner) for partner in partners))
    refused = [one for one in results if isinstance(one, tuple)]
    assert len(refused) == count - 1
    assert {len(one) for one in refused} == {3}


async def test_a_double_click_holds_once_even_where_two_places_are_free():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday(), staff=("AR", "NK")))
    me = officer()
    held = await asyncio.gather(*(hold_place(territory, me, host, 0, NOW) for _ in range(5)))
    assert len({one.id for one in held}) == 1
    assert len(await standing_places([host], now=NOW)) == 1
    made = await asyncio.gather(*(orient(territory, me, held[0].id, FORM, NOW) for _ in range(5)))
    assert len({one.id for one in made}) == 1
