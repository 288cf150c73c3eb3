"""Rule `workload`: contracts are kept, and some half-days belong to the person."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from planner.breach import Breach
from planner.horizon import HALF_DAYS, monday_of
from planner.plan_view import PlanView
from planner.territory import Moment


class Workload:
    """Engaged half-days are at most the contract's number a day, a week (Monday to Sunday) and a
    calendar month, published half-days outside the horizon included, and at most the week's
    available half-days less the protected ones, never less than 0.

    Why: contracts set hours; writing up, calls and rest need half-days that no plan takes.
    """

    name = "workload"
    codes: tuple[str, ...] = ("day_full", "week_full", "month_full", "protected")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: half-days over, in each period in which the plan engages the person."""
        for staff in sorted(view.planned_half_days):
            person = view.territory.staff[staff]
            engaged = engaged_half_days(view, staff)
            limits = person.max_half_days
            planned = view.planned_half_days[staff]
            yield from self._days(staff, engaged, {on for on, _ in planned}, limits.day)
            mondays = {monday_of(on) for on, _ in planned}
            weeks = Counter(monday_of(on) for on, _ in engaged)
            for monday in sorted(mondays):
                yield from self._over("week_full", staff, monday, weeks[monday] - limits.week)
                free = max(0, _available_in_week(view, staff, monday) - person.protected_half_days)
                yield from self._over("protected", staff, monday, weeks[monday] - free)
            months = Counter(on.replace(day=1) for on, _ in engaged)
            for first in sorted({on.replace(day=1) for on, _ in planned}):
                yield from self._over("month_full", staff, first, months[first] - limits.month)

    def _days(self, staff: str, engaged: set[Moment], planned: set[date], limit: int) -> Iterator[Breach]:
        by_day: dict[date, int] = defaultdict(int)
        for on, _ in engaged:
            by_day[on] += 1
        for on in sorted(planned):
            yield from self._over("day_full", staff, on, by_day[on] - limit)

    def _over(self, code: str, staff: str, on: date, over: int) -> Iterator[Breach]:
        if over > 0:
            yield Breach(self.name, code, staff, on, over)


def engaged_half_days(view: PlanView, staff: str) -> set[Moment]:
    """Planned and met half-days, and those published outside the horizon."""
    outside: set[Moment] = {
        (half.on, half.half_day) for half in view.territory.staff[staff].engaged_outside
    } | view.territory.meeting_half_days[staff]
    return view.engaged(staff) | {moment for moment in outside if moment[0] not in view.horizon}


def _available_in_week(view: PlanView, staff: str, monday: date) -> int:
    week = [monday + timedelta(days=day) for day in range(7)]
    return sum(view.territory.is_available(staff, on, half_day) for on in week for half_day in HALF_DAYS)
