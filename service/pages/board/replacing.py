"""Interviews that people count on and that cannot stand where they were: how many, before anything is computed."""

from planner.horizon import Horizon
from planner.plan import Plan
from planner.problem import Problem


def replacing_count(problem: Problem, plan: Plan | None) -> int:
    """Published ones that the plan leaves out, and fixed ones that it keeps against a rule."""
    if plan is None:
        return 0
    kept = {name for one in plan.overruled for name in one.get("because", ()) if _is_interview(name)}
    return len(_dropped(problem, plan)) + len(kept)


def _is_interview(name: str) -> bool:
    return name.startswith("interview ")


def _dropped(problem: Problem, plan: Plan) -> set[tuple[str, int]]:
    horizon = Horizon.of(problem)
    counts = {need.id: need.count for need in problem.interviews}
    placed = {(one.need, one.number) for one in plan.interviews}
    published = problem.published.interviews if problem.published else ()
    return {
        (one.need, one.number)
        for one in published
        if one.number <= counts.get(one.need, 0)
        and (one.need, one.number) not in placed
        and horizon.today_on <= horizon.date_at(one.starts_at) <= horizon.last_on
    }
