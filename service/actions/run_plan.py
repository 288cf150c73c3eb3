"""Solve a requested plan: snapshot, problem, child process, audit, rows. Run again it changes nothing.

Whatever it writes it writes while it holds its job: of two processes that both believe to solve a
plan, only the later one does.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

import msgspec
import structlog

from db.errors import PassingError
from db.queries.facts import all_facts
from db.queries.jobs import job_about
from db.queries.plan_items import store_result
from db.queries.plans import any_plan, drop_plan_file, step_plan, store_plan_file
from db.records.participant import Participant
from db.records.plan import Plan
from db.states import ACTIVE_PLANS, PlanState
from db.transaction import in_transaction
from planner.audit import audit
from planner.from_scratch import from_scratch
from planner.plan import Plan as MadePlan
from planner.problem import Problem
from planner.problem_file import problem_sha256, write_plan, write_problem
from planner.supposed import changed
from service.actions.read_pins import PINS, read_pins
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import RunOptions
from service.actions.stop_plan import drop_waiting
from service.edge.metrics import SOLVE_SECONDS, SOLVES
from service.errors import ServiceError
from service.jobs.solver_messages import CurvePoint, SolveOptions
from service.jobs.solver_process import solve_in_process
from service.translate.called_off import FACTS_AT
from service.translate.covering import covering
from service.translate.kept_pins import FREED_PINS, PinsRead
from service.translate.plan_rows import plan_result
from service.translate.problem import Translated, translate

log = structlog.get_logger(__name__)
REPORT_SECONDS = 0.3
SO_FAR = "so_far"
"""The kind of the file that holds the best plan of a computation that goes on."""


class Watcher(Protocol):
    """Who follows a solve: may ask it to stop, is told how it goes."""

    stop_asked: asyncio.Event

    async def report(self, progress: object) -> None: ...

    async def hold(self) -> None:
        """Called first in each transaction that writes; raises when somebody else solves the plan by now."""


class BrokenPlan(ServiceError):
    """Our bug: the solver's plan breaks a rule that the audit knows."""

    status = 500
    code = "broken-plan"
    title = "Le planning calculé ne respecte pas toutes les règles ; il n’est pas montré"


class Solved(msgspec.Struct, frozen=True, kw_only=True):
    """What a solve gave: the plan, its files, how long it took."""

    plan: MadePlan
    seconds: float
    curve: tuple[CurvePoint, ...]


class Solver(Protocol):
    """Solves a problem given as JSON: in a process of its own, if nobody says otherwise."""

    async def __call__(
        self,
        problem: bytes,
        options: SolveOptions,
        *,
        stop_asked: asyncio.Event,
        on_point: Callable[[CurvePoint], Awaitable[None]],
    ) -> MadePlan | None: ...


async def run_plan(plan_id: UUID, watcher: Watcher, solver: Solver = solve_in_process) -> Plan:
    """The plan `ready`, or `cancelled` when stopped before there was one; a finished plan is left alone.

    Raises `BrokenPlan`, `SolveFailed`: the plan is `failed` then. When cancelled, or when the database
    is away, it leaves the plan `cancelled` if somebody asked for that, else `interrupted`.
    """
    try:
        plan = await in_transaction(lambda: _claim(plan_id, watcher))
        if plan.state is not PlanState.SOLVING:
            return plan
        return await _solved_or_failed(plan, watcher, solver)
    except (asyncio.CancelledError, PassingError):
        # The claim may have been committed before its end was heard of.
        await in_transaction(lambda: _leave(plan_id, watcher))
        raise


async def _solved_or_failed(plan: Plan, watcher: Watcher, solver: Solver) -> Plan:
    try:
        return await _solve_and_store(plan, watcher, solver)
    except PassingError:
        raise
    except Exception as error:
        code = error.code if isinstance(error, ServiceError) else type(error).__name__
        await in_transaction(lambda: _step(plan.id, watcher, PlanState.FAILED, error=code))
        SOLVES.labels("failed").inc()
        raise


