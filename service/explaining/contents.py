"""What a version holds and leaves out, counted anew where it was edited by hand."""

import asyncio
from uuid import UUID

import msgspec

from db.queries.plan_items import unplaced_of
from db.records.plan import Plan as PlanRecord
from db.records.plan import UnplacedItem
from db.states import EDITABLE_PLANS
from planner.plan import Level, Plan, Reason, Unplaced
from planner.plan_view import PlanView
from planner.problem import Problem
from planner.territory import Territory
from planner.why_not import left_out_of, missing
from service.actions.edit_draft import read_steps
from service.actions.read_version import Version, read_version
from service.kept_for import KeptFor
from service.translate.plan_rows import plan_from

MOST = 8
counted: KeptFor[UUID, Plan] = KeptFor(MOST)


async def plan_contents(record: PlanRecord) -> Plan:
    """A version as the planner's struct: edited items, what they leave out, levels."""
    return await contents_of(record, await read_version(record))


async def contents_of(record: PlanRecord, version: Version, *, edited: bool = False) -> Plan:
    """The same of a version that was read already; `edited`: it holds other things than when it was stored."""
    left = tuple(_unplaced(one) for one in await unplaced_of(record.id))
    levels = tuple(msgspec.convert(level, Level) for level in record.levels)
    stored = msgspec.structs.replace(
        plan_from(version.items), unplaced=left, levels=levels, overruled=record.overruled
    )
    if version.problem is None or not (edited or await _may_differ(record)):
        return stored
    return await asyncio.to_thread(_counted_once, record.id, version.problem, stored)


def _counted_once(version: UUID, problem: Problem, stored: Plan) -> Plan:
    """From memory while neither the rows nor the problem are others: each view of a draft asks anew."""
    return counted.of(version, (problem, stored), lambda: left_out_now(problem, stored))


async def _may_differ(record: PlanRecord) -> bool:
    """Whether it may leave out other things than when it was solved."""
    return record.state in EDITABLE_PLANS or bool(await read_steps(record.id))


def left_out_now(problem: Problem, plan: Plan, why: str = "taken_off") -> Plan:
    """A draft that was edited by hand leaves out other things than when it was made: counted anew.

    `why`: the code of the reason of what it did not leave out before.

    One that holds what the facts no longer know is left as it is: publishing it says so.
    """
    needs, cadences = ({one.id for one in some} for some in (problem.interviews, problem.cadences))
    if any(one.need not in needs for one in plan.interviews) or any(
        one.cadence not in cadences for one in plan.permanences
    ):
        return plan
    view = PlanView(Territory(problem), plan)
    known = {(one.need, one.cadence, one.promotion, one.sequence): one for one in plan.unplaced}
    now = {}
    for wanted in left_out_of(view):
        key = (wanted.need, wanted.cadence, wanted.promotion, wanted.sequence)
        stored = known.get(key) or Unplaced(
            reason=Reason(code=why),
            need=wanted.need,
            cadence=wanted.cadence,
            promotion=wanted.promotion,
            sequence=wanted.sequence,
        )
        now[key] = msgspec.structs.replace(stored, count=missing(view, wanted)[1])
    ordered = [*(key for key in known if key in now), *(key for key in now if key not in known)]
    return msgspec.structs.replace(plan, unplaced=tuple(now[key] for key in ordered))


def _unplaced(one: UnplacedItem) -> Unplaced:
    return Unplaced(
        reason=Reason(code=one.reason_code, facts=one.reason_facts),
        count=one.left_count,
        need=one.need_code,
        cadence=one.cadence_code,
        promotion=one.promotion_code,
        sequence=one.sequence_code,
    )
