"""The scale of a draft: kept for as long as nothing in it, and none of the facts, is another."""

from datetime import date
from uuid import uuid4

import msgspec
import pytest

from db.queries.plans import plan_by_id
from db.queries.territories import raise_facts_revision, territory_by_code
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.pages.board import kept_scales
from service.pages.board.kept_scales import scale_of
from service.pages.board.source import load_month
from service.pages.context import Visit
from service.pages.desk import Desk
from service.pages.shell import Shell
from tests.pages.test_two_coordinators import computed
from tests.service.small_territory import ACTOR, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def desk() -> Desk:
    territory = await territory_by_code("petite")
    month = await load_month(territory, date(2026, 12, 1), date(2026, 12, 31))
    return Desk(Visit(territory, Shell(territory="petite")), month)


async def test_it_is_kept_until_the_draft_or_the_facts_are_others() -> None:
    kept_scales._known.clear()
    await make_territory()
    draft = await computed()
    first = scale_of(await desk())
    assert scale_of(await desk()) is first
    item = first.items[0]
    await edit_draft(
        await territory_by_code("petite"), draft.id, Edit(words="retirée", drop=(item.key,)), version=None
    )
    second = scale_of(await desk())
    assert item.key not in {one.key for one in second.items}
    await raise_facts_revision((await territory_by_code("petite")).id)
    assert scale_of(await desk()) is not second
    assert len(kept_scales._known) == 1


async def test_of_what_is_published_none_is_kept() -> None:
    kept_scales._known.clear()
    territory = await make_territory()
    draft = await computed()
    await publish_plan(territory, draft.id, ACTOR)
    assert scale_of(await desk()) is not scale_of(await desk())
    assert not kept_scales._known


async def test_few_are_kept() -> None:
    kept_scales._known.clear()
    await make_territory()
    plan = await plan_by_id((await territory_by_code("petite")).id, (await computed()).id)
    shown = await desk()
    for _ in range(kept_scales.MOST + 2):
        month = shown.month._replace(shown=msgspec.structs.replace(plan, id=uuid4()))
        scale_of(shown._replace(month=month))
    assert len(kept_scales._known) == kept_scales.MOST
