"""Two coordinators at one month: whoever is slower is told what the other did, and neither overwrites the other silently."""

import re

import httpx
import msgspec
import pytest

from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.plan import PlanItem
from db.states import PlanState
from service.actions.edit_draft import copy_to_draft, read_steps
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.pages.board import with_standing
from service.pages.seen import Seen, read_seen, seen_of
from tests.pages.december_draft import (
    DECEMBER,
    MONTH,
    act,
    computed,
    edited_by_a_colleague,
    newest,
    permanences,
)
from tests.service.door import plain
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, QuietWatcher, solve_here

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_what_a_colleague_edited_meanwhile_is_not_published_unread(visitor: httpx.AsyncClient) -> None:
    read = seen_of(await newest())
    await edited_by_a_colleague((await permanences())[0])
    refused = await act(visitor, "publier", revision=read)
    assert refused.status_code == 409
    assert "Rien n’est publié" in plain(refused)
    assert re.search(r"L\.D\. à \d+ h(?: \d\d)? : Permanence retirée", plain(refused))
    assert (await newest()).state is PlanState.READY
    assert (await act(visitor, "publier", revision=seen_of(await newest()))).status_code == 303
    assert (await newest()).state is PlanState.PUBLISHED


async def test_what_is_published_already_is_not_published_again(visitor: httpx.AsyncClient) -> None:
    read = seen_of(await newest())
    await act(visitor, "publier", revision=read)
    refused = await act(visitor, "publier", revision=read)
    assert refused.status_code == 409
    assert "La version 1 a été publiée" in plain(refused)


async def test_an_edit_of_what_was_published_meanwhile_waits_for_a_draft(visitor: httpx.AsyncClient) -> None:
    read, item = seen_of(await newest()), (await permanences())[0]
    await publish_plan(await territory_by_code("petite"), (await newest()).id, ACTOR)
    refused = await act(visitor, "epingler", cle=item.key, revision=read, geste="a-1")
    assert refused.status_code == 409
    assert "La version 1 a été publiée" in plain(refused)
    assert "Ouvrir un brouillon et l’appliquer" in plain(refused)
    assert (await newest()).state is PlanState.PUBLISHED
    fields = dict(re.findall(r'name="(cle|revision|brouillon)" value="([^"]*)"', refused.text))
    assert fields == {"cle": item.key, "revision": seen_of(await newest()), "brouillon": "ouvrir"}
    assert (await act(visitor, "epingler", **fields)).status_code == 303
    assert (await newest()).state is PlanState.DRAFT
    assert next(one for one in await permanences() if one.key == item.key).pinned


async def test_a_draft_that_a_colleague_opened_first_is_looked_at_before(visitor: httpx.AsyncClient) -> None:
    item = (await permanences())[0]
    await publish_plan(await territory_by_code("petite"), (await newest()).id, ACTOR)
    published = seen_of(await newest())
    await copy_to_draft(await territory_by_code("petite"), await newest())
    refused = await act(visitor, "epingler", cle=item.key, revision=published, brouillon="ouvrir")
    assert refused.status_code == 409
    assert "ouvert à la main" in plain(refused)
    assert len(await plans_of((await territory_by_code("petite")).id)) == 2


EDITS: dict[str, dict[str, str]] = {
    "epingler": {},
    "retirer": {},
    "deplacer": {"rangee": "gagny", "jour": "2026-12-09", "demi": "am"},
    "reaffecter": {"qui": "AR"},
    "ailleurs": {"place": "x"},
    "ajouter": {"cadence": "gagny-permanence", "jour": "2026-12-09", "demi": "am", "qui": "AR"},
    "appliquer": {"besoin": "cadence/gagny", "reparation": "x"},
    "a-replacer": {"besoin": "x", "numero": "1"},
    "annuler": {"pas": "1"},
}


async def test_a_new_computation_that_counts_alike_is_not_taken_for_the_draft_that_was_shown(
    visitor: httpx.AsyncClient,
) -> None:
    old, item = await newest(), (await permanences())[0]
    await computed()
    before = await newest()
    assert (before.version, before.number) == (old.version, old.number + 1)
    for page, fields in EDITS.items():
        refused = await act(visitor, page, cle=item.key, revision=seen_of(old), **fields)
        assert refused.status_code == 409, page
        assert "Un nouveau calcul l’a remplacé" in plain(refused)
        assert f"?version={old.number}" in refused.text
    assert await newest() == before
    assert await read_steps(before.id) == []


async def test_an_edit_whose_answer_was_lost_is_done_once(visitor: httpx.AsyncClient) -> None:
    read, item = seen_of(await newest()), (await permanences())[0]
    for _ in range(2):
        done = await act(visitor, "epingler", cle=item.key, revision=read, geste="a-1")
        assert done.status_code == 303
    assert next(one for one in await permanences() if one.key == item.key).pinned
    assert len(await read_steps((await newest()).id)) == 1
    another = await act(visitor, "epingler", cle=item.key, revision=read, geste="a-2")
    assert another.status_code == 409


