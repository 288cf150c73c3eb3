"""The demonstration, step by step: load, sketch, plan, print, publish, write feeds. Twice changes nothing."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

import msgspec

from db.engine import connected
from db.errors import NotFoundError
from db.migrate import upgrade
from db.queries.facts import facts_of
from db.queries.plans import plan_file, plans_of
from db.queries.plans import request_plan as insert_plan
from db.queries.territories import territory_by_code
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
from service.catalogue import gettext
from service.demo.feed_files import Written, write_feeds
from service.demo.month_under_way import note_who_came
from service.demo.sketch import sketch_problem, solve_sketch
from service.facts_file.records import MonthFacts, read_month
from service.french_text import month_title
from service.month_report import Names, month_report, short_report
from service.progress_line import ProgressLine
from service.settings import ROOT, Settings
from service.versions import version_number

EXAMPLES = (ROOT / "examples" / "ile-de-france.toml", ROOT / "examples" / "somme.toml")
SECONDS_IN_ALL = 45.0
LEAST_SECONDS = 5.0
"""Whatever a solve took before, the next one gets this much."""
UNDER_WAY_SECONDS = 3.0
"""The month under way is there to be worked with, not to be the best one: what it is short of is said all the same."""


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
    """One territory's published month and its number; `fresh` when it was planned just now."""

    territory: Territory
    plan: PlanRow
    number: int
    fresh: bool


class Story(NamedTuple):
    """What was told of each territory, and the files that were written."""

    told: Sequence[Told]
    written: Written


async def tell(
    first_on: date, settings: Settings, screen: Screen, *, under_way_on: date | None = None
) -> Story:
    """The whole demonstration of one month, after the month under way if its first day is given.

    Raises FactsFileError before anything is stored.
    """
    unseen = [read_month(path, first_on) for path in EXAMPLES]
    settings.var_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with connected(settings.database_address):
        await upgrade()
        begun = [await _begin(path, under_way_on, screen) for path in EXAMPLES] if under_way_on else []
        months = [
            await _after_what_was_held(path, month) for path, month in zip(EXAMPLES, unseen, strict=True)
        ]
        told = [await _tell_territory(month, screen, sketched=not rank) for rank, month in enumerate(months)]
        for territory in begun:
            if territory is not None:
                await note_who_came(territory, datetime.now(UTC))
        territories = [one.territory for one in told]
        planned_on = min(month.planned_on for month in months)
        written = await write_feeds(territories, planned_on, settings.var_path, settings.address)
    return Story(told, written)


async def _after_what_was_held(path: Path, month: MonthFacts) -> MonthFacts:
    """The month as it follows from months published before."""
    return read_month(path, month.first_on, await last_held(month.code, month.first_on))


async def _begin(path: Path, first_on: date, screen: Screen) -> Territory | None:
    """Plans and publishes the month under way; None when that was done before."""
    month = await _after_what_was_held(path, read_month(path, first_on))
    territory = await _loaded(month)
    if await _published(territory, month) is not None:
        return None
    row = await _plan(territory, month, screen, UNDER_WAY_SECONDS)
    await publish_plan(territory, row.id, HOUSE)
    words = gettext("{territory} : le mois en cours, {month}, est planifié et publié aussi.")
    screen.say(words.format(territory=month.name, month=month_title(first_on)))
    screen.say()
    return territory


async def _tell_territory(month: MonthFacts, screen: Screen, *, sketched: bool) -> Told:
    territory = await _loaded(month)
    facts = await facts_of(territory.id)
    standing = await _published(territory, month)
    if standing is None and sketched:
        await _sketch(facts, month, screen)
    row = standing or await _plan(territory, month, screen, screen.seconds_left())
    problem, plan = await _files(row)
    screen.say(month_report(problem, plan, names_of(facts), width=screen.width))
    screen.say()
    if standing is None:
        row = (await publish_plan(territory, row.id, HOUSE)).plan
    return Told(territory, row, await version_number(row), fresh=standing is None)


async def _loaded(month: MonthFacts) -> Territory:
    """The territory with the facts of the month; those of a month that is published stay as they are by now."""
    try:
        territory = await territory_by_code(month.code)
    except NotFoundError:
        return (await load_facts(month)).territory
    standing = await _published(territory, month)
    return territory if standing else (await load_facts(month)).territory


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


async def _plan(territory: Territory, month: MonthFacts, screen: Screen, seconds: float) -> PlanRow:
    """A plan requested and solved here, without the queue: nobody else waits for it."""
    options = RunOptions(today_on=month.planned_on, time_limit_seconds=seconds)
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
