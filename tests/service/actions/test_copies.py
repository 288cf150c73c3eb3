"""Drafts that begin as a copy: asked for twice they are one, until something is done in them."""

import asyncio
from datetime import UTC, datetime, time
from uuid import UUID, uuid4

import msgspec
import pytest

from db.queries.accounts import add_account
from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.plan_items import items_of
from db.queries.plans import any_plan
from db.records.assignment import Write
from db.records.facts import FactSet
from db.records.plan import Plan
from db.records.site import Site
from service.actions.actor import Actor
from service.actions.begin_draft import resume_version
from service.actions.copy_published import copy_published
from service.actions.edit_draft import MOST_STEPS, Edit, edit_draft, read_steps, undo_edit
from service.actions.publish_plan import publish_plan
from service.actions.remove_item import remove_item
from service.errors import PublishedIsUnknown
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def test_a_copy_asked_for_again_is_the_same_until_something_is_done() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    me, her = [Actor(label=one, account_id=(await add_account(f"{one}@petite.fr", one)).id) for one in "cd"]

    async def copied(actor: Actor = me) -> UUID:
        return (await copy_published(territory, FIRST_ON, LAST_ON, actor)).id

    first, *others = await asyncio.gather(copied(), copied(), copied())
    assert set(others) == {first}
    hers = await copied(her)
    assert hers != first
    (item, *_) = [one for one in await items_of(first) if one.kind == "permanence"]
    draft = await any_plan(first)
    await remove_item(territory, first, item.key, version=draft.version)
    second = await copied()
    assert second not in (first, hers)
    await undo_edit(territory, second, version=None)
    assert await copied() == second
    await store_facts(territory.id, FactSet(sites=(Site(code="new", name="New", kind="spip"),)))
    assert await copied() != second


async def test_a_caller_without_an_account_has_no_copy_of_its_own() -> None:
    territory = await make_territory()
    copies = [await copy_published(territory, FIRST_ON, LAST_ON, Actor(label=one)) for one in "abb"]
    assert len({one.id for one in copies}) == 3


@pytest.mark.parametrize("begun_as", ["published", "version"])
async def test_a_draft_with_more_edits_than_can_be_undone_is_not_taken_for_untouched(begun_as: str) -> None:
    territory = await make_territory()
    computed = await make_plan(territory)
    await publish_plan(territory, computed.id, ACTOR)
    version = await any_plan(computed.id)
    me = Actor(label="c", account_id=(await add_account("c@petite.fr", "C")).id)

    async def begun() -> Plan:
        if begun_as == "version":
            return await resume_version(territory, version)
        return await copy_published(territory, FIRST_ON, LAST_ON, me)

    draft = await begun()
    assert (await begun()).id == draft.id
    dropped, pinned = [one for one in await items_of(draft.id) if one.kind == "permanence"]
    await edit_draft(territory, draft.id, Edit(words="x", drop=(dropped.key,)), version=None)
    for _ in range(MOST_STEPS):
        pinned = msgspec.structs.replace(pinned, pinned=not pinned.pinned)
        await edit_draft(territory, draft.id, Edit(words="x", put=(pinned,)), version=None)
    for _ in range(MOST_STEPS):
        await undo_edit(territory, draft.id, version=None)
    assert await read_steps(draft.id) == []
    again = await begun()
    assert again.id != draft.id
    assert dropped.key in {one.key for one in await items_of(again.id)}


async def test_an_interview_that_no_need_asks_for_is_copied_by_nobody_and_it_is_said() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    published = await assignments_of(territory.id, Wanted(kinds=("interview",)))
    assert all(one.need for one in published)
    evening = {
        name: datetime.combine(published[0].held_on, time(hour), UTC)
        for name, hour in (("starts_at", 19), ("ends_at", 20))
    }
    strange = msgspec.structs.replace(
        content_of(published[0]), key="interview:strange:1", need=None, **evening
    )
    await write_assignments(territory.id, [Write(id=uuid4(), content=strange)], Author(at=datetime.now(UTC)))
    with pytest.raises(PublishedIsUnknown) as refusal:
        await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    assert "interviews" in str(refusal.value.fields["unknown"])