async def _step(plan_id: UUID, watcher: Watcher, after: PlanState, **values: object) -> Plan:
    await watcher.hold()
    await drop_plan_file(plan_id, SO_FAR)
    return await step_plan(plan_id, PlanState.SOLVING, after, **values)


async def _leave(plan_id: UUID, watcher: Watcher) -> None:
    """Somebody asked to drop the plan, or only the process that solves it ends. One that is over stays so."""
    await watcher.hold()
    plan, job = await any_plan(plan_id), await job_about(plan_id)
    unwanted = job is not None and job.stop_asked == "cancel"
    if plan.state is PlanState.SOLVING:
        await _step(plan_id, watcher, PlanState.CANCELLED if unwanted else PlanState.INTERRUPTED)
    elif unwanted and plan.state in ACTIVE_PLANS:
        await drop_waiting(plan)


async def _claim(plan_id: UUID, watcher: Watcher) -> Plan:
    """Marks the plan as being solved; one that a dead process left is begun again."""
    await watcher.hold()
    plan = await any_plan(plan_id)
    if plan.state is PlanState.SOLVING:
        plan = await step_plan(plan.id, PlanState.SOLVING, PlanState.INTERRUPTED)
    if plan.state is PlanState.INTERRUPTED:
        plan = await step_plan(plan.id, PlanState.INTERRUPTED, PlanState.QUEUED)
    if plan.state is PlanState.QUEUED:
        plan = await step_plan(plan.id, PlanState.QUEUED, PlanState.SOLVING)
    return plan


async def _solve_and_store(plan: Plan, watcher: Watcher, solver: Solver) -> Plan:
    options = msgspec.convert(plan.options, RunOptions)
    facts_at = datetime.now(UTC)
    translated, revisions, pins = await _translated(plan, options, facts_at)
    problem = write_problem(translated.problem)

    async def keep() -> bool:
        await watcher.hold()
        await drop_plan_file(plan.id, SO_FAR)
        erased = await _names_somebody_erased(plan, translated)
        if not erased:
            await store_plan_file(plan.id, "problem", problem)
            await store_plan_file(plan.id, PINS, msgspec.json.encode(pins))
        return not erased

    if not await in_transaction(keep, territory_id=plan.territory_id):
        return await _solve_and_store(plan, watcher, solver)

    solved = await _solve(problem, options, watcher, solver, partial(_keep_best, plan, translated, watcher))
    if solved is None:
        return await in_transaction(lambda: _step(plan.id, watcher, PlanState.CANCELLED))
    overruled = await asyncio.to_thread(_audited, plan, translated.problem, solved.plan)
    made = msgspec.structs.replace(solved.plan, problem_sha256=problem_sha256(problem), overruled=overruled)

    async def store() -> Plan | None:
        await watcher.hold()
        if await _names_somebody_erased(plan, translated):
            return None
        figures = {
            "solve_seconds": solved.seconds,
            FACTS_AT: facts_at.isoformat(),
            FREED_PINS: len(pins.freed),
        }
        await store_result(plan.id, plan_result(made, translated, figures))
        return await _store(plan, made, solved.curve, revisions)

    ready = await in_transaction(store, territory_id=plan.territory_id)
    if ready is None:
        return await _solve_and_store(plan, watcher, solver)
    SOLVES.labels("ready").inc()
    SOLVE_SECONDS.observe(solved.seconds)
    return ready


async def _keep_best(plan: Plan, translated: Translated, watcher: Watcher, best: MadePlan) -> None:
    """A picture to be looked at: where it cannot be stored the computation goes on."""

    async def work() -> None:
        await watcher.hold()
        if not await _names_somebody_erased(plan, translated):
            await store_plan_file(plan.id, SO_FAR, write_plan(best))

    try:
        await in_transaction(work, territory_id=plan.territory_id)
    except PassingError as error:
        log.warning("best plan not kept", plan=str(plan.id), error=type(error).__name__)


