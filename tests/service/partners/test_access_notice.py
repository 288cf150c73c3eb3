"""Facts in the database, the planning job, the publication: inside a site's notice nobody new comes to its gate."""

from datetime import date, datetime, time, timedelta

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import change_fact, store_facts
from db.queries.facts import fact
from db.queries.plan_items import items_of, unplaced_of
from db.queries.territories import add_territory, territory_by_code
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.site import Site
from db.records.staff import Accreditation, StaffMember
from db.records.territory import Territory
from service.actions.copy_published import copy_published
from service.actions.create_absence import NewAbsence, create_absence
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import RunOptions, request_plan
from service.actions.run_plan import run_plan
from service.actions.send_access_list import read_access_month
from tests.service.partners.sample import ZONE, again, facts, monday
from tests.service.small_territory import ACTOR, QuietQueue, QuietWatcher, solve_here

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
SOON, LATER = (monday(2) + timedelta(days=day) for day in (1, 8))
WITHIN, BEYOND = "within the notice", "beyond it"


async def _planned_and_published() -> Territory:
    """Two Tuesday mornings at Gagny by one person; then the site's notice comes between the two."""
    territory = await add_territory(
        code="essai", name="Essai", zone="Europe/Paris", departements=("93",), settings={}
    )
    whole = facts()
    cadence = Cadence(
        code="gagny-permanence",
        name="Permanence",
        site="gagny",
        programme="o2r",
        weekdays=(2,),
        length="am",
        usual_staff=("AR",),
    )
    await store_facts(
        territory.id,
        FactSet(programmes=whole.programmes, sites=whole.sites, staff=whole.staff, cadences=(cadence,)),
    )
    assert await _plan(territory) == set()
    today = datetime.now(ZONE).date()
    site = await fact(territory.id, Site, "gagny")
    noticed = msgspec.structs.replace(site, access_notice_days=(SOON - today).days + 1)
    await change_fact(territory.id, noticed, version=site.version)
    return await again(territory)


async def _plan(territory: Territory, **changes: bool) -> set[str]:
    """Plans and publishes both weeks as of today; codes of why something is left out."""
    options = msgspec.structs.replace(RunOptions(time_limit_seconds=20, workers=1), **changes)
    until_on = monday(2) + timedelta(days=13)
    asked = await request_plan(territory, monday(2), until_on, options, ACTOR, QuietQueue())
    plan = await run_plan(asked.id, QuietWatcher(), solve_here)
    await publish_plan(territory, plan.id, ACTOR)
    return {one.reason_code for one in await unplaced_of(plan.id)}


async def _who_comes(territory: Territory) -> dict[str, tuple[str, ...]]:
    standing = Wanted(kinds=("permanence",), statuses=("planned", "confirmed"))
    found = {one.held_on: one.staff for one in await assignments_of(territory.id, standing)}
    return {WITHIN: found.get(SOON, ()), BEYOND: found.get(LATER, ())}


async def _absent(territory: Territory, staff: str) -> Territory:
    for on in (SOON, LATER):
        starts_at = datetime.combine(on, time(), ZONE)
        away = NewAbsence(staff=(staff,), starts_at=starts_at, ends_at=starts_at + timedelta(days=1))
        await create_absence(territory, away, ACTOR)
    return await again(territory)


async def _names(on: date) -> set[str]:
    access = await read_access_month(await territory_by_code("essai"), "gagny", on)
    return {one.line.name for one in access.lines if one.line.on == on}


@pytest.mark.parametrize("from_scratch", [False, True], ids=["least change", "from scratch"])
async def test_a_replan_sends_nobody_new_to_a_gate_whose_list_has_left(from_scratch: bool) -> None:
    territory = await _planned_and_published()
    assert await _who_comes(territory) == {WITHIN: ("AR",), BEYOND: ("AR",)}
    territory = await _absent(territory, "AR")
    assert await _plan(territory, from_scratch=from_scratch) != set()
    assert await _who_comes(territory) == {WITHIN: (), BEYOND: ("NK",)}
    assert await _names(SOON) == set()
    assert await _names(LATER) == {"N. K."}


async def test_whoever_may_come_unannounced_takes_over_inside_the_notice() -> None:
    territory = await _planned_and_published()
    person = await fact(territory.id, StaffMember, "NK")
    allowed = msgspec.structs.replace(person, accreditations=(Accreditation(site="gagny"),))
    await change_fact(territory.id, allowed, version=person.version)
    assert await _plan(await _absent(territory, "AR")) == set()
    assert await _who_comes(territory) == {WITHIN: ("NK",), BEYOND: ("NK",)}


async def test_whoever_a_coordinator_sends_there_by_hand_is_noted_as_their_decision() -> None:
    territory = await _planned_and_published()
    draft = await copy_published(territory, SOON, SOON, ACTOR)
    (item,) = [one for one in await items_of(draft.id) if one.kind == "permanence"]
    other = msgspec.structs.replace(item, staff_codes=("NK",))
    await edit_draft(territory, draft.id, Edit(words="NK", put=(other,)), version=draft.version)
    published = (await publish_plan(territory, draft.id, ACTOR)).plan
    assert [(one["rule"], one["about"], one["on"]) for one in published.overruled] == [
        ("access_notice", "NK", str(SOON))
    ]
