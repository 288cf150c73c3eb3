"""The page of promotions reads the published sessions of those it shows, and no others."""

from datetime import UTC, datetime

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.plan_items import items_of
from db.records.cadence import Promotion, Sequence
from db.records.facts import FactSet
from db.states import EDITABLE_PLANS
from service.actions.cancel_today import cancel_today
from service.actions.keep_facts import add_facts
from service.actions.publish_plan import publish_plan
from service.pages.facts.promotion_lines import Dating, Span
from service.pages.facts_pages import session_dates
from tests.service.living_territory import day, host, make_living, publish
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, make_plan, make_territory

SPAN = Span(day(-30), day(30), day(0))
pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_sessions_of_a_promotion_that_was_put_away_are_not_read() -> None:
    territory = await make_living()
    step = Sequence(code="s", title="S", from_on=day(-9), until_on=day(9))
    running = Promotion(code="running", name="R", site="bureau", seats=8, sequences=(step,))
    over = msgspec.structs.replace(running, code="over", archived_at=datetime.now(UTC))
    await add_facts(territory.id, (running, over))
    held = [
        msgspec.structs.replace(
            host(ahead), kind="session", key=f"session:{code}:s", promotion=code, sequence="s"
        )
        for ahead, code in ((1, "running"), (2, "over"))
    ]
    await publish(territory, *held)
    assert set(await session_dates(await facts_of(territory.id), SPAN)) == {("running", "s")}


async def test_a_territory_without_promotions_has_no_dates() -> None:
    territory = await make_living()
    assert await session_dates(await facts_of(territory.id), SPAN) == {}


async def test_what_only_a_draft_has_is_not_published(in_november: None) -> None:
    territory = await make_territory()
    step = Sequence(code="S1", title="Un", from_on=FIRST_ON, until_on=LAST_ON, needs_room=False)
    group = Promotion(code="sas-1", name="P", site="gagny", seats=8, sequences=(step,))
    await store_facts(territory.id, FactSet(promotions=(group,)))
    left_behind, plan = await make_plan(territory), await make_plan(territory)
    sessions = [one for one in await items_of(plan.id) if one.promotion_code]
    facts, span = await facts_of(territory.id), Span(FIRST_ON, LAST_ON, FIRST_ON)
    for published in (False, True):
        expected = {
            (one.promotion_code, one.sequence_code): Dating(one.held_on, published) for one in sessions
        }
        assert expected
        assert await session_dates(facts, span) == expected
        if not published:
            await publish_plan(territory, plan.id, ACTOR)
    for one in await assignments_of(territory.id, Wanted(kinds=("session",), promotions=(group.code,))):
        await cancel_today(territory, one.id, ACTOR, reason="site")
    assert left_behind.state in EDITABLE_PLANS
    assert await session_dates(facts, span) == {}
