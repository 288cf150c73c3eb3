"""Interviews that people count on and that cannot stand where they were: one finding for their number and their list."""

from datetime import date
from uuid import UUID

from planner.audit import Auditor
from planner.checks.plan import PlanChecks
from planner.plan import Plan
from planner.problem import Problem
from planner.told import Waiting, waiting
from service.kept_for import KeptFor
from service.pages.board.source import Month

MOST = 8
Version = tuple[UUID | None, date, date]
_found: KeptFor[Version, tuple[Waiting, ...]] = KeptFor(MOST)


def replacing(month: Month) -> tuple[Waiting, ...]:
    """Fixed ones that a fact broke first, then published ones that are left out. Computes: call it in a thread."""
    problem, plan = month.facts.expecting, month.facts.plan
    if plan is None:
        return ()
    version = (month.shown.id if month.shown else None, problem.first_on, problem.last_on)
    return _found.of(version, (problem, plan), lambda: _waiting(problem, plan))


def _waiting(problem: Problem, plan: Plan) -> tuple[Waiting, ...]:
    """None of a plan that names what the problem does not know: it cannot be judged."""
    return () if any(PlanChecks(problem).faults(plan)) else waiting(Auditor(problem), plan)
