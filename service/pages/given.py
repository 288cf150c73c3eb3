"""What a computation is given, before it is asked for, while it runs and once it is over."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from planner.horizon import Horizon
from planner.problem import Problem
from planner.tally import Tally, asked
from service.actions.read_pins import pins_read, read_pins, stored_problem
from service.actions.request_plan import RunOptions
from service.catalogue import text
from service.french_text import clock_text, day_date, half_day, initials, listed
from service.messages.breach_sentence import breach_sentence
from service.messages.said_once import said_once
from service.pages.board.labels import Labels
from service.pages.board.living import living_month
from service.pages.board.people_cards import Away, absences
from service.pages.board.source import Month
from service.translate.kept_pins import Freed


class Sent(NamedTuple):
    """What a computation is given. `asked` lacks everything: it counts what is asked of this month.

    `freed`: what was pinned in the draft and is not any more, each with why.
    """

    problem: Problem
    asked: Tally
    absences: list[Away]
    freed: tuple[str, ...]


async def will_be_given(territory: Territory, found: Month, pins_of: UUID | None) -> Sent:
    """The facts of this moment, with the pins of a draft that hold on them. `territory` was just read."""
    month = found.facts.problem
    living = await living_month(territory, month.first_on, month.last_on)
    pins = await read_pins(living.problem, pins_of)
    return await _sent(pins.problem, pins.freed, found.facts.labels, living.problem)


async def was_given(territory: Territory, found: Month, plan: Plan) -> Sent:
    """The facts that a computation read; those of this moment while it waits, or once they are no longer kept."""
    pins_of = msgspec.convert(plan.options, RunOptions).pins_of
    problem = await stored_problem(plan.id)
    if problem is None:
        return await will_be_given(territory, found, pins_of)
    month = found.facts.problem
    now = (await living_month(territory, month.first_on, month.last_on)).problem
    return await _sent(problem, (await pins_read(plan.id)).freed, found.facts.labels, now)


async def _sent(problem: Problem, pins: tuple[Freed, ...], labels: Labels, known: Problem) -> Sent:
    """`known` has words also for what this computation does not promise."""
    counted = await asyncio.to_thread(asked, problem)
    freed = tuple(_freed(known, labels.names, pins))
    return Sent(problem, counted, absences(problem, labels), freed)


def _freed(problem: Problem, names: dict[str, str], freed: tuple[Freed, ...]) -> Iterator[str]:
    """Permanence de Gagny, mardi 1er décembre matin (A.R.) : Le lieu est fermé."""
    for item, breaches in sorted(freed, key=lambda one: (one.item.held_on, one.item.key)):
        why = [breach_sentence(one, problem, names) for one in said_once(breaches)]
        reason = " ".join(dict.fromkeys(why)) or text("les données ne le connaissent plus.")
        yield text("{what} : {why}", what=_what(problem, names, item), why=reason)


def _what(problem: Problem, names: dict[str, str], item: PlanItem) -> str:
    need = next((one for one in problem.interviews if one.id == item.need_code), None)
    code = item.cadence_code or item.promotion_code or ""
    title = text("Entretien {who}", who=need.participant or "") if need else names.get(code, code)
    people = listed(map(initials, item.staff_codes))
    return text(
        "{what}, {when} ({who})",
        what=title.strip() or text("Entretien"),
        when=f"{day_date(item.held_on)} {_hour(problem, item)}",
        who=people,
    )


def _hour(problem: Problem, item: PlanItem) -> str:
    if item.starts_at is None:
        return half_day(item.half_day or "")
    horizon = Horizon.of(problem)
    return clock_text(item.starts_at.astimezone(horizon.zone).strftime("%H:%M"))
