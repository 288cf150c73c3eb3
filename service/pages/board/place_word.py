"""A cell of the board in one word, as the script reads it: site, date, half-day, then who comes."""

from zoneinfo import ZoneInfo

from db.records.plan import PlanItem
from planner.problem import Problem
from planner.records import HalfDay
from service.pages.board.by_site import WORKSHOPS


def place_word(problem: Problem, item: PlanItem) -> str:
    """`gagny 2026-12-08 am AR NK`; what is held at a distance begins with the space."""
    homes = {cadence.id: cadence.site for cadence in problem.cadences}
    workshop = item.kind == "session" and item.promotion_code is None
    site = WORKSHOPS if workshop else item.site_code or homes.get(item.cadence_code or "") or ""
    return " ".join((site, str(item.held_on), _half(problem, item), *item.staff_codes))


def _half(problem: Problem, item: PlanItem) -> HalfDay:
    if item.half_day is not None:
        return item.half_day
    starts_at = item.starts_at.astimezone(ZoneInfo(problem.zone)) if item.starts_at else None
    return "pm" if starts_at and starts_at.hour >= 13 else "am"
