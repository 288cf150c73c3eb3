"""What was decided against a rule and said at publishing does not fall, whatever dates the version covers."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.fact_storing import store_facts
from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.plan import Plan, PlanItem
from db.records.staff import Absence
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from tests.service.door import account, browser, make_app, plain, sign_in
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def drafted(first_on: date, last_on: date) -> tuple[Plan, list[PlanItem]]:
    """A draft of these dates, and its permanences."""
    territory = await territory_by_code("petite")
    requested = await request_plan(territory, first_on, last_on, OPTIONS, ACTOR, QuietQueue())
    plan = await run_plan(requested.id, QuietWatcher(), solve_here)
    return plan, [one for one in await items_of(plan.id) if one.kind == "permanence"]


async def away(item: PlanItem) -> None:
    """Whoever holds it is absent that day."""
    begins = datetime.combine(item.held_on, time(7), UTC)
    absences = tuple(
        Absence(
            code=f"a{who}", staff=who, starts_at=begins, ends_at=begins + timedelta(hours=12), kind="leave"
        )
        for who in item.staff_codes
    )
    await store_facts((await territory_by_code("petite")).id, FactSet(absences=absences))


@pytest.mark.parametrize(
    "dates", [(FIRST_ON, LAST_ON), (date(2026, 12, 1), date(2026, 12, 31))], ids=["weeks", "month"]
)
async def test_what_was_decided_at_publishing_does_not_fall(tmp_path: Path, dates: tuple[date, date]) -> None:
    territory = await make_territory()
    item = (await drafted(*dates))[1][0]
    await away(item)
    plan, (held, *_) = await drafted(*dates)
    edit = Edit(words="remise", drop=(held.key,), put=(msgspec.structs.replace(item, pinned=True),))
    plan = await edit_draft(territory, plan.id, edit, version=None)
    assert [one["rule"] for one in plan.overruled] == ["availability"]
    await publish_plan(territory, plan.id, ACTOR)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        shown = plain(await client.get("/t/petite/planning/2026-12/a-replanifier"))
    assert "ne tien" not in shown
