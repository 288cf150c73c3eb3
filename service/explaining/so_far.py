"""The best plan of a computation that still goes on, as it was kept a few seconds ago."""

import asyncio
from typing import NamedTuple

import msgspec

from db.errors import NotFoundError
from db.queries.plans import plan_file
from db.records.plan import Plan
from db.states import ACTIVE_PLANS
from planner.audit import audit
from planner.errors import PlanError
from planner.plan import Plan as MadePlan
from planner.problem import Problem
from planner.problem_file import read_plan
from service.actions.read_pins import stored_problem
from service.actions.run_plan import SO_FAR
from service.explaining.contents import left_out_now


class SoFar(NamedTuple):
    """What the computation was given, and a plan that breaks no rule; why it leaves something out is not examined."""

    problem: Problem
    plan: MadePlan


async def read_so_far(plan: Plan) -> SoFar | None:
    """None before the first complete plan, and once the computation is over."""
    problem = await stored_problem(plan.id) if plan.state in ACTIVE_PLANS else None
    if problem is None:
        return None
    try:
        written = await plan_file(plan.id, SO_FAR)
    except NotFoundError:
        return None
    return await asyncio.to_thread(_checked, problem, written)


def _checked(problem: Problem, written: bytes) -> SoFar | None:
    """None as well where the plan is of the computation's first attempt, and the problem already of the next."""
    try:
        made = read_plan(written, problem)
    except PlanError:
        return None
    report = audit(problem, made)
    if not report.is_clean:
        return None
    overruled = tuple(msgspec.json.decode(report.to_json())["overruled"])
    told = left_out_now(problem, made, why="not_examined")
    return SoFar(problem, msgspec.structs.replace(told, overruled=overruled))
