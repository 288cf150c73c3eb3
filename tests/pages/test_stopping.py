"""A computation given up on its page before anybody began it: nothing of it waits any longer."""

from datetime import date
from pathlib import Path

import pytest

from db.queries.plans import any_plan
from db.records.account import Grant
from db.states import PlanState
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, QuietWatcher, make_territory, solve_here

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow, pytest.mark.in_process]
MONTH = "/t/petite/planning/2026-12"


@pytest.mark.parametrize("how", ["arreter", "abandonner"])
async def test_a_computation_that_waits_is_cancelled_with_its_job(tmp_path: Path, how: str) -> None:
    territory = await make_territory()
    await account("c@exemple.fr", Grant(role="coordinator", territory="petite"))
    first_on, last_on = date(2026, 12, 1), date(2026, 12, 31)
    plan = await request_plan(territory, first_on, last_on, OPTIONS, ACTOR, QuietQueue())
    async with browser(make_app(tmp_path)) as visitor:
        await sign_in(visitor, "c@exemple.fr")
        answer = await send(visitor, f"{MONTH}/calcul/{how}", f"{MONTH}/calcul")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{MONTH}/calcul")
        assert (await any_plan(plan.id)).state is PlanState.CANCELLED
        late = await send(visitor, f"{MONTH}/calcul/{how}", f"{MONTH}/generer")
        assert late.status_code == 303
        shown = await visitor.get(f"{MONTH}/generer")
        assert shown.status_code == 200


async def test_a_computation_over_a_published_month_says_from_what_it_starts(tmp_path: Path) -> None:
    territory = await make_territory()
    await account("c@exemple.fr", Grant(role="coordinator", territory="petite"))
    month = date(2026, 12, 1), date(2026, 12, 31)
    first = await request_plan(territory, *month, OPTIONS, ACTOR, QuietQueue())
    await run_plan(first.id, QuietWatcher(), solve_here)
    await publish_plan(territory, first.id, ACTOR)
    async with browser(make_app(tmp_path)) as visitor:
        await sign_in(visitor, "c@exemple.fr")
        await request_plan(territory, *month, OPTIONS, ACTOR, QuietQueue())
        shown = await visitor.get(f"{MONTH}/calcul")
        assert "le planning publié, en changeant le moins possible" in shown.text
