"""The life of a plan on a real database of each engine, solved in a real child process."""

import asyncio
from datetime import UTC, date, datetime

import msgspec
import pytest

from db.engine import Engine
from db.errors import NotFoundError
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import add_fact
from db.queries.facts import facts_of
from db.queries.jobs import job_about
from db.queries.places import places_taken, take_place
from db.queries.plan_items import items_of, unplaced_of
from db.queries.plans import any_plan, plan_file
from db.queries.territories import add_territory
from db.records.place import PlaceRequest
from db.records.site import Closure
from db.records.staff import Absence
from db.states import PlanState
from planner.problem_file import read_problem
from service.actions.cancel_today import AlreadyOver, cancel_today
from service.actions.copy_published import copy_published
from service.actions.move_item import Move, move_item
from service.actions.preview_publication import preview_publication
from service.actions.publish_plan import publish_plan
from service.actions.read_feeds import read_feeds
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.actions.stop_plan import stop_plan
from service.actions.withdraw_plan import withdraw_plan
from service.errors import (
    BadInput,
    DraftNoLongerHolds,
    PlanInProgress,
    StepNotAllowed,
)
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

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_second_request_for_the_same_dates_is_refused_while_the_first_waits() -> None:
    territory, queue = await make_territory(), QuietQueue()
    await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, queue)
    with pytest.raises(PlanInProgress):
        await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, queue)
    assert len(queue.announced) == 1


async def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadInput, match="last_on"):
        await request_plan(await make_territory(), LAST_ON, FIRST_ON, OPTIONS, ACTOR, QuietQueue())


@pytest.mark.slow
async def test_a_plan_is_solved_stored_and_left_alone_when_run_again() -> None:
    territory, watcher = await make_territory(), QuietWatcher()
    requested = await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    plan = await run_plan(requested.id, watcher)
    assert plan.state is PlanState.READY
    assert watcher.points
    assert [level["status"] for level in plan.levels] == ["optimal"] * 8
    kinds = [item.kind for item in await items_of(plan.id)]
    assert (kinds.count("permanence"), kinds.count("interview")) == (2, 3)
    assert read_problem(await plan_file(plan.id, "problem")).territory == "petite"
    assert (await run_plan(plan.id, QuietWatcher())).version == plan.version


@pytest.mark.slow
async def test_a_solve_that_is_ended_with_its_process_is_begun_again() -> None:
    territory = await make_territory()
    requested = await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    solving = asyncio.create_task(run_plan(requested.id, QuietWatcher()))
    while (await any_plan(requested.id)).state is PlanState.QUEUED:
        await asyncio.sleep(0.02)
    solving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await solving
    assert (await any_plan(requested.id)).state is PlanState.INTERRUPTED
    assert (await run_plan(requested.id, QuietWatcher())).state is PlanState.READY


async def test_a_published_month_keeps_its_identities_through_a_new_plan() -> None:
    territory = await make_territory()
    first = await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    second = await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert len(first.written.created) == len(second.written.unchanged)
    assert (second.written.created, second.written.changed, second.cancelled) == ((), (), ())
    assert second.superseded == (first.plan.id,)
    with pytest.raises(StepNotAllowed):
        await publish_plan(territory, first.plan.id, ACTOR)
    fixed = {one.key: one.status for one in await assignments_of(territory.id, Wanted(kinds=("interview",)))}
    assert fixed["interview:KM4821/fixed:1"] == "planned"
    assert fixed["interview:ZT1002/first:1"] == "to_confirm"


async def test_what_a_new_fact_makes_impossible_is_listed_and_nothing_is_published() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    away = Absence(
        code="away",
        staff="AR",
        starts_at=datetime(2026, 12, 7, tzinfo=UTC),
        ends_at=datetime(2026, 12, 12, tzinfo=UTC),
    )
    closed = Closure(code="works", site="gagny", from_on=FIRST_ON, until_on=LAST_ON)
    await add_fact(territory.id, away)
    await add_fact(territory.id, closed)
    with pytest.raises(DraftNoLongerHolds) as refusal:
        await publish_plan(territory, plan.id, ACTOR)
    lost = refusal.value.fields["lost"]
    assert isinstance(lost, list)
    assert "site_open" in {one["rule"] for one in lost if isinstance(one, dict)}
    assert await assignments_of(territory.id, Wanted()) == ()
    assert (await any_plan(plan.id)).state is PlanState.READY


async def test_a_partners_booking_made_since_keeps_its_permanence() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    draft = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    (permanence, _) = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    await take_place(
        territory.id,
        PlaceRequest(host_kind="permanence", host_id=permanence.id, slot=2, capacity=1, state="booked"),
    )
    day = next(on for on in (date(2026, 12, 9), date(2026, 12, 10)) if on != permanence.held_on)
    moved = await move_item(
        territory, draft.id, permanence.key, Move(on=day), version=draft.version, overrule=True
    )
    assert moved.item.assignment_id == permanence.id
    with pytest.raises(DraftNoLongerHolds) as refusal:
        await publish_plan(territory, draft.id, ACTOR)
    assert "booked" in str(refusal.value.fields["lost"])


async def test_a_preview_says_what_publishing_would_write_and_writes_nothing() -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    preview = await preview_publication(territory, plan.id)
    assert all(one.before is None for one in preview.differences)
    assert await assignments_of(territory.id, Wanted()) == ()
    await publish_plan(territory, plan.id, ACTOR)
    copy = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    assert (await preview_publication(territory, copy.id)).differences == ()


