"""The rows of an earlier version on the facts of this moment: without what these no longer ask for or know."""

from collections.abc import Iterable

from db.records.plan import PlanItem
from planner.problem import Problem
from service.translate.inside import half_of


def still_known(items: Iterable[PlanItem], problem: Problem) -> tuple[PlanItem, ...]:
    """An interview whose need is over, a cadence or a room that was taken away, people who left: none of them comes back.

    An office half-day that has no interview any more goes with its last one.
    """
    every = tuple(items)
    known = _Known(problem)
    kept = tuple(one for one in every if known.knows(one))
    before, now = _filled(every, problem), _filled(kept, problem)
    return tuple(one for one in kept if one.kind != "office" or _place(one) not in before - now)


class _Known:
    def __init__(self, problem: Problem) -> None:
        self._counts = {one.id: one.count for one in problem.interviews}
        self._staff = {one.id for one in problem.staff}
        self._rooms = {one.id: {room.id for room in one.rooms} for one in problem.sites}
        self._cadences = {(one.id, one.kind) for one in problem.cadences}
        self._steps = {(one.id, step.id) for one in problem.promotions for step in one.sequences}

    def knows(self, item: PlanItem) -> bool:
        if not self._staff.issuperset(item.staff_codes) or not self._knows_place(item):
            return False
        if item.need_code is not None:
            return (item.number or 1) <= self._counts.get(item.need_code, 0)
        if item.promotion_code is not None:
            return (item.promotion_code, item.sequence_code) in self._steps
        return item.cadence_code is None or (item.cadence_code, item.kind) in self._cadences

    def _knows_place(self, item: PlanItem) -> bool:
        """An interview may name a room of its own, which no rule reads."""
        if item.site_code is None:
            return True
        rooms = self._rooms.get(item.site_code)
        return rooms is not None and (item.kind != "session" or item.room_code in {None, *rooms})


def _filled(items: Iterable[PlanItem], problem: Problem) -> set[tuple[object, ...]]:
    """Where interviews lie: person, site, date and half-day."""
    return {
        (one.staff_codes[0], one.site_code, one.held_on, half_of(problem, one))
        for one in items
        if one.kind == "interview"
    }


def _place(office: PlanItem) -> tuple[object, ...]:
    return office.staff_codes[0], office.site_code, office.held_on, office.half_day
