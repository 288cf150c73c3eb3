"""A computation given up on its page before anybody began it: nothing of it waits any longer."""

from datetime import date
from pathlib import Path

import pytest

from db.queries.plans import any_plan
from db.records.account import Grant
from db.states import PlanState
from service.actions.request_plan import request_plan
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, make_territory

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