def _audited(plan: Plan, problem: Problem, made: MadePlan) -> tuple[Any, ...]:
    """The rules that pins overrule. Raises `BrokenPlan` on any other breach: a fault of ours, nothing is shown."""
    report = audit(problem, made)
    if not report.is_clean:
        log.error("broken plan", plan=str(plan.id), rules=sorted({one.rule for one in report.violations}))
        raise BrokenPlan
    if any(report.goals[level.name] != level.value for level in made.levels):
        log.error("levels differ from their recount", plan=str(plan.id))
    return tuple(msgspec.json.decode(report.to_json())["overruled"])


async def _names_somebody_erased(plan: Plan, translated: Translated) -> bool:
    """Whether an erasure came between the reading and the storing: what is stored would bring the reference back."""
    known = {one.code for one in await all_facts(plan.territory_id, Participant)}
    return any(one.id not in known for one in translated.problem.participants)


async def _translated(
    plan: Plan, options: RunOptions, now: datetime
) -> tuple[Translated, dict[str, int], PinsRead]:
    """The problem of this moment, the revisions of the facts and publications that it was made from, and what
    becomes of the pins of a draft."""
    snapshot = await read_snapshot(plan.territory_id, plan.first_on, plan.last_on, now)
    territory = snapshot.facts.territory
    today_on = options.today_on or territory.day_of(now)
    translated = await asyncio.to_thread(translate, snapshot, plan.first_on, plan.last_on, today_on)
    pins = await read_pins(translated.problem, options.pins_of)
    supposed = changed(pins.problem, options.changes)
    asked = covering(msgspec.structs.replace(translated, problem=supposed), plan.covers)
    if options.from_scratch:
        asked = msgspec.structs.replace(asked, problem=from_scratch(asked.problem))
    revisions = {"facts_revision": territory.facts_revision, "base_revision": territory.published_revision}
    return asked, revisions, PinsRead(pins.freed, pins.lifted)


async def _solve(
    problem: bytes,
    options: RunOptions,
    watcher: Watcher,
    solver: Solver,
    keep_best: Callable[[MadePlan], Awaitable[None]],
) -> Solved | None:
    began = told = time.monotonic()
    curve: list[CurvePoint] = []

    async def follow(point: CurvePoint) -> None:
        nonlocal told
        if point.best is not None:
            await keep_best(point.best)
            point = msgspec.structs.replace(point, best=None)
        curve.append(point)
        if time.monotonic() - told >= REPORT_SECONDS or len(curve) == 1:
            told = time.monotonic()
            await watcher.report(msgspec.structs.replace(point, left=_left_behind(curve)))

    plan = await solver(
        msgspec.json.format(problem, indent=-1),
        SolveOptions(
            time_limit_seconds=options.time_limit_seconds,
            deterministic_limit=options.deterministic_limit,
            workers=options.workers,
            seed=options.seed,
        ),
        stop_asked=watcher.stop_asked,
        on_point=follow,
    )
    if plan is None:
        return None
    return Solved(plan=plan, seconds=round(time.monotonic() - began, 3), curve=tuple(curve))


def _left_behind(curve: list[CurvePoint]) -> tuple[CurvePoint, ...]:
    last = {point.level: msgspec.structs.replace(point, placed=None) for point in curve}
    return tuple(point for level, point in last.items() if level != curve[-1].level)


async def _store(
    plan: Plan, made: MadePlan, curve: tuple[CurvePoint, ...], revisions: dict[str, int]
) -> Plan:
    await store_plan_file(plan.id, "plan", write_plan(made))
    await drop_plan_file(plan.id, SO_FAR)
    await store_plan_file(plan.id, "report", msgspec.json.encode({"curve": curve, "levels": made.levels}))
    return await step_plan(
        plan.id, PlanState.SOLVING, PlanState.READY, solved_at=datetime.now(UTC), **revisions
    )
