"""Plans: one active for a horizon, only allowed steps, results stored and edited without being lost."""

import asyncio
from itertools import product

import msgspec
import pytest

from db.errors import AlreadyThereError, NotFoundError, StaleVersionError, StateError
from db.queries.plan_items import edit_items, items_of, set_figures, store_result, unplaced_of
from db.queries.plans import (
    add_draft,
    any_plan,
    drop_plan_file,
    plan_by_id,
    plan_file,
    plans_of,
    request_plan,
    step_plan,
    store_plan_file,
)
from db.records.plan import NewPlan, PlanItem, PlanResult, UnplacedItem
from db.states import PLAN_STEPS, PlanState, allows
from tests.db.assignments import NOON
from tests.db.facts import at, make_territory, on

DECEMBER = NewPlan(first_on=on(1), last_on=on(31), origin="solve", covers=("presences",), facts_revision=4)
ALLOWED = {
    ("queued", "solving"),
    ("queued", "cancelled"),
    ("solving", "ready"),
    ("solving", "failed"),
    ("solving", "interrupted"),
    ("solving", "cancelled"),
    ("interrupted", "queued"),
    ("draft", "published"),
    ("ready", "published"),
    ("published", "superseded"),
    ("published", "withdrawn"),
    ("draft", "discarded"),
    ("ready", "discarded"),
}


@pytest.mark.parametrize(("before", "after"), list(product(PlanState, PlanState)))
def test_a_step_is_allowed_exactly_when_the_contract_says_so(before: PlanState, after: PlanState):
    assert allows(before, after) == ((before.value, after.value) in ALLOWED)


def test_every_state_has_its_steps():
    assert set(PLAN_STEPS) == set(PlanState)


async def test_one_plan_at_a_time_is_requested_for_a_territory_and_horizon(database: object):
    territory, other = await make_territory(), await make_territory("var")

    async def ask() -> bool:
        try:
            await request_plan(territory.id, DECEMBER)
        except AlreadyThereError:
            return False
        return True

    assert sum(await asyncio.gather(*(ask() for _ in range(10)))) == 1
    await request_plan(other.id, DECEMBER)
    await request_plan(territory.id, msgspec.structs.replace(DECEMBER, first_on=on(2)))


async def test_a_plan_that_is_over_makes_room_for_the_next_and_numbers_go_on(database: object):
    territory = await make_territory()
    first = await request_plan(territory.id, DECEMBER)
    await step_plan(first.id, PlanState.QUEUED, PlanState.CANCELLED)
    second = await request_plan(territory.id, DECEMBER)
    assert (first.number, second.number) == (1, 2)


async def test_drafts_beside_a_requested_plan_are_as_many_as_wanted(database: object):
    territory = await make_territory()
    await request_plan(territory.id, DECEMBER)
    drafts = await asyncio.gather(*(add_draft(territory.id, DECEMBER) for _ in range(5)))
    assert sorted(draft.number for draft in drafts) == [2, 3, 4, 5, 6]


async def test_a_step_is_taken_by_one_of_many_who_try(database: object):
    territory = await make_territory()
    plan = await request_plan(territory.id, DECEMBER)

    async def take() -> bool:
        try:
            await step_plan(plan.id, PlanState.QUEUED, PlanState.SOLVING)
        except StateError:
            return False
        return True

    assert sum(await asyncio.gather(*(take() for _ in range(10)))) == 1


async def test_a_step_says_where_the_plan_really_is_and_writes_nothing(database: object):
    territory = await make_territory()
    plan = await request_plan(territory.id, DECEMBER)
    with pytest.raises(StateError) as caught:
        await step_plan(plan.id, PlanState.SOLVING, PlanState.FAILED, error="no")
    assert caught.value.found == "queued"
    with pytest.raises(StateError):
        await step_plan(plan.id, PlanState.QUEUED, PlanState.PUBLISHED)
    assert await any_plan(plan.id) == plan


async def test_a_step_carries_its_values_and_an_end_its_instant(database: object):
    territory = await make_territory()
    plan = await request_plan(territory.id, DECEMBER)
    await step_plan(plan.id, PlanState.QUEUED, PlanState.SOLVING)
    ready = await step_plan(plan.id, PlanState.SOLVING, PlanState.READY, solved_at=NOON, figures={"n": 3})
    assert (ready.solved_at, ready.figures, ready.ended_at) == (NOON, {"n": 3}, None)
    discarded = await step_plan(plan.id, PlanState.READY, PlanState.DISCARDED)
    assert discarded.ended_at is not None


