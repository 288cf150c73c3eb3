"""A draft made before anything of its month was published brings back nothing that was called off since, unseen."""

import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.plan_items import items_of
from db.records.assignment import Assignment
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from service.actions.add_item import NewItem, add_item
from service.actions.cancel_today import cancel_today
from service.actions.preview_publication import preview_publication
from service.actions.publish_plan import publish_plan
from service.actions.remove_item import remove_item
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.errors import DraftNoLongerHolds
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_plan,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def _called_off(territory: Territory, first: Plan) -> Assignment:
    """A permanence of the version that is published now."""
    await publish_plan(territory, first.id, ACTOR)
    gone, *_ = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    await cancel_today(territory, gone.id, ACTOR, reason="absence")
    return gone


async def _standing(territory: Territory, gone: Assignment) -> list[str]:
    wanted = Wanted(kinds=("permanence",), from_on=gone.held_on, until_on=gone.held_on)
    return [one.status for one in await assignments_of(territory.id, wanted) if one.key == gone.key]


async def _item(plan: Plan, key: str) -> PlanItem:
    return next(one for one in await items_of(plan.id) if one.key == key)


async def test_a_second_plan_of_an_unpublished_month_does_not_bring_back_what_was_called_off() -> None:
    territory = await make_territory()
    first, second = await make_plan(territory), await make_plan(territory)
    gone = await _called_off(territory, first)
    assert (await _item(second, gone.key)).assignment_id is None
    assert ("called_off", str(gone.held_on)) in {
        (one.rule, one.on) for one in (await preview_publication(territory, second.id)).lost
    }
    with pytest.raises(DraftNoLongerHolds):
        await publish_plan(territory, second.id, ACTOR)
    assert await _standing(territory, gone) == ["cancelled"]
    await remove_item(territory, second.id, gone.key, version=None, overrule=True)
    await publish_plan(territory, second.id, ACTOR)
    assert await _standing(territory, gone) == ["cancelled"]


async def test_what_a_hand_puts_there_again_after_it_was_called_off_is_wanted() -> None:
    territory = await make_territory()
    first, second = await make_plan(territory), await make_plan(territory)
    gone = await _called_off(territory, first)
    await remove_item(territory, second.id, gone.key, version=None, overrule=True)
    assert gone.half_day is not None
    again = NewItem(on=gone.held_on, staff=gone.staff, cadence=gone.cadence, half_day=gone.half_day)
    await add_item(territory, second.id, again, version=None, overrule=True)
    await publish_plan(territory, second.id, ACTOR)
    assert sorted(await _standing(territory, gone)) == ["cancelled", "planned"]


async def test_a_plan_asked_for_before_and_solved_after_knows_what_was_called_off() -> None:
    territory = await make_territory()
    first = await make_plan(territory)
    queued = await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    gone = await _called_off(territory, first)
    solved = await run_plan(queued.id, QuietWatcher(), solve_here)
    assert await _item(solved, gone.key)
    await publish_plan(territory, solved.id, ACTOR)
    assert sorted(await _standing(territory, gone)) == ["cancelled", "planned"]
