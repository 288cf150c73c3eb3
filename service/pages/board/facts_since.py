"""What people entered since a draft was computed: a draft keeps the facts of its computation, and says so."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from planner.problem import Problem
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.pages.board.living import living_month
from service.pages.board.source import Month

PARTS: tuple[tuple[str, Callable[[Problem], Any]], ...] = (
    ("lieux", lambda one: (one.sites, one.travel, one.holidays)),
    ("équipe", lambda one: tuple(_told(person, ledger={}, engaged_outside=()) for person in one.staff)),
    ("cadences", lambda one: tuple(_told(cadence, history=()) for cadence in one.cadences)),
    ("promotions", lambda one: one.promotions),
    ("personnes accompagnées et entretiens demandés", lambda one: (one.participants, one.interviews)),
    ("réglages", lambda one: (one.weights, one.tolerances, one.notice_days)),
)
"""What is compared, by its name: all that people enter; nothing of what is published or held meanwhile."""


async def facts_since(territory: Territory, month: Month) -> tuple[str, ...]:
    """The parts that differ by now from what the draft was made on; nothing for what is published or supposed."""
    shown = month.shown
    if shown is None or shown.state not in EDITABLE_PLANS or shown.origin == SCENARIO:
        return ()
    if shown.facts_revision == territory.facts_revision:
        return ()
    problem = month.facts.problem
    now = (await living_month(territory, problem.first_on, problem.last_on)).problem
    return tuple(text(name) for name, part in PARTS if part(problem) != part(now))


def _told(one: msgspec.Struct, **left: object) -> msgspec.Struct:
    """The same without what is counted, not entered."""
    return msgspec.structs.replace(one, **left)
