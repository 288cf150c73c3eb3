"""A draft that promises interviews only shows permanences as they stand now, wherever it is read."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from db.queries.territories import territory_by_code
from db.records.assignment import Write
from db.records.facts import FactSet
from db.records.plan import Plan, PlanItem
from db.records.staff import Absence
from db.records.territory import Territory
from service.actions.ask_site import read_site_month
from service.actions.copy_published import copy_published
from service.actions.edit_draft import Edit, copy_to_draft, edit_draft, undo_edit
from service.actions.publish_plan import publish_plan
from service.actions.read_version import read_version
from service.errors import DraftNoLongerHolds
from service.explaining.contents import plan_contents
from service.explaining.living_plans import prepared_plan
from service.pages.board.source import load_month
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, OPTIONS, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
INTERVIEWS = msgspec.structs.replace(OPTIONS, covers=("interviews",))


async def published() -> Territory:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    return territory


async def changed_by_hand(territory: Territory) -> date:
    """One of the two published permanences is called off, the other goes to another person; its date."""
    first, second = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    cancelled = msgspec.structs.replace(content_of(first), status="cancelled", cancelled_by="us")
    given = msgspec.structs.replace(content_of(second), staff=("NK",) if second.staff == ("AR",) else ("AR",))
    writes = [Write(id=first.id, content=cancelled), Write(id=second.id, content=given)]
    await write_assignments(territory.id, writes, Author(at=datetime.now(UTC)))
    return second.held_on


async def standing(territory: Territory) -> list[tuple[date, tuple[str, ...]]]:
    found = await assignments_of(
        territory.id, Wanted(kinds=("permanence",), statuses=("planned", "confirmed"))
    )
    return [(one.held_on, one.staff) for one in found]


async def absent(territory: Territory, item: PlanItem) -> Territory:
    """Whoever holds it is away that day; the territory by then."""
    begins = datetime.combine(item.held_on, time(7), UTC)
    away = [
        Absence(code=who, staff=who, starts_at=begins, ends_at=begins + timedelta(hours=12), kind="leave")
        for who in item.staff_codes
    ]
    await store_facts(territory.id, FactSet(absences=tuple(away)))
    return await territory_by_code(territory.code)


def permanences(items: tuple[PlanItem, ...]) -> list[tuple[date, tuple[str, ...]]]:
    return [(one.held_on, one.staff_codes) for one in items if one.kind == "permanence"]


async def again(territory: Territory, plan_id: UUID) -> tuple[Territory, Plan]:
    return await territory_by_code(territory.code), await plan_by_id(territory.id, plan_id)


async def test_contents_board_and_questions_show_permanences_as_they_stand() -> None:
    territory = await published()
    weekly = await make_plan(territory, INTERVIEWS)
    kept_on = await changed_by_hand(territory)
    territory, weekly = await again(territory, weekly.id)
    now = await standing(territory)
    assert [on for on, _ in now] == [kept_on]
    contents = await plan_contents(weekly)
    assert [(one.on, one.staff) for one in contents.permanences] == now
    assert contents.unplaced == ()
    month = await load_month(territory, FIRST_ON, LAST_ON)
    assert month.shown is not None
    assert (month.shown.id, permanences(month.items)) == (weekly.id, now)
    assert month.facts.plan is not None
    assert [(one.on, one.staff) for one in month.facts.plan.permanences] == now
    prepared = await prepared_plan(territory, weekly.id)
    assert [(one.on, one.staff) for one in prepared.plan.permanences] == now


async def test_levels_of_an_edited_draft_are_counted_beside_what_stands() -> None:
    territory = await published()
    weekly = await make_plan(territory, INTERVIEWS)
    await changed_by_hand(territory)
    call = next(one for one in await items_of(weekly.id) if one.kind == "interview" and not one.pinned)
    pinned = msgspec.structs.replace(call, pinned=True)
    edited = await edit_draft(
        territory, weekly.id, Edit(words=call.key, put=(pinned,)), version=weekly.version
    )
    values = {one["name"]: one["value"] for one in edited.levels}
    prepared = await prepared_plan(*(await again(territory, weekly.id))[:1], weekly.id)
    assert values == prepared.auditor.audit(prepared.plan).goals


async def test_a_draft_of_interviews_that_begins_from_scratch_keeps_permanences_as_they_stand() -> None:
    territory = await published()
    before = await standing(territory)
    begun = await make_plan(territory, msgspec.structs.replace(INTERVIEWS, from_scratch=True))
    assert permanences(await items_of(begun.id)) == before
    assert [one.kind for one in await items_of(begun.id)].count("interview") == 3
    await publish_plan(territory, begun.id, ACTOR)
    assert await standing(territory) == before


async def test_a_site_is_asked_for_the_dates_that_stand() -> None:
    territory = await published()
    await make_plan(territory, INTERVIEWS)
    kept_on = await changed_by_hand(territory)
    month = await read_site_month(territory, "gagny", FIRST_ON)
    assert [one.on for one in month.proposals] == [kept_on]


async def test_a_draft_that_begins_as_what_is_published_has_nothing_that_was_called_off() -> None:
    territory = await make_territory()
    first = (await publish_plan(territory, (await make_plan(territory)).id, ACTOR)).plan
    await changed_by_hand(territory)
    draft = await copy_to_draft(territory, first)
    assert permanences(await items_of(draft.id)) == await standing(territory)
    copied = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    assert await items_of(draft.id) == await items_of(copied.id)
    values = {one["name"]: one["value"] for one in draft.levels}
    assert values == {one["name"]: one["value"] for one in copied.levels}
    assert [one.cadence for one in (await plan_contents(draft)).unplaced] == ["gagny-permanence"]


async def test_a_version_that_is_over_begins_a_draft_as_it_was() -> None:
    territory = await make_territory()
    first = (await publish_plan(territory, (await make_plan(territory)).id, ACTOR)).plan
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    await changed_by_hand(territory)
    _, over = await again(territory, first.id)
    draft = await copy_to_draft(territory, over)
    assert permanences(await items_of(draft.id)) == permanences((await read_version(over)).items)


async def test_of_what_falls_by_later_facts_an_edit_decides_nothing_and_publishing_says_so() -> None:
    territory = await make_territory()
    weekly = await make_plan(territory, INTERVIEWS)
    fallen, beside = [one for one in await items_of(weekly.id) if one.kind == "interview" and not one.pinned]
    territory = await absent(territory, fallen)
    pinned = msgspec.structs.replace(fallen, pinned=True)

    async def after(**edit: Any) -> tuple[dict[str, Any], ...]:
        return (await edit_draft(territory, weekly.id, Edit(words="x", **edit), version=None)).overruled

    for edit in ({"put": (pinned,)}, {"drop": (fallen.key,)}):
        assert await after(**edit) == ()
        assert (await undo_edit(territory, weekly.id, version=None)).overruled == ()
    assert await after(drop=(beside.key,)) == ()
    with pytest.raises(DraftNoLongerHolds) as refused:
        await publish_plan(territory, weekly.id, ACTOR)
    assert "availability" in str(refused.value.fields["lost"])


async def test_what_falls_of_an_earlier_version_is_decided_by_nobody_who_copies_it() -> None:
    territory = await make_territory()
    first = (await publish_plan(territory, (await make_plan(territory)).id, ACTOR)).plan
    permanence = next(one for one in await items_of(first.id) if one.kind == "permanence")
    territory = await absent(territory, permanence)
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    territory, over = await again(territory, first.id)
    draft = await copy_to_draft(territory, over)
    assert draft.overruled == over.overruled == ()
    with pytest.raises(DraftNoLongerHolds):
        await publish_plan(territory, draft.id, ACTOR)
