"""What the standing needs of a problem ask for: which dates, how many, and in which month.

The checker's reading of "Needs of a month"; the solver counts on its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from planner.horizon import HALF_DAYS
from planner.plan_keys import sequence_key
from planner.plan_view import Activity, PlanView
from planner.problem import Cadence, Interview, Sequence
from planner.records import HalfDay
from planner.territory import Territory

Month = tuple[int, int]


class MonthlyAsk(NamedTuple):
    """What a monthly cadence asks of this plan in one calendar month, and the most it accepts."""

    month: Month
    asked: int
    most: int


def month_of(on: date) -> Month:
    return on.year, on.month


@lru_cache(maxsize=10_000)
def month_of_window(from_on: date, until_on: date) -> Month:
    """The calendar month in which more days of a window lie; of equals the earlier."""
    best, most = month_of(from_on), 0
    start = from_on
    while start <= until_on and most < 31:
        following = _first_of_next(start)
        last_day = date.max if following is None else following - timedelta(days=1)
        days = (min(until_on, last_day) - start).days + 1
        if days > most:
            best, most = month_of(start), days
        if following is None:
            break
        start = following
    return best


def _first_of_next(on: date) -> date | None:
    if on.month == 12:
        return None if on.year == date.max.year else date(on.year + 1, 1, 1)
    return date(on.year, on.month + 1, 1)


def belongs_to_horizon(territory: Territory, from_on: date, until_on: date) -> bool:
    """Whether a need with this window counts when it is not placed."""
    return month_of_window(from_on, until_on) in territory.horizon.months()


def fitting_half_days(cadence: Cadence) -> tuple[HalfDay, ...]:
    """The half-days that a cadence accepts; a whole day takes both."""
    return (cadence.length,) if cadence.length in ("am", "pm") else HALF_DAYS


def site_serves(territory: Territory, cadence: Cadence, on: date) -> bool:
    """Whether the cadence's site opens on a date, in a half-day (or both) that the cadence accepts."""
    opens = [territory.is_open(cadence.site, on, half_day) for half_day in fitting_half_days(cadence)]
    return all(opens) if cadence.length == "day" else any(opens)


def weekly_dates(territory: Territory, cadence: Cadence) -> tuple[list[date], list[date]]:
    """The dates that a weekly cadence asks, and those not asked because its site is closed."""
    moved = {exception.on: exception.to_on for exception in cadence.exceptions}
    wanted = {on for on in territory.horizon.days if on.isoweekday() in cadence.weekdays and on not in moved}
    for on, to_on in moved.items():
        if to_on is not None and to_on in territory.horizon and on.isoweekday() in cadence.weekdays:
            wanted.add(to_on)
    served = {on for on in wanted if site_serves(territory, cadence, on)}
    return sorted(served), sorted(wanted - served)


def followed_days(view: PlanView, cadence: Cadence) -> dict[date, set[str]]:
    """The dates that a cadence which follows a promotion asks, with the animators to share."""
    days = view.session_days(cadence.follows or "")
    asked: dict[date, set[str]] = defaultdict(set)
    for on, standing_on in after_exceptions(view.territory, cadence, days):
        if site_serves(view.territory, cadence, standing_on):
            asked[standing_on] |= days[on]
    return asked


def after_exceptions(
    territory: Territory, cadence: Cadence, days: Iterable[date]
) -> Iterator[tuple[date, date]]:
    """Each day of a session that a cadence follows, and the date of the horizon on which it stands for it."""
    moved = {exception.on: exception.to_on for exception in cadence.exceptions}
    for on in days:
        standing_on = moved.get(on, on)
        if standing_on is not None and standing_on in territory.horizon:
            yield on, standing_on


def monthly_asks(territory: Territory, cadence: Cadence) -> list[MonthlyAsk]:
    """What a monthly cadence asks, month by month, less what happened elsewhere or before today."""
    done = _done_elsewhere(territory, cadence)
    asks = []
    for month in territory.horizon.months():
        had = sum(1 for occurrence in done if month_of(occurrence[0]) == month)
        most = max(0, cadence.asked + cadence.up_to - had)
        asks.append(MonthlyAsk(month, max(0, cadence.asked - had), most))
    return asks


Occurrence = tuple[date, HalfDay | None]
"""One occurrence of a cadence; that of a whole day has no half-day of its own."""