async def test_a_plan_of_another_territory_is_not_found(database: object):
    territory, other = await make_territory(), await make_territory("var")
    plan = await request_plan(territory.id, DECEMBER)
    with pytest.raises(NotFoundError):
        await plan_by_id(other.id, plan.id)
    assert await plans_of(other.id) == ()


async def test_versions_are_listed_newest_first_by_month_and_state(database: object):
    territory = await make_territory()
    first = await add_draft(territory.id, DECEMBER)
    second = await add_draft(territory.id, msgspec.structs.replace(DECEMBER, last_on=on(10)))
    assert [plan.id for plan in await plans_of(territory.id)] == [second.id, first.id]
    assert [plan.id for plan in await plans_of(territory.id, touching=(on(11), on(20)))] == [first.id]
    assert await plans_of(territory.id, states=(PlanState.READY,)) == ()
    assert [plan.id for plan in await plans_of(territory.id, limit=1, offset=1)] == [first.id]


async def test_files_of_a_plan_come_back_byte_for_byte(database: object):
    territory = await make_territory()
    plan = await add_draft(territory.id, DECEMBER)
    body = b'{"format": "escale-problem/1", "x": "\xc3\xa9"}' * 50_000
    await store_plan_file(plan.id, "problem", b"older")
    digest = await store_plan_file(plan.id, "problem", body)
    assert len(digest) == 64
    assert await plan_file(plan.id, "problem") == body
    await drop_plan_file(plan.id, "problem")
    with pytest.raises(NotFoundError):
        await plan_file(plan.id, "problem")


def _result(count: int) -> PlanResult:
    items = tuple(
        PlanItem(
            kind="interview",
            key=f"interview/n{n:04}",
            held_on=on(1 + n % 28),
            staff_codes=("AR",),
            starts_at=at(1 + n % 28, 9),
            need_code=f"n{n}",
            number=1,
        )
        for n in range(count)
    )
    unplaced = (
        UnplacedItem(reason_code="crowded", need_code="z", reason_facts=({"staff": "AR"},)),
        UnplacedItem(reason_code="accreditation", cadence_code="a", left_count=2),
    )
    levels = ({"name": "unmet_sessions", "value": 0, "bound": 0, "status": "optimal"},)
    return PlanResult(items=items, unplaced=unplaced, levels=levels, problem_sha256="ab")


async def test_a_large_result_is_stored_at_once_and_replaced_by_the_next(database: object):
    territory = await make_territory()
    plan = await add_draft(territory.id, DECEMBER)
    await store_result(plan.id, _result(2000))
    await store_result(plan.id, _result(1200))
    items = await items_of(plan.id)
    assert sorted(items, key=lambda item: item.key) == list(_result(1200).items)
    assert await unplaced_of(plan.id) == _result(0).unplaced
    assert (await any_plan(plan.id)).levels == _result(0).levels


async def test_an_edit_of_a_stale_draft_is_refused_and_changes_nothing(database: object):
    territory = await make_territory()
    plan = await add_draft(territory.id, DECEMBER)
    await store_result(plan.id, _result(3))
    moved = msgspec.structs.replace(_result(1).items[0], held_on=on(20))
    edited = await edit_items(plan.id, version=1, put=(moved,), drop=("interview/n0002",))
    with pytest.raises(StaleVersionError) as caught:
        await edit_items(plan.id, version=1, drop=("interview/n0000",))
    assert (edited.version, caught.value.found) == (2, 2)
    found = {item.key: item.held_on for item in await items_of(plan.id)}
    assert found == {"interview/n0000": on(20), "interview/n0001": on(2)}


async def test_figures_of_an_edited_draft_are_written_alone(database: object):
    territory = await make_territory()
    plan = await add_draft(territory.id, DECEMBER)
    await set_figures(plan.id, levels=({"name": "comfort", "value": 7},))
    found = await any_plan(plan.id)
    assert (found.levels, found.version) == (({"name": "comfort", "value": 7},), 1)


@pytest.mark.slow
async def test_of_fifty_editors_of_one_draft_none_is_lost(database: object):
    territory = await make_territory()
    plan = await add_draft(territory.id, DECEMBER)

    async def add(number: int) -> int:
        item = PlanItem(kind="permanence", key=f"p{number}", held_on=on(1))
        tries = 0
        while True:
            tries += 1
            version = (await any_plan(plan.id)).version
            try:
                await edit_items(plan.id, version=version, put=(item,))
            except StaleVersionError:
                continue
            return tries

    await asyncio.gather(*(add(number) for number in range(50)))
    assert len(await items_of(plan.id)) == 50
    assert (await any_plan(plan.id)).version == 51
