"""Ask for a re-plan of what is published, or for a scenario: the same dates under facts supposed otherwise."""

from datetime import UTC, date, datetime

import msgspec

from db.records.plan import Plan
from db.records.territory import Territory
from planner.supposed import changed
from service.actions.actor import Actor
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import RunOptions, request_plan
from service.catalogue import text
from service.errors import BadInput, Conflict
from service.explaining.prepared import in_service_words
from service.jobs.queue import JobQueue
from service.translate.problem import Translated, translate


async def request_scenario(
    territory: Territory, first_on: date, last_on: date, options: RunOptions, actor: Actor, queue: JobQueue
) -> Plan:
    """A plan under `options.changes`, compared by its name, never published. Raises `BadInput`, `PlanInProgress`."""
    if not options.name.strip() or not options.changes:
        raise BadInput(text("Un scénario a un nom et au moins un fait supposé autrement."))
    facts = await _facts(territory, first_on, last_on, options)
    with in_service_words():
        changed(facts.problem, options.changes)
    return await request_plan(territory, first_on, last_on, options, actor, queue)


async def request_replan(
    territory: Territory, first_on: date, last_on: date, options: RunOptions, actor: Actor, queue: JobQueue
) -> Plan:
    """A plan with as few changes of what is published as can be. Raises `Conflict`, `PlanInProgress`."""
    facts = await _facts(territory, first_on, last_on, options)
    if facts.problem.published is None:
        raise Conflict(text("Rien n’est publié pour ces dates."))
    options = msgspec.structs.replace(options, name="", changes=())
    return await request_plan(territory, first_on, last_on, options, actor, queue)


async def _facts(territory: Territory, first_on: date, last_on: date, options: RunOptions) -> Translated:
    now = datetime.now(UTC)
    if last_on < first_on:
        raise BadInput(f"last_on: {last_on} comes before first_on {first_on}")
    snapshot = await read_snapshot(territory.id, first_on, last_on, now)
    return translate(snapshot, first_on, last_on, options.today_on or territory.day_of(now))
