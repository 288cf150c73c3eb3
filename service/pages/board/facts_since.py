"""What people entered since a draft was computed: a draft keeps the facts of its computation, and says so."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.records.plan import Plan as PlanRecord
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from planner.problem import Problem, Promotion
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.pages.board.asked_since import other_needs
from service.pages.board.living import living_month
from service.pages.board.source import Month, today_in
from service.translate.called_off import FACTS_AT

PARTS: tuple[tuple[str, Callable[[Problem], Any]], ...] = (
    ("lieux", lambda one: (one.sites, one.travel, one.holidays)),
    ("équipe", lambda one: tuple(_told(person, ledger={}, engaged_outside=()) for person in one.staff)),
    ("cadences", lambda one: tuple(_told(cadence, history=()) for cadence in one.cadences)),
    ("promotions", lambda one: tuple(_entered(promotion, one) for promotion in one.promotions)),
    ("réglages", lambda one: (one.weights, one.tolerances, one.notice_days)),
)
"""What is compared, by its name: what people enter; nothing of what is published or held meanwhile."""
NEEDS = "personnes accompagnées et entretiens demandés"


MOST = 64
Key = tuple[UUID, int, int, int, int, date]
_known: OrderedDict[Key, tuple[str, ...]] = OrderedDict()


async def facts_since(territory: Territory, month: Month) -> tuple[str, ...]:
    """The parts that differ by now from what the draft was made on; nothing for what is published or supposed.

    From memory until something is entered or published: an old draft costs no second reading each minute.
    """
    shown = month.shown
    if shown is None or shown.state not in EDITABLE_PLANS or shown.origin == SCENARIO:
        return ()
    if shown.facts_revision == territory.facts_revision:
        return ()
    key = (
        shown.id,
        shown.version,
        territory.version,
        territory.facts_revision,
        territory.published_revision,
        today_in(territory),
    )
    if key not in _known:
        _known[key] = await _compared(territory, month, shown)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return _known[key]


async def _compared(territory: Territory, month: Month, shown: PlanRecord) -> tuple[str, ...]:
    problem = month.facts.problem
    now = (await living_month(territory, problem.first_on, problem.last_on)).problem
    parts = [name for name, part in PARTS if part(problem) != part(now)]
    if await other_needs(territory.id, problem, now, _read_at(shown)):
        parts.append(NEEDS)
    return tuple(text(name) for name in parts)


def _read_at(shown: PlanRecord) -> datetime:
    """When the facts of a draft were read."""
    told = shown.figures.get(FACTS_AT)
    return datetime.fromisoformat(told) if told else shown.created_at


def _told(one: msgspec.Struct, **left: object) -> msgspec.Struct:
    """The same without what is counted, not entered."""
    return msgspec.structs.replace(one, **left)


def _entered(promotion: Promotion, problem: Problem) -> Promotion:
    """With the sequences of these dates, without who led which and when: that follows from what is published."""
    steps = tuple(
        msgspec.structs.replace(one, done_on=None)
        for one in promotion.sequences
        if one.from_on <= problem.last_on and one.until_on >= problem.first_on
    )
    return msgspec.structs.replace(promotion, animators_before=(), sequences=steps)