@pytest.mark.usefixtures("in_november")
async def test_what_is_called_off_today_frees_its_places_and_its_needs_wait_again() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    interview = next(
        one
        for one in await assignments_of(territory.id, Wanted(kinds=("interview",)))
        if one.need == "KM4821/fixed"
    )
    assert interview.host_id is not None
    displaced = await cancel_today(territory, interview.host_id, ACTOR, reason="absence")
    assert [one.participant for one in displaced if one.kind == "interview"].count("KM4821") >= 1
    standing = await places_taken([interview.host_id], now=datetime.now(UTC))
    assert standing == ()
    assert (await facts_of(territory.id)).pins == ()
    with pytest.raises(AlreadyOver):
        await cancel_today(territory, interview.host_id, ACTOR, reason="absence")
    replaced = await make_plan(territory)
    needs = {item.need_code for item in await items_of(replaced.id)}
    assert "KM4821/fixed" in needs


async def test_a_territory_that_knows_nothing_yet_has_an_empty_plan_to_publish() -> None:
    territory = await add_territory(
        code="vide", name="Vide", zone="Europe/Paris", departements=(), settings={}
    )
    plan = await make_plan(territory)
    assert (plan.state, await items_of(plan.id)) == (PlanState.READY, ())
    assert (await publish_plan(territory, plan.id, ACTOR)).plan.state is PlanState.PUBLISHED


async def test_a_month_where_everybody_is_absent_is_a_plan_with_reasons() -> None:
    territory = await make_territory()
    for code in ("AR", "NK"):
        away = {"starts_at": datetime(2026, 12, 1, tzinfo=UTC), "ends_at": datetime(2027, 1, 1, tzinfo=UTC)}
        await add_fact(territory.id, Absence(code=f"{code}-away", staff=code, **away))
    plan = await make_plan(territory)
    assert plan.state is PlanState.READY
    assert {item.need_code for item in await items_of(plan.id)} == {"KM4821/fixed", None}
    assert {one.need_code or one.cadence_code for one in await unplaced_of(plan.id)} == {
        "gagny-permanence",
        "KM4821/first",
        "ZT1002/first",
    }
    assert "availability" in {one["rule"] for one in plan.overruled}


async def test_a_queued_plan_is_cancelled_with_its_job_and_the_next_may_be_asked_for() -> None:
    territory = await make_territory()
    requested = await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    assert (await stop_plan(territory, requested.id, keep=True)).state is PlanState.CANCELLED
    job = await job_about(requested.id)
    assert job is not None
    assert job.state == "cancelled"
    with pytest.raises(StepNotAllowed):
        await stop_plan(territory, requested.id, keep=True)
    await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())


@pytest.mark.usefixtures("in_november")
async def test_a_withdrawn_version_has_nothing_ahead() -> None:
    territory = await make_territory()
    outcome = await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert (await withdraw_plan(territory, outcome.plan.id, ACTOR)).state is PlanState.WITHDRAWN
    assert {one.status for one in await assignments_of(territory.id, Wanted())} == {"cancelled"}


async def test_feeds_hold_what_is_published_and_no_reference() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    now = datetime.now(UTC)
    feeds = await read_feeds(territory.id, now)
    written = {one.kind + one.code: feeds.write(one, now) for one in feeds.subjects()}
    assert written["sitegagny"].events_count == 2
    assert written["territorypetite"].events_count >= 5
    assert not [name for name, feed in written.items() if b"KM4821" in feed.body]
    assert (await read_feeds(territory.id, now)).write(feeds.subjects()[0], now).body == written[
        "staffAR"
    ].body


async def test_a_plan_of_another_territory_is_not_there() -> None:
    here, elsewhere = await make_territory(), await make_territory("autre")
    plan = await make_plan(elsewhere)
    with pytest.raises(NotFoundError):
        await publish_plan(here, plan.id, ACTOR)


async def test_the_ledger_is_kept_for_whole_months_only(database: Engine) -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert (await facts_of(territory.id)).ledger == ()
    assert database.engine_type in ("sqlite", "postgres")
    options = msgspec.structs.replace(OPTIONS, seed=2)
    month = await request_plan(territory, date(2026, 12, 1), date(2026, 12, 31), options, ACTOR, QuietQueue())
    await run_plan(month.id, QuietWatcher(), solve_here)
    await publish_plan(territory, month.id, ACTOR)
    kept = (await facts_of(territory.id)).ledger
    permanences = {one.staff: one.balance_hundredths for one in kept if one.kind == "permanences"}
    assert sum(permanences.values()) == 0
    assert set(permanences) == {"AR", "NK"}


async def test_a_month_begun_from_scratch_counts_no_change_and_is_published_all_the_same() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    begun = await make_plan(territory, msgspec.structs.replace(OPTIONS, from_scratch=True))
    problem = read_problem(await plan_file(begun.id, "problem"))
    assert problem.published is not None
    assert problem.published.permanences == ()
    assert next(one["value"] for one in begun.levels if one["name"] == "changes") == 0
    outcome = await publish_plan(territory, begun.id, ACTOR)
    assert outcome.plan.state is PlanState.PUBLISHED
