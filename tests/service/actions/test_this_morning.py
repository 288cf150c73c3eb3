"""An absence this morning: on what it lands, who may come instead, who waits, what is called off."""

from datetime import timedelta

import msgspec
import pytest

from db.errors import NotFoundError
from db.queries.assignments import Wanted, assignments_of, events_of
from db.queries.fact_storing import add_fact
from db.queries.facts import all_facts, pins
from db.queries.places import places_taken
from db.queries.plans import add_draft, step_plan
from db.records.plan import NewPlan
from db.records.staff import Absence, StaffMember
from db.states import PlanState
from service.actions.cancel_today import cancel_today
from service.actions.create_absence import AlreadyNoted, NewAbsence, create_absence
from service.actions.fix_interview import fix_interview
from service.actions.open_draft import BreaksRules
from service.actions.replace_today import replace_today, replacements_for
from service.actions.say_late import say_late
from service.errors import BadInput, Forbidden
from tests.service.living_territory import (
    AR,
    COORDINATOR,
    NK,
    at,
    day,
    host,
    make_living,
    meeting,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_an_absence_of_several_people_says_on_what_it_lands_and_offers_the_re_plan() -> None:
    territory = await make_living()
    mine, theirs, _ = await publish(territory, host(3), host(4, staff="NK"), host(9))
    await fix_interview(territory, meeting(3, 10), AR)
    plan = await add_draft(territory.id, NewPlan(first_on=day(1), last_on=day(20), origin="hand"))
    await step_plan(plan.id, PlanState.DRAFT, PlanState.PUBLISHED)
    wanted = NewAbsence(staff=("AR", "NK", "AR"), starts_at=at(3, 8), ends_at=at(5, 0), kind="leave")
    declared = await create_absence(territory, wanted, COORDINATOR)
    assert [one.code for one in declared.absences] == [f"absence-{who}-{day(3)}" for who in ("AR", "NK")]
    landed = [(one.id, one.guests) for one in declared.landed.landings if one.kind == "office"]
    assert landed == [(mine, 1), (theirs, 0)]
    assert [one.participant for one in declared.landed.landings if one.kind == "interview"] == ["KM4821"]
    assert [(one.first_on, one.last_on) for one in declared.landed.replans] == [(day(1), day(20))]
    with pytest.raises(AlreadyNoted):
        await create_absence(territory, wanted, COORDINATOR)
    longer = msgspec.structs.replace(wanted, ends_at=at(6, 0))
    again = await create_absence(territory, longer, COORDINATOR)
    assert [one.code for one in again.absences] == [f"absence-{who}-{day(3)}-2" for who in ("AR", "NK")]


async def test_staff_declare_their_own_absence_and_an_unknown_person_stops_all() -> None:
    territory = await make_living()
    ours = NewAbsence(staff=("AR", "NK"), starts_at=at(3, 8), ends_at=at(3, 18))
    with pytest.raises(Forbidden):
        await create_absence(territory, ours, AR)
    with pytest.raises(NotFoundError):
        await create_absence(
            territory, NewAbsence(staff=("AR", "XX"), starts_at=at(3, 8), ends_at=at(3, 18)), COORDINATOR
        )
    with pytest.raises(BadInput):
        await create_absence(
            territory, NewAbsence(staff=("AR",), starts_at=at(3, 8), ends_at=at(3, 8)), COORDINATOR
        )
    assert await all_facts(territory.id, Absence) == ()


async def test_who_may_come_instead_is_free_there_and_takes_the_interviews_along() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    one = (await fix_interview(territory, meeting(3, 10), AR)).assignment
    assert await replacements_for(territory, office, AR) == ("NK",)
    replaced = await replace_today(territory, office, "NK", AR)
    assert {held.staff for held in replaced.assignments} == {("NK",)}
    assert [place.interview_id for place in await places_taken([office], now=at(0, 0))] == [one.id]
    assert [pin.staff_codes for pin in await pins(territory.id)] == [("NK",)]


async def test_staff_hand_over_their_own_part_of_a_half_day_and_not_a_colleague_s() -> None:
    territory = await make_living()
    shared = msgspec.structs.replace(host(3, site="gagny"), staff=("AR", "NK"))
    (both,) = await publish(territory, shared)
    await add_fact(territory.id, StaffMember(code="EL", name="E. L."))
    for overrule in (False, True):
        with pytest.raises(Forbidden):
            await replace_today(territory, both, "EL", AR, leaving="NK", overrule=overrule)
    assert (await assignments_of(territory.id, Wanted(ids=(both,))))[0].staff == ("AR", "NK")


async def test_who_is_away_or_elsewhere_is_not_offered_and_only_a_coordinator_insists() -> None:
    territory = await make_living()
    office, _ = await publish(territory, host(3), host(3, staff="NK", site="gagny"))
    assert await replacements_for(territory, office, AR) == ()
    (later,) = await publish(territory, host(4))
    away = Absence(code="x", staff="NK", starts_at=at(4, 8), ends_at=at(4, 18))
    await add_fact(territory.id, away)
    assert await replacements_for(territory, later, COORDINATOR) == ()
    with pytest.raises(BreaksRules):
        await replace_today(territory, later, "NK", AR, overrule=True)
    assert {
        one.rule for one in (await replace_today(territory, later, "NK", COORDINATOR, overrule=True)).broken
    }


async def test_being_late_is_noted_and_tells_who_waits() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    one = (await fix_interview(territory, meeting(3, 9), AR)).assignment
    waiting = await say_late(territory, office, AR, minutes=20)
    assert [(each.kind, each.participant) for each in waiting] == [("office", None), ("interview", "KM4821")]
    assert [event.what for event in await events_of(office)] == ["published", "late:20"]
    assert (await assignments_of(territory.id, Wanted(ids=(one.id,))))[0].revision == 1
    with pytest.raises(Forbidden):
        await say_late(territory, office, NK, minutes=5)


async def test_what_is_called_off_waits_for_another_place_and_needs_a_reason_of_the_list() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    one = (await fix_interview(territory, meeting(3, 10), AR)).assignment
    with pytest.raises(BadInput):
        await cancel_today(territory, office, AR, reason="malade")
    with pytest.raises(Forbidden):
        await cancel_today(territory, office, NK, reason="absence")
    gone = await cancel_today(territory, office, AR, reason="absence")
    assert [each.id for each in gone] == [office, one.id]
    again = (await fix_interview(territory, meeting(4, 10, mode="phone"), AR)).assignment
    assert again.starts_at - one.starts_at == timedelta(days=1)
