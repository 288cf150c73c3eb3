"""What nothing keeps out: the page that is asked why says where it fits, and puts it there in one click."""

import re
from pathlib import Path

import httpx
import pytest

from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.states import PlanState
from service.actions.edit_draft import Edit, edit_draft
from service.pages.seen import seen_of
from tests.pages.december_draft import MONTH, act, computed, newest, permanences, published
from tests.service.door import account, browser, make_app, plain, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_repair_tried_on_what_is_published_opens_a_draft_with_it(visitor: httpx.AsyncClient) -> None:
    item = (await permanences())[0]
    await act(visitor, "retirer", cle=item.key, revision=seen_of(await newest()))
    before, need = await published(), f"cadence/{item.cadence_code}"
    told = await visitor.get(f"{MONTH}/pourquoi?besoin={need}")
    assert 'name="reparation"' not in told.text
    code = re.findall(r"reparation=(\w+)", told.text)[0]
    tried = await visitor.get(f"{MONTH}/essayer", params={"besoin": need, "reparation": code})
    assert "Ouvrir un brouillon et placer" in plain(tried)
    fields = dict(re.findall(r'name="(revision|brouillon|besoin|reparation)" value="([^"]*)"', tried.text))
    assert (await act(visitor, "appliquer", **fields)).status_code == 303
    draft = await newest()
    assert (draft.state, draft.made_from) == (PlanState.DRAFT, before.id)
    published_rows, rows = await items_of(before.id), await items_of(draft.id)
    added = {one.key for one in rows} - {one.key for one in published_rows}
    assert {key.split(":")[1] for key in added if key.startswith("permanence")} == {item.cadence_code}
    assert {one.key for one in published_rows} <= {one.key for one in rows}


async def test_a_place_taken_for_what_is_published_opens_a_draft_with_it(visitor: httpx.AsyncClient) -> None:
    item = (await permanences())[0]
    await act(visitor, "retirer", cle=item.key, revision=seen_of(await newest()))
    before = await published()
    told = await visitor.get(f"{MONTH}/ou?besoin=cadence/{item.cadence_code}")
    assert "« Placer » ouvre un brouillon" in plain(told)
    form = told.text.partition('/ajouter"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(revision|brouillon|cadence|jour|demi|qui)" value="([^"]*)"', form))
    assert (await act(visitor, "ajouter", **fields)).status_code == 303
    draft = await newest()
    assert (draft.state, draft.made_from) == (PlanState.DRAFT, before.id)
    assert len(await items_of(draft.id)) == len(await items_of(before.id)) + 1


async def test_what_was_taken_off_by_hand_is_offered_where_it_fits(tmp_path: Path) -> None:
    territory = await make_territory()
    draft = await computed()
    item = next(one for one in await items_of(draft.id) if one.kind == "permanence")
    edit = Edit(words="Permanence retirée", drop=(item.key,))
    await edit_draft(await territory_by_code(territory.code), draft.id, edit, version=None)
    async with browser(make_app(tmp_path)) as visitor:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(visitor, "c@petite.fr")
        told = await visitor.get(f"{MONTH}/pourquoi?besoin=cadence/{item.cadence_code}")
        assert "Rien ne l’interdit, et il reste une place" in plain(told)
        assert "c’est plein" not in plain(told)
        codes = re.findall(r'name="reparation" value="(\w+)"', told.text)
        assert 1 <= len(codes) <= 3
        done = await act(
            visitor, "appliquer", besoin=f"cadence/{item.cadence_code}", reparation=codes[0],
            revision=seen_of(await newest()),
        )  # fmt: skip
    assert done.status_code == 303
    placed = [one for one in await items_of(draft.id) if one.cadence_code == item.cadence_code]
    assert len([one for one in placed if one.kind == "permanence"]) >= 1
