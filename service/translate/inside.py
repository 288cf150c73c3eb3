"""What of a draft lies inside what: interviews in the permanence of their person."""

from zoneinfo import ZoneInfo

from db.records.plan import PlanItem
from planner.problem import Problem
from planner.records import HalfDay


def taken_with(problem: Problem, items: tuple[PlanItem, ...], item: PlanItem) -> tuple[str, ...]:
    """The keys that leave a draft with an item: its own, and those of the interviews that live in it."""
    inside = interviews_inside(problem, items, item) if item.kind == "permanence" else ()
    return (item.key, *(one.key for one in inside))


def interviews_inside(problem: Problem, items: tuple[PlanItem, ...], item: PlanItem) -> tuple[PlanItem, ...]:
    """Those of a permanence: at its site, in its half-day, held by one of its people."""
    site, half = site_of(problem, item), item.half_day
    return tuple(
        one
        for one in items
        if one.kind == "interview"
        and one.site_code == site
        and one.held_on == item.held_on
        and one.staff_codes[0] in item.staff_codes
        and half_of(problem, one) == half
    )


def half_of(problem: Problem, item: PlanItem) -> HalfDay:
    """The half-day in which something with an hour starts."""
    local = item.starts_at.astimezone(ZoneInfo(problem.zone)) if item.starts_at else None
    return "pm" if local is not None and local.hour >= 13 else "am"


def site_of(problem: Problem, item: PlanItem) -> str | None:
    """Its own, else its cadence's."""
    homes = {cadence.id: cadence.site for cadence in problem.cadences}
    return item.site_code or homes.get(item.cadence_code or "")
