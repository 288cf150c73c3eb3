"""The hours of a half-day at a site, as a problem says them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from planner.problem import Opening, Problem, Site
from planner.records import HalfDay
from service.translate.horizon import Horizon

USUAL_HOURS: Mapping[HalfDay, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
"""Where a site gives no hours for a half-day that a person wants all the same."""


class HalfDayHours:
    """Answers when a half-day begins and ends somewhere, and how many slots it has."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self._sites: dict[str, Site] = {one.id: one for one in problem.sites}
        self._horizon = horizon

    def opening(self, site: str, on: date, half_day: HalfDay) -> Opening:
        """The opening valid on that date; else another of that half-day; else the usual hours."""
        known = [one for one in self._sites[site].openings if one.half_day == half_day]
        valid = [one for one in known if one.weekday == on.isoweekday() and _is_valid(one, on)]
        from_hour, to_hour = USUAL_HOURS[half_day]
        usual = Opening(weekday=on.isoweekday(), half_day=half_day, from_hour=from_hour, to_hour=to_hour)
        return next(iter([*valid, *known]), usual)

    def between(self, site: str, on: date, half_day: HalfDay) -> tuple[datetime, datetime]:
        """The aware instants at which it opens and closes."""
        opening = self.opening(site, on, half_day)
        return self._horizon.instant(on, opening.from_hour), self._horizon.instant(on, opening.to_hour)

    def slots(self, site: str, on: date, half_day: HalfDay) -> list[datetime]:
        """The starts of its interview slots."""
        opening = self.opening(site, on, half_day)
        starts_at, ends_at = self.between(site, on, half_day)
        length = timedelta(minutes=opening.slot_minutes)
        found: list[datetime] = []
        while starts_at + length <= ends_at:
            found.append(starts_at)
            starts_at += length + timedelta(minutes=opening.buffer_minutes)
        return found

    def slots_touched(
        self, site: str, on: date, half_day: HalfDay, between: tuple[datetime, datetime]
    ) -> list[int]:
        """The numbers of the slots, from 0, that share time with what lies between two instants."""
        length = timedelta(minutes=self.opening(site, on, half_day).slot_minutes)
        starts_at, ends_at = between
        starts = enumerate(self.slots(site, on, half_day))
        return [slot for slot, start in starts if start < ends_at and starts_at < start + length]

    def half_day_of(self, site: str | None, starts_at: datetime, on: date) -> HalfDay:
        """The half-day in which something starts: that of the opening that contains it, else before or from 13:00."""
        if site is not None:
            for half_day in USUAL_HOURS:
                begins_at, ends_at = self.between(site, on, half_day)
                if begins_at <= starts_at < ends_at:
                    return half_day
        return "am" if starts_at < self._horizon.instant(on, "13:00") else "pm"


def _is_valid(opening: Opening, on: date) -> bool:
    return (opening.from_on is None or opening.from_on <= on) and (
        opening.until_on is None or on <= opening.until_on
    )
