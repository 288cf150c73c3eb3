"""Occurrences of cadences that fall on a closure, on a holiday, or where nothing opens: not asked, listed as closed."""

from datetime import date
from typing import NamedTuple

from planner.asked import after_exceptions, fitting_half_days, site_serves, weekly_dates
from planner.plan import Plan
from planner.problem import Cadence, Problem
from planner.territory import Territory


class Closed(NamedTuple):
    """An occurrence that is not asked; `codes` are those by which `site_open` would refuse it."""

    on: date
    cadence: str
    codes: tuple[str, ...]


def closed_occurrences(problem: Problem, plan: Plan) -> tuple[Closed, ...]:
    """By date: those of weekly cadences, and those of cadences that follow the sessions of a plan.

    A monthly cadence asks for no date in particular, so it has none.
    """
    territory = Territory(problem)
    return tuple(
        sorted(
            Closed(on, cadence.id, _codes(territory, cadence, on))
            for cadence in problem.cadences
            for on in _closed_on(territory, cadence, plan)
        )
    )


def _closed_on(territory: Territory, cadence: Cadence, plan: Plan) -> list[date]:
    if territory.is_monthly(cadence):
        return []
    if cadence.follows is None:
        return weekly_dates(territory, cadence)[1]
    days = {
        territory.horizon.date_at(session.starts_at)
        for session in plan.sessions
        if session.promotion == cadence.follows
    }
    dates = {on for _, on in after_exceptions(territory, cadence, days)}
    return [on for on in dates if not site_serves(territory, cadence, on)]


def _codes(territory: Territory, cadence: Cadence, on: date) -> tuple[str, ...]:
    """What is closed that day; that a half-day never opens is told where nothing else is."""
    shut = (territory.shut_by(cadence.site, on, half_day) for half_day in fitting_half_days(cadence))
    codes = {code for causes in shut for code, _ in causes}
    return tuple(sorted(codes - {"no_opening"} or codes))
