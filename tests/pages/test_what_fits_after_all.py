"""What nothing keeps out: the page that is asked why says where it fits, and puts it there in one click."""

import re
from pathlib import Path

import pytest

from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from service.actions.edit_draft import Edit, edit_draft
from service.pages.seen import seen_of
from tests.pages.december_draft import MONTH, act, computed, newest
from tests.service.door import account, browser, make_app, plain, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


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
