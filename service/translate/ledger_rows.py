"""What a published month adds to the fairness balances of each person."""

from collections.abc import Iterator
from datetime import date

import msgspec

from db.records.staff import LedgerEntry
from planner.audit import Auditor
from planner.goals.fairness import counts_of, shares_of
from planner.ledger import month_entries
from planner.plan import Plan
from planner.problem import Problem
from service.translate.horizon import DAY, month_of


def ledger_months(problem: Problem, plan: Plan) -> Iterator[tuple[date, list[LedgerEntry]]]:
    """The entries of each whole month of the horizon, by its first day."""
    first_on, last_on = month_of(problem.first_on)
    while last_on <= problem.last_on:
        if first_on >= problem.first_on:
            yield first_on, _entries(problem, plan, first_on, last_on)
        first_on, last_on = month_of(last_on + DAY)


def _entries(problem: Problem, plan: Plan, first_on: date, last_on: date) -> list[LedgerEntry]:
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
