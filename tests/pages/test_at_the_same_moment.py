"""Posts about one draft that arrive at once: one draft is opened, and everybody knows what became of an edit."""

import asyncio
import re

import httpx
import msgspec
import pytest

from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.plan import Plan
from db.states import PlanState
from service.actions.begin_draft import begin_with_edit
from service.actions.edit_draft import Edit, read_steps
from service.errors import StaleVersion
from service.pages.seen import seen_of
from tests.pages.december_draft import (
    MONTH,
    act,
    computed,
    edited_by_a_colleague,
    newest,
    permanences,
    published,
)
from tests.service.door import plain
from tests.service.small_territory import OPTIONS

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def drafts() -> list[Plan]:
    every = await plans_of((await territory_by_code("petite")).id)
    return [one for one in every if one.state is PlanState.DRAFT]


async def test_two_edits_that_open_a_draft_at_once_open_one_and_the_slower_is_told(
    visitor: httpx.AsyncClient,
) -> None:
    first, second = (await permanences())[:2]
    fields = {"revision": seen_of(await published()), "brouillon": "ouvrir"}
    answers = await asyncio.gather(
        act(visitor, "epingler", cle=first.key, geste="a-1", **fields),
        act(visitor, "epingler", cle=second.key, geste="a-2", **fields),
    )
    assert sorted(one.status_code for one in answers) == [303, 409]
    (draft,) = await drafts()
    assert [one.act for one in await read_steps(draft.id)] == [
        f"a-{rank}" for rank, one in enumerate(answers, 1) if one.status_code == 303
    ]
    refused = next(one for one in answers if one.status_code == 409)
    again = dict(re.findall(r'name="(cle|revision|brouillon)" value="([^"]*)"', refused.text))
    assert (await act(visitor, "epingler", **again)).status_code == 303
    assert {one.key for one in await permanences() if one.pinned} >= {first.key, second.key}


async def test_one_edit_sent_twice_at_once_opens_one_draft_and_is_done_once(
    visitor: httpx.AsyncClient,
) -> None:
    item, read = (await permanences())[0], seen_of(await published())
    fields = {"cle": item.key, "revision": read, "brouillon": "ouvrir", "geste": "a-1"}
    answers = await asyncio.gather(*(act(visitor, "epingler", **fields) for _ in range(3)))
    assert [one.status_code for one in answers] == [303, 303, 303]
    (draft,) = await drafts()
    assert len(await read_steps(draft.id)) == 1


async def test_a_draft_that_is_asked_for_twice_at_once_is_one(visitor: httpx.AsyncClient) -> None:
    await published()
    answers = await asyncio.gather(*(act(visitor, "modifier") for _ in range(3)))
    assert [one.status_code for one in answers] == [303, 303, 303]
    assert len(await drafts()) == 1


async def test_an_earlier_draft_that_is_taken_up_twice_is_one_until_it_is_changed(
    visitor: httpx.AsyncClient,
) -> None:
    old = await newest()
    await computed()
    await asyncio.gather(*(act(visitor, "modifier", revision=seen_of(old)) for _ in range(2)))
    await act(visitor, "modifier", revision=seen_of(old))
    assert len(await drafts()) == 1
    await edited_by_a_colleague((await permanences())[0])
    await act(visitor, "modifier", revision=seen_of(old))
    assert len(await drafts()) == 2


async def test_an_edit_that_is_refused_leaves_no_draft_behind(visitor: httpx.AsyncClient) -> None:
    item, before = (await permanences())[0], await published()
    fields = {"cle": item.key, "revision": seen_of(before), "brouillon": "ouvrir"}
    assert (await act(visitor, "reaffecter", **fields, qui="personne")).status_code == 400
    offered = (await visitor.get(f"{MONTH}/places?cle={item.key}&par=lieu")).json()["places"]
    place = next(one for one in offered if one["effect"] == "breaks")
    breaking = {"rangee": place["row"], "jour": place["on"], "demi": place["half"]}
    refused = await act(visitor, "deplacer", **fields, **breaking)
    assert refused.status_code == 422
    assert await newest() == before
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', refused.text))
    assert sent["quand_meme"] == "oui"
    del sent["_csrf_token"]
    assert (await act(visitor, "deplacer", **sent)).status_code == 303
    (draft,) = await drafts()
    assert len(await read_steps(draft.id)) == 1
    assert place["on"] in {str(one.held_on) for one in await permanences()}


async def test_what_is_taken_back_twice_at_once_is_taken_back_once(visitor: httpx.AsyncClient) -> None:
    for item in (await permanences())[:2]:
        await act(visitor, "epingler", cle=item.key, revision=seen_of(await newest()))
    read, steps = seen_of(await newest()), await read_steps((await newest()).id)
    fields = {"revision": read, "pas": str(steps[-1].version)}
    answers = await asyncio.gather(*(act(visitor, "annuler", **fields) for _ in range(2)))
    assert [one.status_code for one in answers] == [303, 303]
    assert len(await read_steps((await newest()).id)) == 1


async def test_the_edit_that_opens_a_draft_frees_what_was_pinned(visitor: httpx.AsyncClient) -> None:
    item = (await permanences())[0]
    await act(visitor, "epingler", cle=item.key, revision=seen_of(await newest()))
    before = await published()
    assert next(one for one in await permanences() if one.key == item.key).pinned
    fields = {"cle": item.key, "revision": seen_of(before), "brouillon": "ouvrir"}
    assert (await act(visitor, "epingler", **fields)).status_code == 303
    (draft,) = await drafts()
    assert [one.words[-13:] for one in await read_steps(draft.id)] == [" épingle ôtée"]
    assert not next(one for one in await permanences() if one.key == item.key).pinned


async def test_the_edit_that_opens_a_draft_puts_a_thing_elsewhere(visitor: httpx.AsyncClient) -> None:
    item, before = (await permanences())[0], await published()
    offered = (await visitor.get(f"{MONTH}/ailleurs?cle={item.key}")).text
    place = re.findall(r'name="place" value="([^"]*)"', offered)[0]
    fields = {"cle": item.key, "revision": seen_of(before), "brouillon": "ouvrir", "place": place}
    assert (await act(visitor, "ailleurs", **fields)).status_code == 303
    (draft,) = await drafts()
    (step,) = await read_steps(draft.id)
    now = {one.key: one.staff_codes for one in await permanences()}
    assert now.get(item.key) != item.staff_codes
    assert item.key in {one.key for one in step.put}


async def test_an_edit_judged_on_other_facts_opens_no_draft(visitor: httpx.AsyncClient) -> None:
    item, before = (await permanences())[0], await published()
    judged_on = await territory_by_code("petite")
    changed = msgspec.structs.replace(judged_on, facts_revision=judged_on.facts_revision - 1)
    with pytest.raises(StaleVersion):
        await begin_with_edit(changed, before, Edit(words="Retirée", drop=(item.key,)), freed=None)
    assert await newest() == before
    await begin_with_edit(judged_on, before, Edit(words="Retirée", drop=(item.key,)), freed=None)
    assert len(await drafts()) == 1


async def test_an_edit_of_what_a_version_leaves_alone_opens_no_draft(visitor: httpx.AsyncClient) -> None:
    await published()
    await computed(msgspec.structs.replace(OPTIONS, covers=("interviews",)))
    before = await published()
    item = (await permanences())[0]
    fields = {"cle": item.key, "revision": seen_of(before), "brouillon": "ouvrir"}
    refused = await act(visitor, "retirer", **fields)
    assert refused.status_code == 409
    assert "laisse permanences ou séances comme elles sont publiées" in plain(refused)
    assert await newest() == before
