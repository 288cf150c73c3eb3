"""A problem with the pins of a draft that work goes on from, and what of them the facts of now forbid."""

import asyncio
from uuid import UUID

from db.errors import NotFoundError
from db.queries.plan_items import items_of
from db.queries.plans import plan_file
from planner.problem import Problem
from planner.problem_file import read_problem
from service.translate.kept_pins import KeptPins, keeping_pins


async def read_pins(problem: Problem, pins_of: UUID | None) -> KeptPins:
    """`pins_of` null: no draft."""
    held = await items_of(pins_of) if pins_of else ()
    if pins_of is None or not any(item.pinned for item in held):
        return KeptPins(problem, ())
    before = await stored_problem(pins_of)
    return await asyncio.to_thread(keeping_pins, problem, held, before)


async def stored_problem(plan_id: UUID) -> Problem | None:
    """The problem that a plan was made from; None before it is made, and once it is no longer kept."""
    try:
        written = await plan_file(plan_id, "problem")
    except NotFoundError:
        return None
    return await asyncio.to_thread(read_problem, written)
