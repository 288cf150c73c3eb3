"""Rule `cadence`: a standing need gets what it asks for, where and when it asks, never more."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from planner.asked import (
    followed_days,
    month_of,
    monthly_asks,
    placed_from_today,
    weekly_dates,
)
from planner.breach import Breach
from planner.plan_view import Activity, PlanView
from planner.problem import Cadence as CadenceRecord


class Cadence:
    """A monthly cadence has at most `asked + up_to` occurrences a calendar month, on its weekdays
    and never on a date that an exception took away; a weekly one at most one on each date it asks;
    one that follows a promotion at most one on the day of each placed session, sharing an animator.
    Each is a morning, an afternoon, either, or a whole day: two half-days, same people.

    Why: the number and the days are agreed with the site, or written in a convention.
    """

    name = "cadence"
    codes: tuple[str, ...] = (
        "too_many",
        "not_asked",
        "wrong_weekday",
        "dropped",
        "wrong_half_day",
        "half_missing",
        "staff_differ",
        "no_session",
        "no_animator",
        "wrong_site",
    )

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: occurrences too many, else 1."""
        for cadence_id, activities in view.by_cadence.items():
            cadence = view.territory.cadences[cadence_id]
            by_date: dict[date, list[Activity]] = defaultdict(list)
            for activity in activities:
                by_date[activity.on].append(activity)
                yield from self._shape(cadence, activity)
            if cadence.kind == "permanence" and cadence.length == "day":
                yield from self._whole_days(cadence, by_date)
            if cadence.follows is not None:
                yield from self._followed(view, cadence, by_date)
            elif view.territory.is_monthly(cadence):
                yield from self._monthly(view, cadence, by_date)
            else:
                yield from self._dates(cadence, by_date, set(weekly_dates(view.territory, cadence)[0]))

    def _shape(self, cadence: CadenceRecord, activity: Activity) -> Iterator[Breach]:
        if cadence.length in ("am", "pm") and activity.half_days != (cadence.length,):
            yield self._breach("wrong_half_day", cadence, activity)
        if activity.site != cadence.site:
            yield self._breach("wrong_site", cadence, activity)

    def _whole_days(self, cadence: CadenceRecord, by_date: dict[date, list[Activity]]) -> Iterator[Breach]:
        for activities in by_date.values():
            if len(activities) == 1:
                yield self._breach("half_missing", cadence, activities[0], missing=True)
            elif set(activities[0].staff) != set(activities[1].staff):
                yield self._breach("staff_differ", cadence, activities[1])

    def _followed(
        self, view: PlanView, cadence: CadenceRecord, by_date: dict[date, list[Activity]]
    ) -> Iterator[Breach]:
        animators = followed_days(view, cadence)
        days = view.session_days(cadence.follows or "")
        for on, activities in by_date.items():
            if on not in animators:
                code = "not_asked" if on in days else "no_session"
                yield self._breach(code, cadence, activities[0], missing=code == "no_session")
                continue
            for activity in activities:
                if not animators[on].intersection(activity.staff):
                    yield self._breach("no_animator", cadence, activity)
        yield from self._one_a_date(cadence, by_date)

    def _dates(
        self, cadence: CadenceRecord, by_date: dict[date, list[Activity]], asked: set[date]
    ) -> Iterator[Breach]:
        for on, activities in by_date.items():
            if on not in asked:
                yield self._breach("not_asked", cadence, activities[0])
        yield from self._one_a_date(cadence, by_date)

    def _one_a_date(self, cadence: CadenceRecord, by_date: dict[date, list[Activity]]) -> Iterator[Breach]:
        for activities in by_date.values():
            if len(activities) > 1 and not _is_whole_day(cadence):
                yield self._breach("too_many", cadence, activities[-1], len(activities) - 1)

    def _monthly(
        self, view: PlanView, cadence: CadenceRecord, by_date: dict[date, list[Activity]]
    ) -> Iterator[Breach]:
        moved_to = {exception.to_on for exception in cadence.exceptions}
        taken_away = {exception.on for exception in cadence.exceptions} - moved_to
        for on, activities in by_date.items():
            if on in taken_away:
                yield self._breach("dropped", cadence, activities[0])
            elif cadence.weekdays and on.isoweekday() not in cadence.weekdays and on not in moved_to:
                yield self._breach("wrong_weekday", cadence, activities[0])
        placed = placed_from_today(view, cadence)
        for ask in monthly_asks(view.territory, cadence):
            found = placed.get(ask.month, [])
            count = len({activity.on for activity in found}) if _is_whole_day(cadence) else len(found)
            if count > ask.most:
                keys = tuple(activity.key for activity in found)
                first = min(on for on in view.horizon.days if month_of(on) == ask.month)
                about = cadence.id
                yield Breach(self.name, "too_many", about, first, count - ask.most, items=keys)

    def _breach(
        self, code: str, cadence: CadenceRecord, activity: Activity, amount: int = 1, *, missing: bool = False
    ) -> Breach:
        return Breach(
            self.name,
            code,
            cadence.id,
            activity.on,
            amount,
            half_day=activity.half_days[0],
            site=activity.site,
            items=(activity.key,),
            missing=missing,
        )


def _is_whole_day(cadence: CadenceRecord) -> bool:
    return cadence.kind == "permanence" and cadence.length == "day"
