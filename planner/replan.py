"""A month solved again after something changed: least change, and who is to be told before it is kept."""

from planner.problem import Problem
from planner.solve import Limits, Planned, Stopped, solve
from planner.told import NothingPublishedError, Told, told

DEFAULT_LIMITS = Limits(time_limit_seconds=3.0)
TELLING_SHARE = 0.1
"""Of the time given: what is kept for saying who is to be told, with three places for each freed interview."""
REASONS_SHARE = 0.12
"""What reasons may take once the search is over: for a re-plan they are worth less than an answer in time."""


def replan(problem: Problem, limits: Limits = DEFAULT_LIMITS) -> Told | Stopped:
    """Solve with what is published in mind, all within the time given. Raises `NothingPublishedError`."""
    if problem.published is None:
        raise NothingPublishedError
    outcome = solve(problem, limits=_to_solve(limits))
    return told(problem, outcome.plan) if isinstance(outcome, Planned) else outcome


def _to_solve(limits: Limits) -> Limits:
    seconds = limits.time_limit_seconds
    return limits._replace(
        time_limit_seconds=(1 - TELLING_SHARE) * seconds,
        reasons_seconds=min(limits.reasons_seconds, REASONS_SHARE * seconds),
    )
