"""A problem with the pins of a draft that work goes on from, and what of them the facts of now forbid."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.plan_items import items_of
from db.queries.plans import any_plan, plan_file
from db.records.plan import Plan, PlanItem
from planner.problem import Pin, Problem
from planner.problem_file import read_problem
from service.actions import read_version
from service.translate.kept_pins import KeptPins, PinsRead, keeping_pins
from service.translate.lifted_pins import lifted_pins, without_pins

PINS = "pins"
"""The plan file of what became of the pins of a draft."""


async def read_pins(problem: Problem, pins_of: UUID | None) -> KeptPins:
    """`pins_of` null: no draft."""
    if pins_of is None:
        return KeptPins(problem, ())
    draft, held = await any_plan(pins_of), await items_of(pins_of)
    before, lifted = await stored_problem(pins_of), await lifted_in(draft, held)
    kept = await asyncio.to_thread(keeping_pins, without_pins(problem, lifted), held, before)
    return kept._replace(lifted=lifted)


async def lifted_in(draft: Plan, held: Collection[PlanItem]) -> tuple[Pin, ...]:
    """Pins that a hand lifted in a draft or in those that it went on from."""
    before = await _made_from(draft)
    own = lifted_pins(before, held, draft.covers) if before else ()
    return (*(await pins_read(draft.id)).lifted, *own)


async def _made_from(plan: Plan) -> Problem | None:
    """From memory once it was read: a page asks for it each time it shows the draft."""
    with suppress(NotFoundError):
        return await read_version.stored_problem(plan) if plan.problem_sha256 else None
    return None


async def pins_read(plan_id: UUID) -> PinsRead:
    """What became of the pins of the draft that a computation went on from; nothing where there was none."""
    try:
        return msgspec.json.decode(await plan_file(plan_id, PINS), type=PinsRead)
    except NotFoundError:
        return PinsRead()


async def stored_problem(plan_id: UUID) -> Problem | None:
    """The problem that a plan was made from; None before it is made, and once it is no longer kept."""
    try:
        written = await plan_file(plan_id, "problem")
    except NotFoundError:
        return None
    return await asyncio.to_thread(read_problem, written)
