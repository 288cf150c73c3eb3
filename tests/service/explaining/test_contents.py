"""What an edited version leaves out is counted beside the event loop, which answers others meanwhile."""

import threading

import pytest

from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from planner.plan import Plan
from planner.problem import Problem
from service.actions.edit_draft import Edit, edit_draft
from service.explaining import contents
from tests.service.small_territory import make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")


async def test_what_is_left_out_is_counted_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    key = next(one.key for one in await items_of(plan.id) if one.kind == "permanence")
    await edit_draft(territory, plan.id, Edit(words=key, drop=(key,)), version=plan.version)
    counted, count = [], contents.left_out_now

    def watched(problem: Problem, made: Plan) -> Plan:
        counted.append(threading.current_thread())
        return count(problem, made)

    monkeypatch.setattr(contents, "left_out_now", watched)
    found = await contents.plan_contents(await plan_by_id(territory.id, plan.id))
    assert [(one.cadence, one.reason.code) for one in found.unplaced] == [("gagny-permanence", "taken_off")]
    assert len(counted) == 1
    assert threading.current_thread() not in counted
