"""A draft as it is edited: rules that are broken or overruled, edits that come late, pins that are lifted."""

from datetime import date

import pytest

from db.queries.assignments import Wanted, assignments_of, events_of
from db.queries.facts import pins
from db.queries.plan_items import items_of
from db.queries.plans import any_plan, plan_file
from db.queries.territories import territory_by_code
from planner.problem_file import problem_sha256, read_problem, write_problem
from service.actions.copy_published import copy_published
from service.actions.move_item import Move, move_item, pin_item
from service.actions.open_draft import BreaksRules
from service.actions.publish_plan import publish_plan
from service.errors import (
    StaleVersion,
)
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    make_plan,
    make_territory,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_move_that_breaks_a_rule_is_refused_with_the_rule_until_it_is_overruled() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    permanence = next(item for item in await items_of(plan.id) if item.kind == "permanence")
    sunday = Move(on=date(2026, 12, 13))
    with pytest.raises(BreaksRules) as refusal:
        await move_item(territory, plan.id, permanence.key, sunday, version=plan.version)
    assert "site_open" in str(refusal.value.fields["broken"])
    edited = await move_item(territory, plan.id, permanence.key, sunday, version=plan.version, overrule=True)
    assert "site_open" in {one.rule for one in edited.broken}
    outcome = await publish_plan(territory, plan.id, ACTOR)
    assert "site_open" in {one["rule"] for one in (await any_plan(outcome.plan.id)).overruled}
    again = await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert again.written.changed == ()


async def test_a_person_wanted_in_two_places_at_once_is_published_there_by_decision() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    items = await items_of(plan.id)
    office = next(item for item in items if item.kind == "office")
    permanence = next(item for item in items if item.kind == "permanence")
    there = Move(on=office.held_on, half_day=office.half_day, staff=office.staff_codes)
    moved = await move_item(territory, plan.id, permanence.key, there, version=plan.version, overrule=True)
    assert "one_place_at_a_time" in {one.rule for one in moved.broken}
    await publish_plan(territory, plan.id, ACTOR)
    found = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    published = next(one for one in found if one.key == moved.item.key)
    (event,) = await events_of(published.id)
    assert "one_place_at_a_time" in {one["rule"] for one in event.overruled}


async def test_a_stale_edit_changes_nothing() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    item = (await items_of(plan.id))[0]
    await pin_item(territory, plan.id, item.key, pinned=True, version=plan.version)
    with pytest.raises(StaleVersion, match="entre-temps") as refusal:
        await pin_item(territory, plan.id, item.key, pinned=False, version=plan.version)
    (told,) = refusal.value.fields["changed"]
    assert isinstance(told, dict)
    assert (told["field"], told["theirs"]["pinned"]) == (item.key, True)
    assert next(one for one in await items_of(plan.id) if one.key == item.key).pinned


async def test_what_was_fixed_with_the_person_is_freed_at_once_unless_the_draft_changed_meanwhile() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    key = "interview:KM4821/fixed:1"
    with pytest.raises(StaleVersion):
        await pin_item(territory, plan.id, key, pinned=False, version=plan.version - 1)
    assert key in {one.key for one in await pins(territory.id)}
    edited = await pin_item(territory, plan.id, key, pinned=False, version=plan.version)
    assert (edited.item.pinned, key in {one.key for one in await pins(territory.id)}) == (False, False)
    problem = read_problem(await plan_file(plan.id, "problem"))
    assert "KM4821/fixed" not in {pin.need for pin in problem.pins}
    assert edited.plan.problem_sha256 == problem_sha256(write_problem(problem))
    again = await make_plan(await territory_by_code("petite"))
    assert not next(one for one in await items_of(again.id) if one.key == key).pinned


async def test_a_permanence_that_stayed_pinned_once_published_is_freed_as_well() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    item = next(one for one in await items_of(plan.id) if one.kind == "permanence")
    held = await pin_item(territory, plan.id, item.key, pinned=True, version=plan.version)
    await publish_plan(territory, plan.id, ACTOR)
    assert item.key in {one.key for one in await pins(territory.id)}
    draft = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    await pin_item(territory, draft.id, held.item.key, pinned=False, version=draft.version)
    assert item.key not in {one.key for one in await pins(territory.id)}
    await publish_plan(await territory_by_code("petite"), draft.id, ACTOR)
    assert item.key not in {one.key for one in await pins(territory.id)}
