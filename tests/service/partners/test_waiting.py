"""Seats of a promotion, and the list of those who wait for one."""

import msgspec
import pytest

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import orientation
from db.queries.partner_demand import demand_of
from db.records.partner import Partner
from service.actions.cancel_orientation import cancel_orientation
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import SeatsLeft, join_waiting_list
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    officer,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_a_seat_is_taken_until_it_is_full_then_one_waits_in_order_and_is_served_in_order():
    territory = await make_territory()
    me, other = officer(), officer("spip-94")
    shelf = await read_places(territory, me, weeks_ahead(territory, NOW), NOW)
    (seat,) = shelf.seats
    assert (seat.promotion, seat.free_count) == ("sas-7", 2)
    with pytest.raises(SeatsLeft):
        await join_waiting_list(territory, me, seat.host_id, FORM)
    seated = [
        await orient(
            territory,
            who,
            (await hold_place(territory, who, seat.host_id, 0, NOW)).id,
            msgspec.structs.replace(FORM, label=label),
            NOW,
        )
        for who, label in ((me, "93-1"), (other, "94-1"))
    ]
    assert {one.promotion for one in seated} == {"sas-7"}
    waiting = [
        await join_waiting_list(territory, who, seat.host_id, msgspec.structs.replace(FORM, label=label))
        for who, label in ((other, "94-2"), (me, "93-2"), (me, "93-2"))
    ]
    assert waiting[1].id == waiting[2].id
    await cancel_orientation(territory, me, seated[0].id, "transfert")
    assert [(await orientation(territory.id, one.id)).state for one in waiting[:2]] == ["planned", "waiting"]
    await cancel_orientation(territory, other, waiting[0].id, "transfert")
    assert (await orientation(territory.id, waiting[1].id)).state == "planned"
    demand = await demand_of(territory.id, monday(0), monday(9))
    assert {(one.partner, one.asked_count, one.got_count) for one in demand} == {
        ("spip-93", 2, 2),
        ("spip-94", 2, 2),
    }


async def test_a_partner_that_is_archived_while_it_waits_holds_nobody_up():
    territory = await make_territory()
    me, other = officer("spip-93"), officer("spip-94")
    shelf = await read_places(territory, me, weeks_ahead(territory, NOW), NOW)
    seat = shelf.seats[0]
    seated = [
        await orient(
            territory,
            me,
            (await hold_place(territory, me, seat.host_id, 0, NOW)).id,
            msgspec.structs.replace(FORM, label=label),
            NOW,
        )
        for label in ("93-1", "93-2")
    ]
    waiting = [
        await join_waiting_list(territory, who, seat.host_id, msgspec.structs.replace(FORM, label=label))
        for who, label in ((other, "94-3"), (me, "93-3"))
    ]
    gone = await fact(territory.id, Partner, "spip-94")
    await change_fact(territory.id, msgspec.structs.replace(gone, archived_at=NOW), version=gone.version)
    territory = await again(territory)
    await cancel_orientation(territory, me, seated[0].id, "transfert")
    assert [(await orientation(territory.id, one.id)).state for one in waiting] == ["waiting", "planned"]
