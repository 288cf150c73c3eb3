"""Publish a draft: lock, audit on the facts of this moment, compare with what was booked, write, supersede."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.errors import AlreadyThereError, NotFoundError, PlaceTakenError, RefusedError
from db.queries.assignment_writing import content_of, write_assignments
from db.queries.fact_storing import store_facts
from db.queries.ledger import store_ledger_month
from db.queries.pin_storing import add_pins, release_pin
from db.queries.plan_items import edit_items, items_of, set_figures
from db.queries.plans import plan_by_id, plans_of, step_plan, store_plan_file
from db.queries.trail import note
from db.records.assignment import Write, Written
from db.records.facts import FactSet
from db.records.plan import Plan
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.states import EDITABLE_PLANS, PlanState
from db.transaction import in_transaction
from planner.problem_file import write_problem
from service.actions.actor import Actor
from service.actions.edit_draft import must_be_at, put_by_hand, read_steps
from service.actions.publish_places import give_back_places, take_published_places
from service.actions.read_pins import lifted_in
from service.actions.read_version import Draft, read_draft
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.errors import DraftNoLongerHolds, StepNotAllowed
from service.translate.called_off import brought_back, lost_again
from service.translate.cancelled import cancelled_content
from service.translate.contents import Publication
from service.translate.covering import covers, is_left_alone, is_within
from service.translate.decided import decisions, not_decided
from service.translate.draft import DraftCheck, Lost, check_draft, hand_pins
from service.translate.ledger_rows import COUNTED_BY, counted_by, ledger_months
from service.translate.lifted_pins import key_of, without_pins
from service.translate.need_rows import need_rows
from service.translate.oriented import follow_hosts
from service.translate.plan_rows import plan_from

SILENT = "published_silently"
"""Option of a version about which nobody of the team was to be mailed."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The published version, what it wrote and cancelled, and the earlier versions that it replaces."""

    plan: Plan
    written: Written
    cancelled: tuple[UUID, ...] = ()
    superseded: tuple[UUID, ...] = ()


async def publish_plan(
    territory: Territory, plan_id: UUID, actor: Actor, *, silently: bool = False, version: int | None = None
) -> Outcome:
    """Publishes a draft or ready plan; `silently`: the team is not mailed, and the trail says so.

    Raises `DraftNoLongerHolds` with the list, `StepNotAllowed`, `NotFoundError`, `StaleVersion` when a `version`
    is given and it is another by now.
    """

    async def work() -> Outcome:
        await must_be_at(await plan_by_id(territory.id, plan_id), version)
        return await _publish(territory, plan_id, actor, silently=silently)

    try:
        return await in_transaction(work, territory_id=territory.id)
    except PlaceTakenError as error:
        raise _lost(
            [Lost(rule="interview_capacity", about=str(error.host_id), text="place_taken")]
        ) from error
    except (RefusedError, AlreadyThereError) as error:
        raise _lost([Lost(rule="one_place_at_a_time", about="", text="claimed")]) from error


def _lost(lost: Iterable[Lost]) -> DraftNoLongerHolds:
    return DraftNoLongerHolds(lost=[msgspec.to_builtins(one) for one in lost])


async def _publish(territory: Territory, plan_id: UUID, actor: Actor, *, silently: bool) -> Outcome:
    now = datetime.now(UTC)
    work = await read_publishing(territory, plan_id, now)
    check = check_draft(work.translated.problem, work.items)
    lost = await no_longer_holds(work, check)
    if lost:
        raise _lost(lost)
    await _keep_needs(territory, work)
    writes = with_decisions(draft_writes(work), work, check)
    gone = vanished(work, writes)
    hosts = {one.id: one for one in work.snapshot.assignments if one.kind == "permanence"}
    followed = follow_hosts(work.snapshot.oriented, hosts, writes)
    written = await _write(territory, work, [*writes, *gone, *followed], actor, now)
    await _keep_ledger(territory, work)
    await _keep_pins(territory, work, now)
    superseded = await _supersede(territory, work.plan)
    await _keep_identities(work, writes)
    await _note_figures(plan_id, check)
    values: dict[str, Any] = {"published_at": now, "published_by": actor.account_id}
    if silently:
        values["options"] = {**work.plan.options, SILENT: True}
    plan = await step_plan(plan_id, work.plan.state, PlanState.PUBLISHED, **values)
    await note(_trail(territory, plan, actor, now))
    cancelled = tuple(one.id for one in gone)
    return Outcome(plan=plan, written=written, cancelled=cancelled, superseded=superseded)


async def read_publishing(territory: Territory, plan_id: UUID, now: datetime) -> Draft:
    """A draft and all that it is judged by. Raises `NotFoundError`, `StepNotAllowed`."""
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in EDITABLE_PLANS:
        raise StepNotAllowed(f"état : {plan.state.value}")
    if plan.origin == SCENARIO:
        raise StepNotAllowed(text("Un scénario ne se publie pas : changez les faits, puis recalculez."))
    draft = await read_draft(plan, now)
    lifted = await lifted_in(plan, draft.items)
    problem = without_pins(draft.translated.problem, lifted)
    translated = msgspec.structs.replace(draft.translated, problem=problem)
    return msgspec.structs.replace(draft, translated=translated, lifted=lifted)


