"""Seats of promotions: one person is one seat, and a seat that becomes free is for who waits first."""

import msgspec
import pytest

from db.queries.fact_storing import add_fact, change_fact
from db.queries.facts import fact
from db.queries.orientations import orientation
from db.records.cadence import Promotion
from db.records.orientation import Orientation
from db.records.participant import Participant
from db.records.territory import Territory
from service.actions.cancel_orientation import cancel_orientation
from service.actions.enrol_oriented import AlreadyEnrolled, NotConfirmed, enrol_oriented
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import join_waiting_list
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from service.actions.release_hold import release_hold
from service.actions.serve_waiting import seats_to_give, serve_everybody
from service.actions.unlink_oriented import unlink_oriented
from service.errors import NotFound
from service.jobs.scheduled.mail import mail_needed
from service.jobs.scheduled.waiting import waiting_needed
from service.partners.errors import PlaceTaken
from service.partners.holder import Holder
from service.partners.places import OfferedPlace
from tests.service.partners.sample import FORM, NOW, again, make_territory, officer

pytestmark = pytest.mark.usefixtures("database")


async def seats(territory: Territory, who: Holder) -> OfferedPlace:
    """What is left for everybody."""
    shelf = await read_places(await again(territory), who, weeks_ahead(territory, NOW), NOW)
    return next(one for one in shelf.seats if one.mine_id is None)


async def seated(territory: Territory, who: Holder, label: str) -> Orientation:
    seat = await seats(territory, who)
    held = await hold_place(territory, who, seat.host_id, 0, NOW)
    return await orient(territory, who, held.id, msgspec.structs.replace(FORM, label=label), NOW)


async def waiting(territory: Territory, who: Holder, label: str) -> Orientation:
    seat = await seats(territory, who)
    return await join_waiting_list(territory, who, seat.host_id, msgspec.structs.replace(FORM, label=label))


async def state_of(territory: Territory, one: Orientation) -> str:
    return (await orientation(territory.id, one.id)).state


async def change_promotion(territory: Territory, **changes: object) -> None:
    known = await fact(territory.id, Promotion, "sas-7")
    await change_fact(territory.id, msgspec.structs.replace(known, **changes), version=known.version)


async def test_who_enters_the_promotion_from_an_orientation_is_counted_once() -> None:
    territory = await make_territory()
    await add_fact(territory.id, Participant(code="KM4821"))
    await add_fact(territory.id, Participant(code="AB1234"))
    me, us = officer(), officer(coordinator=True)
    made = await seated(territory, me, "93-1")
    assert (await seats(territory, me)).free_count == 1
    territory = await again(territory)
    for _ in range(2):
        await enrol_oriented(territory, us, made.id, "KM4821")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("KM4821",)
    assert (await seats(territory, me)).free_count == 1
    await change_promotion(territory, participants=("KM4821", "AB1234"))
    assert (await seats(territory, me)).free_count == 0
    await cancel_orientation(await again(territory), us, made.id, "autre")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("AB1234",)
    assert (await seats(territory, me)).free_count == 1


async def test_a_cancelled_seat_of_somebody_enrolled_goes_to_who_waits_and_the_reference_is_free_again() -> (
    None
):
    territory = await make_territory()
    await add_fact(territory.id, Participant(code="KM4821"))
    me, us = officer(), officer(coordinator=True)
    made, other = [await seated(territory, me, label) for label in ("93-1", "93-2")]
    turn = await waiting(territory, me, "93-3")
    await enrol_oriented(await again(territory), us, made.id, "KM4821")
    gone = await cancel_orientation(await again(territory), us, made.id, "autre")
    assert (gone.participant_id, (await orientation(territory.id, made.id)).participant_id) == (None, None)
    assert await state_of(territory, turn) == "planned"
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ()
    await enrol_oriented(await again(territory), us, other.id, "KM4821")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("KM4821",)


async def test_who_has_another_seat_in_the_promotion_stays_in_it() -> None:
    territory = await make_territory()
    await add_fact(territory.id, Participant(code="KM4821"))
    me, us = officer(), officer(coordinator=True)
    both = [await seated(territory, me, label) for label in ("93-1", "93-2")]
    for one in both:
        await enrol_oriented(await again(territory), us, one.id, "KM4821")
    await cancel_orientation(await again(territory), us, both[0].id, "autre")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("KM4821",)
    assert (await seats(territory, me)).free_count == 1


