"""Generate a month: what will be sent, live progress, stop and keep, or give up."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect, ServerSentEvent, ServerSentEventMessage

from db.errors import NotFoundError
from db.queries.jobs import list_jobs
from db.queries.plans import any_plan, plan_file
from db.records.job import Job
from db.records.plan import Plan
from db.states import EDITABLE_PLANS, PlanState
from service.actions.actor import Actor
from service.actions.read_computed import read_computed
from service.actions.request_plan import SCENARIO, RunOptions, request_plan
from service.actions.stop_plan import stop_plan
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import NotFound, PlanInProgress, StepNotAllowed
from service.jobs.solver_messages import CurvePoint
from service.pages.board.source import Month
from service.pages.context import AnyRequest, Visit, enter
from service.pages.form_parts import sent
from service.pages.generation_view import Report, point_of, progress, report_of
from service.pages.given import Sent, was_given, will_be_given
from service.pages.lost_edits import lost_edits
from service.pages.month_board import read_asked_month
from service.pages.rendering import html, page
from service.settings import Settings

MONTH = "/t/{territory:str}/planning/{month:str}"
PUSH_SECONDS = 0.25
LONGEST_STREAM_SECONDS = 900
STOPS = {"arreter": True, "abandonner": False}
"""Whether the best plan so far is kept, by the word of the address."""


@get(f"{MONTH}/generer", roles=COORDINATORS, include_in_schema=False)
async def ask_to_generate(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """What will be sent to the planner; a month that is being computed is shown instead."""
    visit, found = await _month(request, territory, month)
    if found.active is not None:
        return Redirect(f"{_path(visit, month)}/calcul")
    given = await will_be_given(visit.territory, found, _pins_of(found))
    words = {
        "problem": given.problem,
        "sent": given,
        "lost": lost_edits(found.items, found.steps) if is_in_work(found) else 0,
        "is_published": any(plan.state is PlanState.PUBLISHED for plan in found.plans),
        "path": _path(visit, month),
    }
    return page("generation/ask.html", visit.shell, words)


@post(f"{MONTH}/generer", roles=COORDINATORS, include_in_schema=False)
async def generate(request: AnyRequest, territory: str, month: str) -> Redirect:
    """Asks for the plan; somebody who asked already is shown the one under way."""
    visit, found = await _month(request, territory, month)
    problem, queue = found.facts.problem, request.app.state.queue
    options = _options(
        found, request.app.state.settings, from_scratch=(await sent(request, "depart")) == ("zero",)
    )
    with suppress(PlanInProgress):
        await request_plan(
            visit.territory, problem.first_on, problem.last_on, options, actor_of(visit), queue
        )
    return Redirect(f"{_path(visit, month)}/calcul", status_code=303)


def is_in_work(found: Month) -> bool:
    """Whether there is a draft that work goes on with."""
    return found.shown is not None and found.shown.state in EDITABLE_PLANS


def _options(found: Month, settings: Settings, *, from_scratch: bool) -> RunOptions:
    return RunOptions(
        time_limit_seconds=settings.solve_seconds,
        workers=settings.solve_workers,
        from_scratch=from_scratch,
        pins_of=_pins_of(found),
    )


def _pins_of(found: Month) -> UUID | None:
    """What is pinned in the draft that work goes on with stays where it is."""
    return found.shown.id if found.shown is not None and is_in_work(found) else None


@get(f"{MONTH}/calcul", roles=COORDINATORS, include_in_schema=False)
async def show_progress(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """The computation as it stands. Works without script: the button reads it again."""
    visit, found = await _month(request, territory, month)
    plan = _computed(found)
    if plan is None:
        return Redirect(f"{_path(visit, month)}/generer")
    return page("generation/progress.html", visit.shell, await _standing(visit, found, plan, month))


def _computed(found: Month) -> Plan | None:
    """What is being computed, else the newest version."""
    return found.active or (found.plans[0] if found.plans else None)


async def _standing(visit: Visit, found: Month, plan: Plan, month: str) -> dict[str, Any]:
    """What the page of a computation draws."""
    job = await _job(plan)
    report = await _report(plan, job)
    return {
        "view": progress(plan, job, report.curve, report.levels),
        "plan": plan,
        "month": found,
        "problem": found.facts.problem,
        "sent": await _given(visit, found, plan),
        "decided": await _decided(plan),
        "path": _path(visit, month),
    }


async def _decided(plan: Plan) -> int:
    """How many rules the plan that was computed breaks by decision, whatever was done to it by hand since."""
    computed = await read_computed(plan) if plan.solved_at is not None else None
    return len(computed.plan.overruled) if computed is not None and computed.plan is not None else 0


@get(f"{MONTH}/calcul/flux", roles=COORDINATORS, include_in_schema=False)
async def stream_progress(request: AnyRequest, territory: str, month: str) -> ServerSentEvent:
    """Whole fragments, at most four a second, until the computation is over."""
    visit, found = await _month(request, territory, month)
    plan = _computed(found)
    if plan is None:
        raise NotFound(text("Rien n’a été calculé pour ce mois."))
    return ServerSentEvent(_fragments(visit, found, plan, _path(visit, month)))


@post(f"{MONTH}/calcul/{{how:str}}", roles=COORDINATORS, include_in_schema=False)
async def stop_generation(request: AnyRequest, territory: str, month: str, how: str) -> Redirect:
    """`arreter` keeps the best plan so far, `abandonner` leaves everything as it was.

    What was over by then is shown as it ended.
    """
    visit, found = await _month(request, territory, month)
    if how not in STOPS:
        raise NotFound(text("Un calcul s’arrête ou s’abandonne, rien d’autre."))
    if found.active is not None:
        with suppress(StepNotAllowed):
            await stop_plan(visit.territory, found.active.id, keep=STOPS[how])
    return Redirect(f"{_path(visit, month)}/calcul", status_code=303)


async def _fragments(
    visit: Visit, found: Month, plan: Plan, path: str
) -> AsyncGenerator[ServerSentEventMessage, None]:
    points: list[CurvePoint] = []
    told, given = "", await _given(visit, found, plan)
    for _ in range(int(LONGEST_STREAM_SECONDS / PUSH_SECONDS)):
        before, plan = plan, await any_plan(plan.id)
        given = given if plan.state is before.state else await _given(visit, found, plan)
        job = await _job(plan)
        point = point_of(job)
        if point is not None and (not points or points[-1] != point):
            points.append(point)
        view = progress(plan, job, points)
        shown = {"view": view, "plan": plan, "path": path, "sent": given, "decided": len(plan.overruled)}
        drawn = html("generation/state.html", visit.shell, shown)
        if drawn != told:
            yield ServerSentEventMessage(data=drawn)
            told = drawn
        if view.over:
            after = f"{path}/et-si" if plan.origin == SCENARIO else path
            yield ServerSentEventMessage(event="fini", data=after)
            return
        await asyncio.sleep(PUSH_SECONDS)


async def _given(visit: Visit, found: Month, plan: Plan) -> Sent | None:
    """None of a scenario, whose supposed facts its own page tells."""
    return None if plan.origin == SCENARIO else await was_given(visit.territory, found, plan)


async def _report(plan: Plan, job: Job | None) -> Report:
    """Of a computation that gave a plan all of it, else the newest point."""
    try:
        return report_of(await plan_file(plan.id, "report"))
    except NotFoundError:
        point = point_of(job)
        return Report(curve=[point] if point else [])


async def _job(plan: Plan) -> Job | None:
    jobs = await list_jobs(territory_id=plan.territory_id, limit=20)
    return next((job for job in jobs if job.subject_id == plan.id), None)


async def _month(request: AnyRequest, territory: str, month: str) -> tuple[Visit, Month]:
    visit = await enter(request, territory, "planning")
    return visit, await read_asked_month(visit, month)


def _path(visit: Visit, month: str) -> str:
    return visit.shell.address(f"planning/{month}")


def actor_of(visit: Visit) -> Actor:
    """The coordinator who acts, as histories show them; through this, staff may touch nothing."""
    account = visit.shell.account
    if account is None:
        return Actor(label=text("escale"))
    only_staff = "" if account.role == "staff" else None
    return Actor(account_id=account.id, label=account.name, only_staff=only_staff)