async def no_longer_holds(work: Draft, check: DraftCheck) -> tuple[Lost, ...]:
    """Rules that nobody overruled in the draft, and what was called off since it was made."""
    by_hand = put_by_hand(work.items, await read_steps(work.plan.id))
    called_off = brought_back(work.plan, work.items, work.snapshot.assignments, by_hand)
    return (*not_decided(check.lost, work.plan.overruled), *map(lost_again, called_off))


async def _keep_needs(territory: Territory, work: Draft) -> None:
    """The needs that the draft's items are for get rows of their own."""
    missing = need_rows(work.snapshot.facts, work.translated.problem, work.items)
    if missing:
        await store_facts(territory.id, FactSet(needs=missing))


async def _keep_pins(territory: Territory, work: Draft, now: datetime) -> None:
    """What a hand pinned stays so; what it moved is pinned where it is now, what it took off nowhere."""
    for pin in work.lifted:
        with suppress(NotFoundError):
            await release_pin(territory.id, key_of(pin), at=now)
    await add_pins(territory.id, hand_pins(work.items, work.translated.problem))


async def _keep_ledger(territory: Territory, work: Draft) -> None:
    """The balances of each whole month, and the facts they are counted by, which may change later."""
    problem = work.translated.problem
    months = list(ledger_months(problem, plan_from(work.items)))
    for month_on, entries in months:
        await store_ledger_month(territory.id, month_on, entries)
    if months:
        await store_plan_file(work.plan.id, COUNTED_BY, write_problem(counted_by(problem)))


def draft_writes(work: Draft) -> list[Write]:
    """One write an item; what the version leaves alone stays to the letter, hours and places included."""
    before = {one.id: content_of(one) for one in work.snapshot.assignments}
    return [
        msgspec.structs.replace(write, content=before[write.id])
        if is_left_alone(work.plan.covers, write.content.kind)
        else write
        for write in Publication(work.snapshot.facts, work.translated).writes(work.items)
    ]


def with_decisions(writes: Iterable[Write], work: Draft, check: DraftCheck) -> list[Write]:
    """Each write with the rules that it breaks because somebody wanted it."""
    if check.report is None:
        return list(writes)
    decided = decisions(work.items, check.report, work.translated.problem)
    return [msgspec.structs.replace(write, overruled=decided.get(write.content.key, ())) for write in writes]


def vanished(work: Draft, writes: Iterable[Write]) -> list[Write]:
    """What is published in the horizon and not in the draft: cancelled by us, its identity kept."""
    kept = {write.id for write in writes}
    return [
        Write(id=one.id, content=cancelled_content(one, by="us"), what="dropped")
        for one in work.snapshot.assignments
        if work.plan.first_on <= one.held_on <= work.plan.last_on
        and one.status != "cancelled"
        and one.id not in kept
        and covers(work.plan.covers, one.kind)
    ]


async def _write(
    territory: Territory, work: Draft, writes: list[Write], actor: Actor, now: datetime
) -> Written:
    """Places are given back before and taken after, so that two interviews may change places."""
    moving = await give_back_places(work.snapshot.assignments, writes, now)
    written = await write_assignments(territory.id, writes, actor.author(now, work.plan.id))
    touched = {*written.created, *written.changed}
    await take_published_places(territory, work.translated, writes, touched, moving, now)
    return written


async def _supersede(territory: Territory, plan: Plan) -> tuple[UUID, ...]:
    """Earlier versions whose dates, and kinds, lie within those of this one."""
    earlier = await plans_of(
        territory.id, touching=(plan.first_on, plan.last_on), states=(PlanState.PUBLISHED,)
    )
    replaced = [
        one
        for one in earlier
        if plan.first_on <= one.first_on
        and one.last_on <= plan.last_on
        and is_within(one.covers, plan.covers)
    ]
    for one in replaced:
        await step_plan(one.id, PlanState.PUBLISHED, PlanState.SUPERSEDED)
    return tuple(one.id for one in replaced)


async def _keep_identities(work: Draft, writes: Iterable[Write]) -> None:
    """A copy of this version, moved by hand, must still know what it moves."""
    ids = {write.content.key: write.id for write in writes}
    items = [
        msgspec.structs.replace(item, assignment_id=item.assignment_id or ids[item.key])
        for item in work.items
    ]
    gone = {item.key for item in await items_of(work.plan.id)} - {item.key for item in items}
    await edit_items(work.plan.id, version=work.plan.version, put=tuple(items), drop=tuple(gone))


async def _note_figures(plan_id: UUID, check: DraftCheck) -> None:
    if check.report is not None:
        decoded = msgspec.json.decode(check.report.to_json())
        await set_figures(plan_id, overruled=[*decoded["violations"], *decoded["overruled"]])


def _trail(territory: Territory, plan: Plan, actor: Actor, now: datetime) -> TrailEntry:
    return TrailEntry(
        at=now,
        action="publish_silently" if plan.options.get(SILENT) else "publish_plan",
        territory_id=territory.id,
        actor_id=actor.account_id,
        actor_label=actor.label,
        about_kind="plan",
        about_ref=str(plan.id),
    )