async def test_undoing_never_takes_back_what_a_colleague_did_meanwhile(visitor: httpx.AsyncClient) -> None:
    mine, theirs = (await permanences())[:2]
    await act(visitor, "epingler", cle=mine.key, revision=seen_of(await newest()))
    read, (step,) = seen_of(await newest()), await read_steps((await newest()).id)
    await edited_by_a_colleague(theirs)
    refused = await act(visitor, "annuler", revision=read, pas=str(step.version))
    assert refused.status_code == 409
    assert "La dernière est maintenant : Permanence retirée" in plain(refused)
    assert len(await read_steps((await newest()).id)) == 2
    fields = dict(re.findall(r'name="(pas|revision)" value="([^"]*)"', refused.text))
    assert (await act(visitor, "annuler", **fields)).status_code == 303
    assert [one.words for one in await read_steps((await newest()).id)] == [step.words]


async def test_what_is_taken_back_already_is_not_taken_back_twice(visitor: httpx.AsyncClient) -> None:
    for item in (await permanences())[:2]:
        await act(visitor, "epingler", cle=item.key, revision=seen_of(await newest()))
    read, steps = seen_of(await newest()), await read_steps((await newest()).id)
    for _ in range(2):
        done = await act(visitor, "annuler", revision=read, pas=str(steps[-1].version))
        assert done.status_code == 303
    assert len(await read_steps((await newest()).id)) == 1


async def test_what_is_pinned_in_a_draft_stays_where_it_is_when_the_month_is_computed_again(
    visitor: httpx.AsyncClient,
) -> None:
    territory, item = await territory_by_code("petite"), (await permanences())[0]
    moved = await moved_by_hand(visitor, item)
    asked = plain(await visitor.get(f"{MONTH}/generer"))
    assert "faite à la main" not in asked
    options = msgspec.structs.replace(OPTIONS, pins_of=(await newest()).id)
    requested = await request_plan(territory, *DECEMBER, options, ACTOR, QuietQueue())
    await run_plan(requested.id, QuietWatcher(), solve_here)
    again = next(one for one in await permanences() if one.key == moved)
    assert again.pinned
    assert (await newest()).id == requested.id


async def moved_by_hand(visitor: httpx.AsyncClient, item: PlanItem) -> str:
    """To another day, as the board offers it, and pinned there; its key."""
    offered = (await visitor.get(f"{MONTH}/places?cle={item.key}&par=lieu")).json()["places"]
    best = next(one for one in offered if one["effect"] != "breaks" and one["on"] != str(item.held_on))
    await act(
        visitor, "deplacer", cle=item.key, rangee=best["row"], jour=best["on"], demi=best["half"],
        revision=seen_of(await newest()),
    )  # fmt: skip
    key = f"permanence:{item.cadence_code}:{best['on']}:{best['half']}"
    await act(visitor, "epingler", cle=key, revision=seen_of(await newest()))
    return key


async def test_generating_from_the_board_keeps_the_pins_of_its_draft(visitor: httpx.AsyncClient) -> None:
    draft = await newest()
    await act(visitor, "generer")
    asked = (await newest()).options
    assert asked["pins_of"] == str(draft.id)


async def test_an_earlier_draft_is_taken_up_again_with_what_was_changed_in_it(
    visitor: httpx.AsyncClient,
) -> None:
    gone = (await permanences())[0]
    await edited_by_a_colleague(gone)
    old = await newest()
    await computed()
    page = plain(await visitor.get(f"{MONTH}?version={old.number}"))
    assert "Ancien brouillon" in page
    assert "Reprendre cette version" in page
    assert "Publier v1" not in page
    assert "data-editable" not in page
    done = await act(visitor, "modifier", revision=seen_of(old))
    assert done.status_code == 303
    assert (await newest()).number == old.number + 2
    assert gone.key not in {one.key for one in await permanences()}
    assert "Brouillon v1" in plain(await visitor.get(MONTH))
    assert (await act(visitor, "modifier", revision="1-99")).status_code == 404


async def test_who_else_is_there_is_told_without_judging_the_month(visitor: httpx.AsyncClient) -> None:
    known = (with_standing.drafts, with_standing.published)
    for one in known:
        one.clear()
    told = (await act(visitor, "presence")).json()
    assert told == {"seen": seen_of(await newest()), "others": []}
    assert [len(one) for one in known] == [0, 0]
    await visitor.get(MONTH)
    assert [len(one) for one in known] == [1, 1]


def test_what_a_page_showed_is_told_by_the_plan_and_how_often_it_was_changed() -> None:
    assert read_seen("12-3") == Seen(12, 3)
    assert read_seen("") is None
    assert {read_seen("x"), read_seen("-"), read_seen("9" * 20)} == {Seen(0, 0)}