async def test_a_wrong_reference_is_taken_off_and_the_seat_stays_for_the_right_one() -> None:
    territory = await make_territory()
    for code in ("KM4821", "AB1234"):
        await add_fact(territory.id, Participant(code=code))
    me, us = officer(), officer(coordinator=True)
    made = await seated(territory, me, "93-1")
    await enrol_oriented(await again(territory), us, made.id, "KM4821")
    with pytest.raises(NotFound):
        await unlink_oriented(await again(territory), officer("spip-94", coordinator=True), made.id)
    for _ in range(2):
        free = await unlink_oriented(await again(territory), us, made.id)
        assert (free.participant_id, free.state) == (None, "planned")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ()
    assert (await seats(territory, me)).free_count == 1
    await enrol_oriented(await again(territory), us, made.id, "AB1234")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("AB1234",)
    assert (await seats(territory, me)).free_count == 1


async def test_who_was_entered_by_hand_before_is_only_linked() -> None:
    territory = await make_territory()
    await add_fact(territory.id, Participant(code="KM4821"))
    me, us = officer(), officer(coordinator=True)
    made = await seated(territory, me, "93-1")
    await change_promotion(territory, participants=("KM4821",))
    assert (await seats(territory, me)).free_count == 0
    await enrol_oriented(await again(territory), us, made.id, "KM4821")
    assert (await fact(territory.id, Promotion, "sas-7")).participants == ("KM4821",)
    assert (await seats(territory, me)).free_count == 1


async def test_only_who_is_confirmed_is_known_to_us_and_only_under_one_reference() -> None:
    territory = await make_territory()
    await add_fact(territory.id, Participant(code="KM4821"))
    await add_fact(territory.id, Participant(code="AB1234"))
    me, us = officer(), officer(coordinator=True)
    made = await seated(territory, me, "93-1")
    territory = await again(territory)
    with pytest.raises(NotFound):
        await enrol_oriented(territory, us, made.id, "ZZ0000")
    with pytest.raises(NotFound):
        await enrol_oriented(territory, officer("spip-94", coordinator=True), made.id, "KM4821")
    await enrol_oriented(territory, us, made.id, "KM4821")
    with pytest.raises(AlreadyEnrolled):
        await enrol_oriented(territory, us, made.id, "AB1234")
    await cancel_orientation(territory, me, made.id, "autre")
    with pytest.raises(NotConfirmed):
        await enrol_oriented(territory, us, made.id, "KM4821")


async def test_a_seat_given_back_goes_to_who_waits_and_not_to_who_comes() -> None:
    territory = await make_territory()
    me, other = officer(), officer("spip-94")
    await seated(territory, me, "93-1")
    seat = await seats(territory, other)
    held = await hold_place(territory, other, seat.host_id, 0, NOW)
    turn = await waiting(territory, me, "93-2")
    await release_hold(territory, other, held.id)
    assert await state_of(territory, turn) == "planned"
    with pytest.raises(PlaceTaken):
        await hold_place(territory, other, seat.host_id, 0, NOW)


async def test_a_hold_that_expires_and_a_seat_that_is_added_serve_the_list_in_its_order() -> None:
    territory = await make_territory(hold_minutes=60)
    me, other = officer(), officer("spip-94")
    await seated(territory, me, "93-1")
    seat = await seats(territory, other)
    held = await hold_place(territory, other, seat.host_id, 0, NOW)
    turns = [await waiting(territory, who, label) for who, label in ((other, "94-1"), (me, "93-2"))]
    assert await seats_to_give(NOW) == []
    assert (await seats(territory, me)).free_count == 0
    later = held.expires_at
    assert [promotion for _, promotion in await seats_to_give(later)] == ["sas-7"]
    assert (await waiting_needed(later), await mail_needed(later)) == (True, False)
    with pytest.raises(PlaceTaken):
        await hold_place(territory, me, seat.host_id, 0, later)
    assert await serve_everybody(later) == 1
    assert [await state_of(territory, one) for one in turns] == ["planned", "waiting"]
    assert await serve_everybody(later) == 0
    await change_promotion(territory, seats=3)
    assert await serve_everybody(later) == 1
    assert await state_of(territory, turns[1]) == "planned"
