"""`escale plan`: a territory's month into a draft, solved here or by the service if one is running."""

import asyncio
import sys
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from db.queries.jobs import job_about
from db.queries.plans import any_plan
from db.states import PlanState
from service.actions.actor import HOUSE
from service.actions.follow_plan import PlanProgress, follow_plan
from service.actions.request_plan import RunOptions, request_plan
from service.commands.files import LONGEST_SOLVE
from service.commands.named import month_named, territory_named
from service.database import open_database
from service.edge.logs import configure_logs
from service.jobs.all_kinds import all_kinds
from service.jobs.queue import worker_name
from service.jobs.run import run_job
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class _OwnQueue:
    """Nobody is told: this command runs the job itself, unless a service was faster."""

    async def answers(self) -> bool:
        return True

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def announce(self, job_id: UUID, *, solves: bool) -> None: ...


@app.command()
def plan(
    territory: Annotated[str, typer.Option(help="Code of the territory.")],
    month: Annotated[str, typer.Option(help="The month, as 2026-12.")],
    time_limit: Annotated[
        float | None, typer.Option(min=0.1, max=LONGEST_SOLVE, help="Seconds; else ESCALE_SOLVE_SECONDS.")
    ] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Plan as on this day.")] = None,
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="What is published may move for nothing.")
    ] = False,
) -> None:
    """Plans the month and prints the id of the draft; progress on standard error.

    Exit codes: 0 a draft is ready, 1 one is being solved already or none came out, 2 bad input.
    """
    settings = read_settings()
    configure_logs(settings)
    options = RunOptions(
        today_on=today.date() if today else None,
        time_limit_seconds=time_limit or settings.solve_seconds,
        workers=settings.solve_workers,
        from_scratch=from_scratch,
    )
    raise typer.Exit(asyncio.run(_plan(settings, territory, month, options)))


async def _plan(settings: Settings, code: str, month: str, options: RunOptions) -> int:
    first_on, last_on = month_named(month)
    async with open_database(settings):
        territory = await territory_named(code)
        requested = await request_plan(territory, first_on, last_on, options, HOUSE, _OwnQueue())
        job = await job_about(requested.id)
        assert job is not None
        solving = asyncio.create_task(run_job(job.id, worker_name(), all_kinds(read_settings())))
        async for progress in follow_plan(requested.id):
            _tell(progress)
        await solving
        made = await any_plan(requested.id)
    sys.stdout.write(f"{made.id}\n")
    return 0 if made.state is PlanState.READY else 1


def _tell(progress: PlanProgress) -> None:
    point = progress.point
    curve = (
        f"  {point.seconds:7.2f} s  {point.level:18} {point.value:6}  at best {point.bound}" if point else ""
    )
    sys.stderr.write(f"{progress.state.value:12}{curve}{progress.error or ''}\n")
