"""Orientations moved and cancelled: the place is free at once, the other side calls after the cut-off."""

from datetime import timedelta

import msgspec
import pytest

from db.queries.assignments import assignment
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import orientation
from db.queries.place_hosts import standing_places
from db.records.partner import Partner
from service.actions.cancel_orientation import cancel_orientation
from service.actions.hold_place import hold_place
from service.actions.move_orientation import move_orientation
from service.actions.orient import orient
from service.errors import BadInput
from service.partners.errors import (
    OrientationOver,
    PlaceTaken,
)
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

pytestmark = pytest.mark.usefixtures("database")


async def test_a_moved_orientation_gives_its_place_back_and_keeps_its_identity():
    territory = await make_territory()
    first, second = await publish(territory, permanence(monday()), office(monday() + timedelta(days=1)))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, first, 0, NOW)).id, FORM, NOW)
    moved = await move_orientation(territory, me, made.id, second, 1)
    assert (moved.id, moved.interview_id, moved.host_id, moved.slot) == (
        made.id,
        made.interview_id,
        second,
        1,
    )
    assert await move_orientation(territory, me, made.id, second, 1) == moved
    interview = await assignment(territory.id, made.interview_id)
    assert (interview.staff, interview.site, interview.sequence_number) == (("NK",), "bureau", 1)
    assert [one.host_id for one in await standing_places([first, second], now=NOW)] == [second]
    back = await move_orientation(await again(territory), me, made.id, first, 2)
    assert back.slot == 2


async def test_a_move_to_a_taken_place_changes_nothing_and_names_others():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me, other = officer(), officer("spip-94")
    made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    await hold_place(territory, other, host, 1)
    with pytest.raises(PlaceTaken) as refusal:
        await move_orientation(territory, me, made.id, host, 1)
    assert [one.slot for one in refusal.value.alternatives] == [2]
    assert (await orientation(territory.id, made.id)).slot == 0


@pytest.mark.parametrize("where", [permanence, office])
async def test_cancelled_by_either_side_the_place_is_free_and_a_second_time_changes_nothing(where):
    territory = await make_territory()
    (host,) = await publish(territory, where(monday()))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    with pytest.raises(BadInput):
        await cancel_orientation(territory, me, made.id, "parce que")
    gone = await cancel_orientation(territory, me, made.id, "transfert")
    assert (gone.state, gone.cancelled_by, gone.cancel_reason) == ("cancelled", "partner", "transfert")
    assert await cancel_orientation(territory, me, made.id, "autre") == gone
    assert await standing_places([host], now=NOW) == ()
    assert (await assignment(territory.id, made.interview_id)).cancelled_by == "partner"
    with pytest.raises(OrientationOver):
        await move_orientation(territory, me, made.id, host, 1)
    us = officer(coordinator=True)
    again_made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    ours = await cancel_orientation(territory, us, again_made.id, "absence")
    assert (ours.cancelled_by, ours.cancel_reason) == ("us", "absence")
    third = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    assert (await cancel_orientation(territory, us, third.id, "lieu")).cancelled_by == "site"


async def test_after_the_cut_off_a_partner_calls_and_the_coordination_still_may():
    territory = await make_territory()
    partner = await fact(territory.id, Partner, "spip-93")
    late = msgspec.structs.replace(partner, cut_off_hours=24 * 60)
    await change_fact(territory.id, late, version=partner.version)
    territory = await again(territory)
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    for forbidden in (
        cancel_orientation(territory, me, made.id, "autre"),
        move_orientation(territory, me, made.id, host, 1),
    ):
        with pytest.raises(OrientationOver, match="01 48 00 00 00"):
            await forbidden
    us = officer(coordinator=True)
    assert (await cancel_orientation(territory, us, made.id, "absence")).state == "cancelled"
