"""A draft that holds what the facts no longer know is refused by its name; of what is published nothing can be taken away."""

import pytest

from db.errors import BrokenReferenceError
from db.queries.fact_storing import remove_fact
from db.queries.facts import fact
from db.queries.plan_items import items_of
from db.queries.plans import any_plan
from db.queries.territories import territory_by_code
from db.records.participant import InterviewNeed
from planner.wanted import Wanted
from service.actions.publish_plan import publish_plan
from service.errors import DraftNoLongerHolds
from service.explaining.living_plans import prepared_plan
from tests.service.small_territory import ACTOR, make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")
GONE = "ZT1002/first"


async def test_questions_about_a_draft_that_names_a_need_that_is_gone_are_refused_by_its_name() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    known = await fact(territory.id, InterviewNeed, GONE)
    await remove_fact(territory.id, InterviewNeed, GONE, version=known.version)
    before = (await any_plan(plan.id), await items_of(plan.id))
    with pytest.raises(DraftNoLongerHolds) as refusal:
        await prepared_plan(await territory_by_code("petite"), plan.id)
    assert GONE in str(refusal.value.fields["lost"])
    assert (await any_plan(plan.id), await items_of(plan.id)) == before


async def test_a_fact_that_a_published_version_names_cannot_be_taken_away() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, ACTOR)
    known = await fact(territory.id, InterviewNeed, GONE)
    with pytest.raises(BrokenReferenceError):
        await remove_fact(territory.id, InterviewNeed, GONE, version=known.version)
    prepared = await prepared_plan(await territory_by_code("petite"), plan.id)
    assert prepared.why_this(Wanted(need=GONE)).wanted.need == GONE
