"""What every view of a version draws from is kept while its plan, and what this was made on, are the same."""

from typing import NamedTuple

from planner.plan import Plan
from planner.problem import Problem
from service.kept_for import KeptFor
from service.pages.board.activities import Activity, activities
from service.pages.board.labels import Labels
from service.pages.board.todo import Need, needs


class Contents(NamedTuple):
    activities: tuple[Activity, ...]
    needs: tuple[Need, ...]


MOST = 8
kept: KeptFor[str, Contents] = KeptFor(MOST)
"""By the id of the plan."""


def contents_of(plan_id: str | None, problem: Problem, plan: Plan, labels: Labels) -> Contents:
    """Computes the first time, and always for what is no version."""

    def make() -> Contents:
        return Contents(tuple(activities(problem, plan)), needs(problem, plan, labels))

    return kept.of(plan_id, (problem, plan, labels), make) if plan_id else make()
