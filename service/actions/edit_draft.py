"""Edit a draft by hand: one undoable step, checked against the version that was read, levels recounted."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.errors import NotFoundError, StaleVersionError
from db.queries.plan_items import edit_items, items_of, set_figures, store_result, unplaced_of
from db.queries.plans import add_draft, plan_by_id, plan_file, store_plan_file
from db.records.plan import NewPlan, Plan, PlanItem, PlanResult
from db.records.territory import Territory
from db.states import EDITABLE_PLANS, PlanState
from db.transaction import in_transaction
from planner.audit import Auditor, AuditReport
from planner.plan import Plan as MadePlan
from planner.problem_file import problem_sha256, write_problem
from service.actions.earlier_hands import keep_earlier_hands, read_earlier_hands
from service.actions.read_computed import read_computed
from service.actions.read_version import Draft, Version, published_items, read_draft, read_version
from service.catalogue import text
from service.errors import Detail, StaleVersion, StepNotAllowed
from service.translate.covering import is_left_alone
from service.translate.decided import Decision, decided_after
from service.translate.plan_rows import plan_from
from service.translate.recount import breaches_of, goes_against, recounted, still_proved
from service.translate.still_known import still_known

MOST_STEPS = 20
UNDO = "undo"


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One change in words, with the rows it puts and the keys it drops; `by` is its author: a code of the team, else a name or a role in words.

    `version` is the draft's before the change: what a page of that version has not seen yet. `levels` are
    the draft's before it, with what was proved of them, `overruled` what was decided by then; null is not told. `act` tells it apart from all others, so that it is
    known again when it is sent a second time; empty where nobody would.
    """

    words: str
    put: tuple[PlanItem, ...] = ()
    drop: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    version: int = 0
    levels: tuple[dict[str, Any], ...] = ()
    overruled: tuple[Decision, ...] | None = None
    act: str = ""


async def edit_draft(territory: Territory, plan_id: UUID, edit: Edit, *, version: int | None) -> Plan:
    """The draft after the edit; `version` null: whatever it is by now.

    Raises `StaleVersion` when it was changed since it was read, `StepNotAllowed`.
    """

    async def work() -> Plan:
        plan = await _editable(territory, plan_id)
        read = plan.version if version is None else version
        at, before = edit.at or datetime.now(UTC), await read_version(plan)
        kept = msgspec.structs.replace(
            edit, version=read, at=at, levels=plan.levels, overruled=plan.overruled
        )
        _must_be_promised(plan, before.items, edit)
        back = _inverse(await items_of(plan_id), kept)
        await _recount(await _change(plan_id, edit, read), before)
        steps = [*await read_steps(plan_id), back]
        await keep_earlier_hands(plan_id, authors(steps[:-MOST_STEPS]))
        await store_plan_file(plan_id, UNDO, msgspec.json.encode(steps[-MOST_STEPS:]))
        return await plan_by_id(territory.id, plan_id)

    return await in_transaction(work, territory_id=territory.id)


async def undo_edit(territory: Territory, plan_id: UUID, *, version: int | None) -> Plan:
    """The draft as before its last edit; unchanged when there is none. Raises `StaleVersion`, `StepNotAllowed`."""

    async def work() -> Plan:
        plan = await _editable(territory, plan_id)
        steps = await read_steps(plan_id)
        if not steps:
            return plan
        *_, back = steps
        await _change(plan_id, back, plan.version if version is None else version)
        overruled = plan.overruled if back.overruled is None else back.overruled
        await set_figures(plan_id, levels=list(back.levels), overruled=list(overruled))
        await store_plan_file(plan_id, UNDO, msgspec.json.encode(steps[:-1]))
        return await plan_by_id(territory.id, plan_id)

    return await in_transaction(work, territory_id=territory.id)


async def read_steps(plan_id: UUID) -> list[Edit]:
    """What can be undone, the oldest first."""
    try:
        return msgspec.json.decode(await plan_file(plan_id, UNDO), type=list[Edit])
    except NotFoundError:
        return []


async def is_untouched(draft: Plan, began_with: Iterable[PlanItem]) -> bool:
    """Whether a draft holds what it began with, and nothing is left to undo: of many edits only the last are kept."""
    rows = frozenset(await items_of(draft.id))
    return rows == frozenset(began_with) and not await read_steps(draft.id)


def authors(steps: Iterable[Edit]) -> dict[str, str]:
    """Who touched each thing last, by key, as edits are signed."""
    return {key: step.by for step in steps for key in (*step.drop, *(row.key for row in step.put))}


async def read_hands(plan_id: UUID) -> dict[str, str]:
    """Who touched each thing of a draft last, by key, however long ago, as edits are signed."""
    return {**await read_earlier_hands(plan_id), **authors(await read_steps(plan_id))}


def put_by_hand(items: Iterable[PlanItem], steps: Iterable[Edit]) -> dict[str, datetime]:
    """When a hand last put each item where it was not before, by key; as far back as can be undone."""
    on = {item.key: item.held_on for item in items}
    found: dict[str, datetime] = {}
    for step in steps:
        moved = (row.key for row in step.put if on.get(row.key, row.held_on) != row.held_on)
        if step.at is not None:
            found |= dict.fromkeys((*step.drop, *moved), step.at)
    return found


