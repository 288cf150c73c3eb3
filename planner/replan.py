"""A month solved again after something changed: least change, and who is to be told before it is kept."""

from planner.problem import Problem
from planner.solve import Limits, Planned, Stopped, solve
from planner.told import NothingPublishedError, Told, told

DEFAULT_LIMITS = Limits(time_limit_seconds=3.0)


def replan(problem: Problem, limits: Limits = DEFAULT_LIMITS) -> Told | Stopped:
    """Solve with what is published in mind. Raises `NothingPublishedError`."""
    if problem.published is None:
        raise NothingPublishedError
    outcome = solve(problem, limits=limits)
    return told(problem, outcome.plan) if isinstance(outcome, Planned) else outcome
