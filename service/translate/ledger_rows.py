"""What a published month adds to the fairness balances of each person, and what it is counted by."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

import msgspec

from db.records.staff import LedgerEntry
from planner.audit import Auditor
from planner.goals.fairness import counts_of, shares_of
from planner.ledger import month_entries
from planner.plan import Plan
from planner.problem import Cadence, Problem, Promotion, Site, StaffMember
from service.translate.horizon import DAY, month_of

COUNTED_BY = "ledger"
"""The file of a published plan that holds the facts by which its whole months were counted."""

Known = TypeVar("Known", Site, StaffMember, Cadence, Promotion)


def ledger_months(problem: Problem, plan: Plan) -> Iterator[tuple[date, list[LedgerEntry]]]:
    """The entries of each whole month of the horizon, by its first day."""
    first_on, last_on = month_of(problem.first_on)
    while last_on <= problem.last_on:
        if first_on >= problem.first_on:
            yield first_on, ledger_month(problem, plan, first_on, last_on)
        first_on, last_on = month_of(last_on + DAY)


def ledger_month(problem: Problem, plan: Plan, first_on: date, last_on: date) -> list[LedgerEntry]:
    """The entries of one month of the horizon."""
    alone = msgspec.structs.replace(problem, first_on=first_on, last_on=last_on, published=None, pins=())
    month = Plan(
        permanences=tuple(one for one in plan.permanences if first_on <= one.on <= last_on),
        sessions=tuple(one for one in plan.sessions if first_on <= one.starts_at.date() <= last_on),
    )
    view = Auditor(alone).view(month)
    found = month_entries(first_on, counts_of(view), shares_of(view.territory))
    return [
        LedgerEntry(staff=one.staff, month_on=first_on, kind=one.kind, balance_hundredths=one.balance)
        for one in found
    ]


def counted_by(problem: Problem) -> Problem:
    """What of a problem the ledger's balances depend on: nothing of participants and their interviews."""
    groups = tuple(msgspec.structs.replace(one, participants=()) for one in problem.promotions)
    return msgspec.structs.replace(
        problem, promotions=groups, participants=(), interviews=(), pins=(), booked=(), published=None
    )


def with_what_came_since(then: Problem, now: Problem) -> Problem:
    """The facts of a publication with what later ones of its dates may speak of, and with what stands now.

    Whoever came since has no share in that month; promotions are those of today, and those of then
    that are over.
    """
    came = _and_others(then.staff, (msgspec.structs.replace(one, availability=()) for one in now.staff))
    return msgspec.structs.replace(
        then,
        sites=_and_others(then.sites, now.sites),
        staff=came,
        cadences=_and_others(then.cadences, now.cadences),
        promotions=_and_others(counted_by(now).promotions, then.promotions),
        published=now.published,
    )


def _and_others(first: Iterable[Known], others: Iterable[Known]) -> tuple[Known, ...]:
    found = {one.id: one for one in others} | {one.id: one for one in first}
    return tuple(found.values())
