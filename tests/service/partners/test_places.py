"""Places as partners find them, hold them, orient people to them, move and cancel: one wins, nothing is lost."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.fact_storing import add_fact, change_fact
from db.queries.facts import fact
from db.queries.orientations import Oriented, orientation, orientations_of
from db.queries.partner_demand import demand_of
from db.queries.place_hosts import standing_places
from db.records.assignment import Write
from db.records.partner import Partner
from db.records.site import Closure
from service.actions.actor import HOUSE
from service.actions.cancel_orientation import cancel_orientation
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import SeatsLeft, join_waiting_list
from service.actions.move_orientation import move_orientation
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from service.actions.release_hold import release_hold
from service.errors import BadInput, NotFound
from service.partners.errors import (
    HoldLost,
    OrientationOver,
    PlaceClosed,
    PlaceTaken,
    TooManyHolds,
    WrongForm,
)
from service.partners.places import merged
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


async def states(territory, who, **window):
    shelf = await read_places(territory, who, weeks_ahead(territory, NOW), NOW)
    return [(one.site, one.slot, one.state) for one in shelf.places]


async def test_places_are_computed_from_published_half_days_of_sites_opened_to_the_partner():
    territory = await make_territory()
    await publish(territory, permanence(monday()), office(monday()))
    assert await states(territory, officer("spip-93")) == [
        ("bureau", 0, "free"),
        ("gagny", 0, "free"),
        ("bureau", 1, "free"),
        ("gagny", 1, "free"),
        ("bureau", 2, "free"),
        ("gagny", 2, "free"),
    ]
    assert {site for site, _, _ in await states(territory, officer("spip-94"))} == {"gagny"}


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


async def test_an_orientation_becomes_an_interview_and_a_booked_place_and_sent_twice_is_one():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 2, NOW)
    made = await orient(territory, me, held.id, FORM, NOW)
    assert await orient(territory, me, held.id, FORM, NOW) == await orientation(territory.id, made.id)
    interview = await assignment(territory.id, made.interview_id)
    assert (interview.staff, interview.host_id, interview.status) == (("AR",), host, "planned")
    assert interview.starts_at == permanence(monday()).starts_at + timedelta(hours=2)
    assert interview.participant is None
    (place,) = await standing_places([host], now=NOW)
    assert (place.state, place.orientation_id, place.interview_id) == ("booked", made.id, interview.id)
    assert made.leave_by_on == monday() - timedelta(days=10)
    (count,) = await demand_of(territory.id, monday(), monday())
    assert (count.asked_count, count.got_count) == (1, 1)
    with pytest.raises(HoldLost):
        await orient(territory, me, held.id, msgspec.structs.replace(FORM, label="94-9"), NOW)


async def test_an_expired_hold_is_told_with_alternatives_and_books_nothing():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 0, NOW)
    with pytest.raises(HoldLost) as refusal:
        await orient(territory, me, held.id, FORM, NOW + timedelta(minutes=16))
    assert len(refusal.value.alternatives) >= 2
    assert await orientations_of(territory.id, Oriented()) == ()


@pytest.mark.parametrize(
    ("label", "good"),
    [
        ("94-1211", True),
        ("A-17", True),
        ("2026/31", True),
        ("AB 12", True),
        ("Dupont", False),
        ("DUPONT-7", False),
        ("M. Durand", False),
        ("Zoé", False),
        ("123456", False),
        ("45123A", False),
        ("12/03/1990", False),
        ("12031990", False),
        ("", False),
        ("94-1211-1211-1", False),
        ("<script>", False),
    ],
)
async def test_a_label_that_looks_like_a_person_is_refused_with_every_other_fault(label, good):
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 0, NOW)
    form = msgspec.structs.replace(FORM, label=label, officer_phone=FORM.officer_phone if good else "01 45")
    if good:
        assert (await orient(territory, me, held.id, form, NOW)).label == label
        return
    with pytest.raises(WrongForm) as refusal:
        await orient(territory, me, held.id, form, NOW)
    assert [field for field, _ in refusal.value.problems] == ["label", "officer_phone"]


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
    await hold_place(territory, other, host, 1, NOW)
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


async def test_another_partners_holds_and_orientations_do_not_exist():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me, other = officer(), officer("spip-94")
    held = await hold_place(territory, me, host, 0, NOW)
    for forbidden in (orient(territory, other, held.id, FORM, NOW), release_hold(territory, other, held.id)):
        with pytest.raises(NotFound):
            await forbidden
    made = await orient(territory, me, held.id, FORM, NOW)
    for forbidden in (
        move_orientation(territory, other, made.id, host, 1),
        cancel_orientation(territory, other, made.id, "autre"),
    ):
        with pytest.raises(NotFound):
            await forbidden


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


async def test_lead_time_closures_and_sites_not_opened_close_places():
    territory = await make_territory()
    soon = monday(0) + timedelta(days=7)
    (host, closed) = await publish(territory, permanence(soon), permanence(monday()))
    await add_fact(territory.id, Closure(code="travaux", site="gagny", from_on=monday(), until_on=monday()))
    territory = await again(territory)
    me = officer()
    just_before = permanence(soon).starts_at - timedelta(hours=23)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, host, 0, just_before)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, closed, 0, NOW)
    with pytest.raises(NotFound):
        await hold_place(territory, me, uuid4(), 0, NOW)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, host, 9, NOW)


async def test_one_officer_holds_a_few_places_at_once_and_no_more():
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(4)))
    me = officer()
    for host in hosts[:3]:
        await hold_place(territory, me, host, 0, NOW)
    with pytest.raises(TooManyHolds):
        await hold_place(territory, me, hosts[3], 0, NOW)


async def test_a_half_day_that_is_called_off_takes_its_orientations_along():
    territory = await make_territory()
    (host, other) = await publish(territory, permanence(monday()), office(monday()))
    me = officer()
    made = [
        await orient(territory, me, (await hold_place(territory, me, where, 0, NOW)).id, FORM, NOW)
        for where in (host, other)
    ]
    for where in (host, other):
        await cancel_today(territory, where, HOUSE, reason="site", by="site")
    for one in made:
        gone = await orientation(territory.id, one.id)
        assert (gone.state, gone.cancelled_by) == ("cancelled", "site")
    assert await standing_places([host, other], now=NOW) == ()


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
