"""A published month whose computation is no longer kept proves nothing for the facts of now."""

from pathlib import Path as Path_

import pytest

from db.queries.aging import forget_problem
from db.queries.plans import plan_by_id
from db.queries.territories import territory_by_code
from service.actions.edit_draft import copy_to_draft
from service.actions.publish_plan import publish_plan
from tests.pages.test_facts_since import draft_of_december, one_skill_more, page_of_december, plain
from tests.service.small_territory import ACTOR

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_proof_of_a_computation_that_is_forgotten_is_not_one_for_the_facts_of_now(
    tmp_path: Path_,
) -> None:
    draft = await draft_of_december()
    territory = await territory_by_code("petite")
    await publish_plan(territory, draft.id, ACTOR)
    copy = await copy_to_draft(territory, await plan_by_id(territory.id, draft.id))
    await publish_plan(territory, copy.id, ACTOR)
    await forget_problem(draft.id)
    before = plain(await page_of_december(tmp_path))
    assert "ceci a changé" not in before
    await one_skill_more()
    shown = plain(await page_of_december(tmp_path, again=True))
    assert "n’existe avec ces données" not in shown
    assert "aucun planning meilleur n’existait avec les données du" in shown
    assert "depuis, ceci a changé : équipe (A.R.)." in shown
    await forget_problem(copy.id)
    shown = plain(await page_of_december(tmp_path, again=True))
    assert "n’existe avec ces données" not in shown
    assert "ceci a changé" not in shown
