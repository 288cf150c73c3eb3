"""Interviews that a publication took away without a place: people were told of them, and they are still asked for."""

from collections.abc import Iterable

from db.records.assignment import Assignment
from planner.plan import Plan, PlannedInterview
from planner.problem import Problem


def dropped_interviews(
    assignments: Iterable[Assignment], problem: Problem, plan: Plan
) -> tuple[PlannedInterview, ...]:
    """In the dates of the problem, from today on. What somebody called off has a reason: it is not among them."""
    counts = {one.id: one.count for one in problem.interviews}
    placed = {(one.need, one.number) for one in plan.interviews}
    today_on = problem.today_on or problem.first_on
    found = {
        (one.need, one.number or 1): one
        for one in assignments
        if one.kind == "interview"
        and one.status == "cancelled"
        and one.cancel_reason is None
        and max(today_on, problem.first_on) <= one.held_on <= problem.last_on
    }
    return tuple(
        PlannedInterview(
            need=need,
            number=number,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            staff=one.staff[0],
            site=one.site,
        )
        for (need, number), one in found.items()
        if need is not None and number <= counts.get(need, 0) and (need, number) not in placed and one.staff
    )
