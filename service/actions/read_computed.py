"""The computation that a version goes back to, through copies and moves of the day: its facts, its plan, its proof."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from db.errors import NotFoundError
from db.queries.plans import plan_by_id, plan_file
from db.records.plan import Plan, PlanItem
from planner.plan import Plan as MadePlan
from planner.problem import Problem
from planner.problem_file import read_plan
from service.actions.read_version import stored_problem
from service.translate.called_off import FACTS_AT
from service.translate.plan_rows import plan_from

MOST = 64
_plans: OrderedDict[tuple[UUID, str], MadePlan | None] = OrderedDict()


class Computed(NamedTuple):
    """What the version was made on; `plan` null where no planner made it, or where that is no longer kept."""

    record: Plan
    problem: Problem
    plan: MadePlan | None

    @property
    def read_at(self) -> datetime:
        """When its facts were read."""
        return read_at(self.record)

    def is_of(self, items: Iterable[PlanItem]) -> bool:
        """Whether rows hold exactly what was computed: whatever was done by hand was taken back by hand."""
        return self.plan is not None and _contents(plan_from(items)) == _contents(self.plan)


async def read_computed(version: Plan, known: Iterable[Plan] = ()) -> Computed | None:
    """`known` were read already. None while nothing is computed, and once its problem is no longer kept."""
    record = await computed_record(version, known)
    if record.problem_sha256 is None:
        return None
    problem = await stored_problem(record)
    return Computed(record, problem, await _made(record, problem))


def read_at(record: Plan) -> datetime:
    """When the facts of a computation were read."""
    told = record.figures.get(FACTS_AT)
    return datetime.fromisoformat(told) if told else record.created_at


async def computed_record(version: Plan, known: Iterable[Plan] = ()) -> Plan:
    """The version that was solved, its problem kept or not; the first copy where none was."""
    read = {one.id: one for one in known}
    while version.solved_at is None and version.made_from is not None:
        before = version.made_from
        version = read.get(before) or await plan_by_id(version.territory_id, before)
    return version


async def _made(record: Plan, problem: Problem) -> MadePlan | None:
    """What the planner made; its file never changes under one checksum of the problem."""
    if record.solved_at is None:
        return None
    key = (record.id, record.problem_sha256 or "")
    if key not in _plans:
        try:
            written = await plan_file(record.id, "plan")
        except NotFoundError:
            return None
        _plans[key] = await asyncio.to_thread(read_plan, written, problem)
        while len(_plans) > MOST:
            _plans.popitem(last=False)
    return _plans[key]


def _contents(plan: MadePlan) -> tuple[frozenset[object], ...]:
    """Who is where and when; in which order people are named, and how things are numbered, tells nothing."""
    return (
        frozenset(replace(one, staff=tuple(sorted(one.staff))) for one in plan.permanences),
        frozenset(replace(one, staff=tuple(sorted(one.staff)), number=None) for one in plan.sessions),
        frozenset(plan.office),
        frozenset(replace(one, number=1) for one in plan.interviews),
    )