def occurrence(cadence: Cadence, on: date, half_day: HalfDay) -> Occurrence:
    return on, None if cadence.length == "day" else half_day


def past_occurrences(territory: Territory, cadence: Cadence) -> set[Occurrence]:
    """History and published occurrences of a cadence, in the horizon or not."""
    found = {occurrence(cadence, record.on, record.half_day) for record in cadence.history}
    published = territory.problem.published
    if published is None:
        return found
    for permanence in published.permanences:
        if cadence.kind == "permanence" and permanence.cadence == cadence.id:
            found.add(occurrence(cadence, permanence.on, permanence.half_day))
    for session in published.sessions:
        if cadence.kind == "session" and session.cadence == cadence.id:
            interval = territory.horizon.interval_of(session.starts_at, session.ends_at)
            on = territory.horizon.date_of(interval[0])
            half_days = territory.half_days(cadence.site, on, interval)
            found.add(occurrence(cadence, on, half_days[0]))
    return found


def _done_elsewhere(territory: Territory, cadence: Cadence) -> set[Occurrence]:
    horizon = territory.horizon
    return {
        found
        for found in past_occurrences(territory, cadence)
        if found[0] not in horizon or found[0] < horizon.today_on
    }


def placed_from_today(view: PlanView, cadence: Cadence) -> dict[Month, list[Activity]]:
    """What the plan places of a cadence from `today_on` on, by calendar month."""
    found: dict[Month, list[Activity]] = defaultdict(list)
    for activity in view.by_cadence.get(cadence.id, ()):
        if activity.on >= view.horizon.today_on:
            found[month_of(activity.on)].append(activity)
    return found


def parts(cadence: Cadence) -> int:
    """How many permanences one occurrence is: two for a whole day."""
    return 2 if cadence.kind == "permanence" and cadence.length == "day" else 1


def asked_and_placed(view: PlanView, cadence: Cadence) -> list[tuple[str, int, int]]:
    """(month or "", asked, placed) of a cadence, in permanences or sessions."""
    many = parts(cadence)
    if view.territory.is_monthly(cadence):
        placed = placed_from_today(view, cadence)
        return [
            (f"{ask.month[0]}-{ask.month[1]:02}", many * ask.asked, len(placed.get(ask.month, ())))
            for ask in monthly_asks(view.territory, cadence)
        ]
    if cadence.follows is not None:
        dates = len(followed_days(view, cadence))
    else:
        dates = len(weekly_dates(view.territory, cadence)[0])
    return [("", many * dates, len(view.by_cadence.get(cadence.id, ())))]


def missing_sequences(view: PlanView) -> Iterator[tuple[str, Sequence]]:
    """The sequences of the horizon that are neither placed nor done, with "promotion/sequence"."""
    published = view.problem.published
    elsewhere = {
        (session.promotion, session.sequence)
        for session in (published.sessions if published else ())
        if view.horizon.date_at(session.starts_at) not in view.horizon
    }
    for key, (_, sequence) in view.territory.sequences.items():
        settled = sequence.done_on is not None or key in view.by_sequence or key in elsewhere
        if not settled and belongs_to_horizon(view.territory, sequence.from_on, sequence.until_on):
            yield sequence_key(*key), sequence


def missing_sessions(view: PlanView, *, compulsory: bool) -> Iterator[tuple[str, int]]:
    """How many sessions are missing, by sequence and by cadence of sessions."""
    for about, sequence in missing_sequences(view):
        if sequence.compulsory is compulsory:
            yield about, 1
    for cadence in view.problem.cadences:
        if cadence.kind == "session" and cadence.compulsory is compulsory:
            for month, asked, placed in asked_and_placed(view, cadence):
                if asked > placed:
                    yield f"{cadence.id} {month}".strip(), asked - placed


def own_needs(territory: Territory) -> Iterator[Interview]:
    """The needs of interviews that count here: the others may be met here, another horizon misses them."""
    for need in territory.problem.interviews:
        if belongs_to_horizon(territory, need.from_on, need.until_on):
            yield need


def missing_interviews(view: PlanView) -> Iterator[tuple[Interview, int]]:
    """The needs of the horizon that lack interviews, and how many."""
    for need in own_needs(view.territory):
        missing = need.count - len(view.visits_by_need.get(need.id, ()))
        if missing > 0:
            yield need, missing
