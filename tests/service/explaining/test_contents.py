"""An edited version is judged, and what it leaves out counted, beside the event loop, which answers others meanwhile."""

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest

from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from db.records.plan import Plan
from db.records.territory import Territory
from service.actions import edit_draft as editing
from service.actions.edit_draft import Edit, edit_draft
from service.explaining import contents
from tests.service.small_territory import make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")
Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def noting(threads: list[threading.Thread], work: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """The same work; the thread that does it is added to `threads` each time."""

    def noted(*args: Asked.args, **named: Asked.kwargs) -> Found:
        threads.append(threading.current_thread())
        return work(*args, **named)

    return noted


async def without_a_permanence(territory: Territory, plan: Plan) -> Plan:
    """The draft from which one permanence was taken off by hand."""
    key = next(one.key for one in await items_of(plan.id) if one.kind == "permanence")
    return await edit_draft(territory, plan.id, Edit(words=key, drop=(key,)), version=plan.version)


async def test_what_is_left_out_is_counted_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    territory, counted = await make_territory(), list[threading.Thread]()
    plan = await without_a_permanence(territory, await make_plan(territory))
    monkeypatch.setattr(contents, "left_out_now", noting(counted, contents.left_out_now))
    found = await contents.plan_contents(await plan_by_id(territory.id, plan.id))
    assert [(one.cadence, one.reason.code) for one in found.unplaced] == [("gagny-permanence", "taken_off")]
    assert len(counted) == 1
    assert threading.current_thread() not in counted


async def test_a_draft_is_counted_once_until_a_hand_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    territory, counted = await make_territory(), list[threading.Thread]()
    plan = await make_plan(territory)
    monkeypatch.setattr(contents, "left_out_now", noting(counted, contents.left_out_now))
    for _ in range(2):
        assert (await contents.plan_contents(await plan_by_id(territory.id, plan.id))).unplaced == ()
    assert len(counted) == 1
    await without_a_permanence(territory, plan)
    found = await contents.plan_contents(await plan_by_id(territory.id, plan.id))
    assert [one.cadence for one in found.unplaced] == ["gagny-permanence"]
    assert len(counted) == 2


async def test_a_draft_is_judged_beside_the_event_loop_before_and_after_an_edit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    territory, judging = await make_territory(), list[threading.Thread]()
    plan = await make_plan(territory)
    monkeypatch.setattr(editing.Auditor, "audit", noting(judging, editing.Auditor.audit))
    edited = await without_a_permanence(territory, plan)
    assert next(one["value"] for one in edited.levels if one["name"] == "unmet_permanences") > 0
    assert len(judging) >= 2
    assert threading.current_thread() not in judging
