"""The scale of a draft and the reasons of a version: kept for as long as nothing of what they stand on is another."""

from datetime import UTC, date, datetime
from uuid import uuid4

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import add_fact
from db.queries.plans import plan_by_id
from db.queries.territories import raise_facts_revision, territory_by_code
from db.records.staff import Absence
from service.actions.cancel_today import cancel_today
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.pages.board import kept_scales
from service.pages.board.kept_scales import scale_of
from service.pages.board.source import load_month
from service.pages.context import Visit
from service.pages.desk import Desk
from service.pages.explaining import explainer
from service.pages.shell import Shell
from service.territory_settings import living_settings
from tests.pages.december_draft import computed
from tests.service.small_territory import ACTOR, OPTIONS, make_territory

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def desk() -> Desk:
    territory = await territory_by_code("petite")
    month = await load_month(territory, date(2026, 12, 1), date(2026, 12, 31))
    return Desk(Visit(territory, Shell(territory="petite")), month)


async def test_it_is_kept_until_the_draft_is_another() -> None:
    kept_scales.kept.clear()
    await make_territory()
    draft = await computed()
    first = scale_of(await desk())
    await raise_facts_revision((await territory_by_code("petite")).id)
    assert scale_of(await desk()) is first
    item = first.items[0]
    await edit_draft(
        await territory_by_code("petite"), draft.id, Edit(words="retirée", drop=(item.key,)), version=None
    )
    second = scale_of(await desk())
    assert item.key not in {one.key for one in second.items}
    assert scale_of(await desk()) is second
    assert len(kept_scales.kept) == 1


async def test_that_of_a_draft_that_leaves_something_alone_follows_what_is_called_off() -> None:
    territory = await make_territory()
    draft = await computed()
    await publish_plan(territory, draft.id, ACTOR)
    await computed(msgspec.structs.replace(OPTIONS, covers=("interviews",)))
    before = await desk()
    assert scale_of(before).items == before.items
    gone = next(one for one in await assignments_of(territory.id, Wanted()) if one.kind == "permanence")
    reason = next(iter(living_settings(territory).cancel_reasons))
    await cancel_today(await territory_by_code("petite"), gone.id, ACTOR, reason=reason)
    after = await desk()
    assert gone.key not in {one.key for one in after.items}
    assert scale_of(after).items == after.items
    assert scale_of(after).problem == after.problem


async def test_a_published_month_explains_itself_on_the_facts_of_now() -> None:
    territory = await make_territory()
    draft = await computed()
    await publish_plan(territory, draft.id, ACTOR)
    first = explainer(await desk())
    assert explainer(await desk()) is first
    away = Absence(
        code="conge",
        staff="AR",
        starts_at=datetime(2026, 12, 14, 7, tzinfo=UTC),
        ends_at=datetime(2026, 12, 14, 22, tzinfo=UTC),
        kind="leave",
    )
    await add_fact(territory.id, away)
    after = await desk()
    assert explainer(after).view.problem == after.problem
    assert any(person.absences for person in explainer(after).view.problem.staff)


async def test_of_what_is_published_none_is_kept() -> None:
    kept_scales.kept.clear()
    territory = await make_territory()
    draft = await computed()
    await publish_plan(territory, draft.id, ACTOR)
    assert scale_of(await desk()) is not scale_of(await desk())
    assert not kept_scales.kept


async def test_few_are_kept() -> None:
    kept_scales.kept.clear()
    await make_territory()
    plan = await plan_by_id((await territory_by_code("petite")).id, (await computed()).id)
    shown = await desk()
    for _ in range(kept_scales.MOST + 2):
        month = shown.month._replace(shown=msgspec.structs.replace(plan, id=uuid4()))
        scale_of(shown._replace(month=month))
    assert len(kept_scales.kept) == kept_scales.MOST
