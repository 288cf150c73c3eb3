"""Interviews fixed, moved and cancelled with the person, inside published half-days, on both engines."""

import asyncio

import pytest

from db.errors import NotFoundError
from db.queries.assignments import Wanted, assignments_of, events_of
from db.queries.facts import all_facts, fact, pins
from db.queries.places import places_taken, take_place
from db.records.participant import InterviewNeed, Path
from db.records.place import PlaceRequest
from service.actions.as_read import Changed
from service.actions.cancel_interview import cancel_interview
from service.actions.fix_interview import fix_interview
from service.actions.move_interview import OtherHour, move_interview
from service.actions.open_draft import BreaksRules
from service.actions.settle_interview import NoHalfDay, PlaceTaken
from service.errors import BadInput, Forbidden, ServiceError
from tests.service.living_territory import (
    AR,
    COORDINATOR,
    NK,
    at,
    day,
    host,
    make_living,
    meeting,
    nameless,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_a_fixed_interview_lies_in_its_half_day_is_pinned_and_takes_its_place() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    settled = await fix_interview(territory, meeting(3, 10), AR)
    one = settled.assignment
    assert (one.status, one.host_id, one.site, one.fixed_with_person) == ("planned", office, "bureau", True)
    assert (one.ends_at - one.starts_at).seconds == 3600
    assert (one.programme, one.revision, settled.broken) == ("o2r", 1, ())
    (pin,) = await pins(territory.id)
    assert (pin.origin, pin.starts_hour, pin.held_on) == ("fixed_with_person", "10:00", day(3))
    taken = await places_taken([office], now=at(0, 0))
    assert [(place.slot, place.interview_id) for place in taken] == [(1, one.id)]


async def test_an_hour_outside_the_published_half_days_is_refused() -> None:
    territory = await make_living()
    await publish(territory, host(3), host(4, staff="NK"))
    for hour, ahead in ((14, 3), (10, 4)):
        with pytest.raises(NoHalfDay):
            await fix_interview(territory, meeting(ahead, hour), AR)
    with pytest.raises(BadInput):
        await fix_interview(territory, meeting(-1, 10), AR)
    assert await pins(territory.id) == ()


async def test_staff_fix_their_own_hours_with_their_own_people_only() -> None:
    territory = await make_living()
    await publish(territory, host(3))
    with pytest.raises(Forbidden):
        await fix_interview(territory, meeting(3, 10, "BB3003"), NK)
    with pytest.raises(NotFoundError):
        await fix_interview(territory, meeting(3, 10, "BB3003"), AR)


async def test_an_hour_off_the_slots_lists_the_rule_and_only_the_coordination_overrules_it() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    asked = meeting(3, 10, starts_at=at(3, 10, 20))
    for actor, overrule in ((AR, False), (AR, True), (COORDINATOR, False)):
        with pytest.raises(BreaksRules) as refusal:
            await fix_interview(territory, asked, actor, overrule=overrule)
        assert "interview_capacity" in str(refusal.value.fields["broken"])
    settled = await fix_interview(territory, asked, COORDINATOR, overrule=True)
    assert {one.rule for one in settled.broken} == {"interview_capacity"}
    (event,) = await events_of(settled.assignment.id)
    assert event.overruled[0]["rule"] == "interview_capacity"
    assert [place.slot for place in await places_taken([office], now=at(0, 0))] == [1, 2]


async def test_two_who_want_the_same_hour_of_one_person_do_not_both_get_it() -> None:
    territory = await make_living()
    await publish(territory, host(3))
    asked = [meeting(3, 10, person) for person in ("KM4821", "ZT1002")]
    tries = [fix_interview(territory, one, COORDINATOR, overrule=True) for one in asked]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(isinstance(end, ServiceError) for end in ends) == [False, True]
    assert len(await assignments_of(territory.id, Wanted(kinds=("interview",)))) == 1


async def test_places_kept_for_partners_stay_free_of_interviews_fixed_by_staff() -> None:
    territory = await make_living()
    (permanence,) = await publish(territory, host(3, site="gagny"))
    await take_place(
        territory.id,
        PlaceRequest(host_kind="permanence", host_id=permanence, slot=0, capacity=1, state="booked"),
    )
    with pytest.raises((BreaksRules, PlaceTaken)):
        await fix_interview(territory, meeting(3, 9), AR)
    await fix_interview(territory, meeting(3, 10), AR)
    await fix_interview(territory, meeting(3, 11, "ZT1002"), AR)


async def test_a_nameless_interview_of_a_volume_gives_its_hour_to_the_person() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    await publish(territory, *(nameless(3, hour, hour - 8, office) for hour in (9, 10, 11)))
    settled = await fix_interview(territory, meeting(3, 9), AR)
    need = await fact(territory.id, InterviewNeed, "suivis-AR/1")
    found = await assignments_of(territory.id, Wanted(kinds=("interview",)))
    standing = {one.key for one in found if one.status != "cancelled"}
    assert need.needed_count == 2
    assert standing == {settled.assignment.key, "interview:suivis-AR/1:1", "interview:suivis-AR/1:2"}


async def test_a_waiting_need_of_the_person_is_the_one_that_is_met() -> None:
    territory = await make_living()
    await publish(territory, host(3), host(5))
    first = (await fix_interview(territory, meeting(3, 10), AR)).assignment
    await cancel_interview(territory, first.id, AR, reason="transport", by="us")
    again = (await fix_interview(territory, meeting(5, 10), AR)).assignment
    assert again.need == first.need
    assert again.id != first.id


async def test_a_call_needs_no_published_half_day_and_stands_beside_no_presence() -> None:
    territory = await make_living()
    await publish(territory, host(3, site="gagny"))
    call = meeting(4, 15, mode="phone")
    one = (await fix_interview(territory, call, AR)).assignment
    assert (one.site, one.host_id, one.mode) == (None, None, "phone")
    with pytest.raises(BreaksRules):
        await fix_interview(territory, meeting(3, 10, "ZT1002", mode="phone"), AR)


async def test_a_moved_interview_keeps_its_identity_and_frees_its_place() -> None:
    territory = await make_living()
    morning, other = await publish(territory, host(3), host(4))
    one = (await fix_interview(territory, meeting(3, 10), AR)).assignment
    moved = (await move_interview(territory, one.id, OtherHour(starts_at=at(4, 9)), AR)).assignment
    assert (moved.id, moved.host_id, moved.revision, moved.sequence_number) == (one.id, other, 2, 1)
    assert moved.former_starts_at == one.starts_at
    assert await places_taken([morning], now=at(0, 0)) == ()
    assert [pin.held_on for pin in await pins(territory.id)] == [day(4)]
    with pytest.raises(Changed):
        await move_interview(territory, one.id, OtherHour(starts_at=at(4, 10)), AR, revision=1)


async def test_a_proposed_hour_is_confirmed_where_it_stands() -> None:
    territory = await make_living()
    await publish(territory, host(3))
    one = (await fix_interview(territory, meeting(3, 10), AR)).assignment
    confirmed = (await move_interview(territory, one.id, OtherHour(), AR)).assignment
    assert (confirmed.starts_at, confirmed.status, confirmed.revision) == (one.starts_at, "planned", 1)


async def test_what_we_cancel_is_due_again_in_the_following_week_of_its_rhythm() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    one = (await fix_interview(territory, meeting(3, 10, "ZT1002"), AR)).assignment
    gone = await cancel_interview(territory, one.id, AR, reason="absence", by="us")
    assert (gone.status, gone.cancelled_by, gone.cancel_reason) == ("cancelled", "us", "absence")
    assert (await fact(territory.id, Path, "ZT1002-o2r")).missed_on == day(3)
    needs = {need.code: need.state for need in await all_facts(territory.id, InterviewNeed)}
    assert needs[one.need or ""] == "closed"
    assert await places_taken([office], now=at(0, 0)) == ()
    with pytest.raises(BadInput):
        await cancel_interview(territory, one.id, AR, reason="maladie", by="us")
