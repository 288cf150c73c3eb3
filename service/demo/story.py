"""The demonstration, step by step: load, sketch, plan, print, publish, write feeds. Twice changes nothing."""

import asyncio
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

import msgspec

from db.engine import connected
from db.migrate import upgrade
from db.queries.facts import facts_of
from db.queries.plans import plan_file, plans_of
from db.queries.plans import request_plan as insert_plan
from db.records.facts import Facts
from db.records.plan import NewPlan
from db.records.plan import Plan as PlanRow
from db.records.territory import Territory
from db.states import PlanState
from planner.plan import Plan
from planner.problem import Problem
from service.actions.actor import HOUSE
from service.actions.load_facts import last_held, load_facts
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import RunOptions
from service.actions.run_plan import run_plan
from service.demo.feed_files import Written, write_feeds
from service.demo.sketch import sketch_problem, solve_sketch
from service.facts_file.records import MonthFacts, read_month
from service.month_report import Names, month_report, short_report
from service.progress_line import ProgressLine
from service.settings import ROOT, Settings

EXAMPLES = (ROOT / "examples" / "ile-de-france.toml", ROOT / "examples" / "somme.toml")
SECONDS_IN_ALL = 45.0
LEAST_SECONDS = 5.0
"""Whatever a solve took before, the next one gets this much."""


class Screen(NamedTuple):
    """Where the story is told: the month on `out`, progress on `progress`."""

    out: TextIO
    progress: TextIO
    width: int
    began: float

    def seconds_left(self) -> float:
        """What a solve may still take, so that the whole stays under a minute."""
        return max(LEAST_SECONDS, SECONDS_IN_ALL - (time.monotonic() - self.began))

    def say(self, text: str = "") -> None:
        self.out.write(text + "\n")
        self.out.flush()


class Told(NamedTuple):
    """One territory's published month; `fresh` when it was planned just now."""

    territory: Territory
    plan: PlanRow
    fresh: bool


class Story(NamedTuple):
    """What was told of each territory, and the files that were written."""

    told: Sequence[Told]
    written: Written


async def tell(first_on: date, settings: Settings, screen: Screen) -> Story:
    """The whole demonstration of one month. Raises FactsFileError before anything is stored."""
    unseen = [read_month(path, first_on) for path in EXAMPLES]
    settings.var_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with connected(settings.database_address):
        await upgrade()
        months = [
            await _after_what_was_held(path, month) for path, month in zip(EXAMPLES, unseen, strict=True)
        ]
        told = [await _tell_territory(month, screen, sketched=not rank) for rank, month in enumerate(months)]
        territories = [one.territory for one in told]
        planned_on = min(month.planned_on for month in months)
        written = await write_feeds(territories, planned_on, settings.var_path, settings.address)
    return Story(told, written)


async def _after_what_was_held(path: Path, month: MonthFacts) -> MonthFacts:
    """The month as it follows from months published before."""
    return read_month(path, month.first_on, await last_held(month.code, month.first_on))


async def _tell_territory(month: MonthFacts, screen: Screen, *, sketched: bool) -> Told:
    loaded = await load_facts(month)
    territory = loaded.territory
    facts = await facts_of(territory.id)
    standing = await _published(territory, month)
    if standing is None and sketched:
        await _sketch(facts, month, screen)
    row = standing or await _plan(territory, month, screen)
    problem, plan = await _files(row)
    screen.say(month_report(problem, plan, names_of(facts), width=screen.width))
    screen.say()
    if standing is None:
        row = (await publish_plan(territory, row.id, HOUSE)).plan
    return Told(territory, row, fresh=standing is None)


async def _published(territory: Territory, month: MonthFacts) -> PlanRow | None:
    found = await plans_of(
        territory.id, touching=(month.first_on, month.last_on), states=(PlanState.PUBLISHED,)
    )
    return next(
        (one for one in found if (one.first_on, one.last_on) == (month.first_on, month.last_on)), None
    )


async def _sketch(facts: Facts, month: MonthFacts, screen: Screen) -> None:
    problem = sketch_problem(facts, month.first_on, month.last_on, month.planned_on)
    plan = await solve_sketch(problem, ProgressLine(screen.progress, month.name))
    screen.say(short_report(problem, plan, names_of(facts), width=screen.width))
    screen.say()


class _Watcher:
    """Follows a solve on the terminal; never asks it to stop."""

    def __init__(self, line: ProgressLine) -> None:
        self.stop_asked = asyncio.Event()
        self._line = line

    async def report(self, progress: object) -> None:
        self._line(progress)  # type: ignore[arg-type]

    async def hold(self) -> None:
        """Nobody else solves this plan."""


async def _plan(territory: Territory, month: MonthFacts, screen: Screen) -> PlanRow:
    """A plan requested and solved here, without the queue: nobody else waits for it."""
    options = RunOptions(today_on=month.planned_on, time_limit_seconds=screen.seconds_left())
    wanted = NewPlan(
        first_on=month.first_on, last_on=month.last_on, origin="solve", options=msgspec.to_builtins(options)
    )
    row = await insert_plan(territory.id, wanted)
    line = ProgressLine(screen.progress, month.name)
    try:
        return await run_plan(row.id, _Watcher(line))
    finally:
        line.end()


async def _files(row: PlanRow) -> tuple[Problem, Plan]:
    problem = msgspec.json.decode(await plan_file(row.id, "problem"), type=Problem)
    return problem, msgspec.json.decode(await plan_file(row.id, "plan"), type=Plan)


def names_of(facts: Facts) -> Names:
    return Names(
        territory=facts.territory.name,
        cadences={one.code: one.name for one in facts.cadences},
        promotions={one.code: one.name for one in facts.promotions},
        sites=[one.code for one in sorted(facts.sites, key=lambda site: site.position)],
    )