async def read_copy(plan: Plan) -> Draft:
    """What a draft that begins as a version holds, on the facts of this moment.

    What is published is copied as it stands by now; of an earlier version comes back what the facts still ask for.
    """
    copied = await read_draft(msgspec.structs.replace(plan, options={}), datetime.now(UTC))
    if plan.state is PlanState.PUBLISHED:
        return msgspec.structs.replace(copied, items=published_items(copied))
    return msgspec.structs.replace(copied, items=still_known(copied.items, copied.translated.problem))


async def copy_to_draft(territory: Territory, plan: Plan) -> Plan:
    """A draft that begins as a version, whatever other draft there is."""

    async def work() -> Plan:
        copied = await read_copy(plan)
        facts, problem = copied.snapshot.facts.territory, write_problem(copied.translated.problem)
        draft = await add_draft(territory.id, _like(plan, facts))
        await store_plan_file(draft.id, "problem", problem)
        result = PlanResult(
            items=copied.items,
            unplaced=await unplaced_of(plan.id),
            levels=plan.levels,
            overruled=plan.overruled,
            figures=plan.figures,
            problem_sha256=problem_sha256(problem),
        )
        await store_result(draft.id, result)
        draft = await plan_by_id(territory.id, draft.id)
        await _recount(draft, await read_version(draft))
        return await plan_by_id(territory.id, draft.id)

    return await in_transaction(work, territory_id=territory.id)


def _like(plan: Plan, territory: Territory) -> NewPlan:
    return NewPlan(
        first_on=plan.first_on,
        last_on=plan.last_on,
        origin="copy",
        covers=plan.covers,
        facts_revision=territory.facts_revision,
        base_revision=territory.published_revision,
        made_from=plan.id,
    )


async def _editable(territory: Territory, plan_id: UUID) -> Plan:
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in EDITABLE_PLANS:
        raise StepNotAllowed("Seul un brouillon se modifie.")
    return plan


def _must_be_promised(plan: Plan, items: tuple[PlanItem, ...], edit: Edit) -> None:
    """Raises `StepNotAllowed` where an edit touches what the version leaves as it is published."""
    kinds = {item.kind for item in edit.put} | {item.kind for item in items if item.key in edit.drop}
    if any(is_left_alone(plan.covers, kind) for kind in kinds):
        raise StepNotAllowed(text("Cette version laisse permanences ou séances comme elles sont publiées."))


def _inverse(items: tuple[PlanItem, ...], edit: Edit) -> Edit:
    """What takes the edit back: the rows it replaces or drops, and the keys it adds."""
    before = {item.key: item for item in items}
    touched = [*edit.drop, *(item.key for item in edit.put)]
    return msgspec.structs.replace(
        edit,
        put=tuple(before[key] for key in dict.fromkeys(touched) if key in before),
        drop=tuple(item.key for item in edit.put if item.key not in before),
    )


async def must_be_at(plan: Plan, version: int | None) -> None:
    """Raises `StaleVersion` with what others `changed` since that version; null is any."""
    if version not in (None, plan.version):
        raise await _stale(plan.id, plan.version, version or 0)


async def _stale(plan_id: UUID, present: int, read: int) -> StaleVersion:
    changed = await _changed_since(plan_id, read)
    return StaleVersion(text("Ce brouillon a été changé entre-temps."), version=present, changed=changed)


async def _change(plan_id: UUID, edit: Edit, version: int) -> Plan:
    try:
        return await edit_items(plan_id, version=version, put=edit.put, drop=edit.drop)
    except StaleVersionError as error:
        raise await _stale(plan_id, error.found, version) from error


async def _changed_since(plan_id: UUID, version: int) -> list[Detail]:
    """Each thing that others edited since a version, as it is now; null is gone. At most the last twenty edits."""
    present = {item.key: item for item in await items_of(plan_id)}
    steps = [step for step in await read_steps(plan_id) if step.version >= version]
    keys = dict.fromkeys(key for step in steps for key in (*step.drop, *(item.key for item in step.put)))
    return [{"field": key, "theirs": msgspec.to_builtins(present.get(key))} for key in keys]


async def _recount(plan: Plan, before: Version) -> None:
    """Levels and decisions after an edit; what is worth as much as what was computed is proved as well."""
    report, was = await asyncio.to_thread(_both_judged, await read_version(plan), before)
    computed = await read_computed(plan)
    made = computed.plan if computed is not None and computed.plan is not None else MadePlan()
    supposes = goes_against(report, made.overruled)
    levels = still_proved(made.levels, report) or recounted(plan.levels, report, supposes=supposes)
    overruled = decided_after(plan.overruled, breaches_of(was), breaches_of(report))
    await set_figures(plan.id, levels=levels, overruled=overruled)


def _both_judged(version: Version, before: Version) -> tuple[AuditReport, AuditReport]:
    """Computes: call it in a thread, where it keeps no other request waiting."""
    return _judged(version), _judged(before)


def _judged(version: Version) -> AuditReport:
    assert version.problem is not None
    return Auditor(version.problem).audit(plan_from(version.items))
