"""Free hours for a person's next date inside published half-days, the nearest to the usual rhythm first."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from db.records.assignment import Assignment
from db.records.facts import Facts
from planner.problem import Problem
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours

STANDING = ("planned", "to_confirm")
USUAL_DAYS = 7
DAY = timedelta(days=1)


class FreeTime(NamedTuple):
    """An hour that nobody has, at a site where the staff member is published."""

    starts_at: datetime
    site: str


def free_times(
    facts: Facts, problem: Problem, published: Iterable[Assignment], last: Assignment, now: datetime
) -> tuple[FreeTime, ...]:
    """Hours for the person of `last` with the same staff member, one a day, best first.

    `published` are the assignments of the dates looked at. Hours the person cannot come at, and their
    other appointments' days, are left out.
    """
    zone = ZoneInfo(problem.zone)
    things = [one for one in published if one.status in STANDING]
    staff = last.staff[0]
    hosts = [one for one in things if one.kind in ("permanence", "office") and staff in one.staff]
    busy = [one for one in things if staff in one.staff and one.kind not in ("permanence", "office")]
    taken_days = {one.held_on for one in things if one.participant == last.participant}
    hours = HalfDayHours(problem, Horizon(problem.first_on, problem.last_on, problem.first_on, problem.zone))
    found = []
    for host in hosts:
        if host.held_on in taken_days or host.site is None or host.half_day is None:
            continue
        for start in hours.slots(host.site, host.held_on, host.half_day):
            end = start + (last.ends_at - last.starts_at)
            if (
                start > now + DAY / 2
                and not _overlaps(busy, start, end)
                and _may_come(facts, last, start, zone)
            ):
                found.append(FreeTime(start, host.site))
    target = last.held_on + timedelta(days=_rhythm_days(facts, last))
    at_hour = last.starts_at.astimezone(zone).time()
    return _one_a_day(found, target, at_hour.hour * 60 + at_hour.minute, zone)


def _overlaps(busy: list[Assignment], start: datetime, end: datetime) -> bool:
    return any(one.starts_at < end and start < one.ends_at for one in busy)


def _may_come(facts: Facts, last: Assignment, start: datetime, zone: ZoneInfo) -> bool:
    """Within the hours that are set for the person, if any are."""
    person = next((one for one in facts.participants if one.code == last.participant), None)
    if person is None or person.any_hour:
        return True
    local = start.astimezone(zone)
    hour = f"{local:%H:%M}"
    return any(
        one.weekday == local.isoweekday() and one.from_hour <= hour < one.to_hour for one in person.hours
    )


def _rhythm_days(facts: Facts, last: Assignment) -> int:
    path = next((one for one in facts.paths if one.participant == last.participant and one.rhythm), None)
    return 7 * path.rhythm[0].every_weeks if path and path.rhythm else USUAL_DAYS


def _one_a_day(found: list[FreeTime], target: date, minutes: int, zone: ZoneInfo) -> tuple[FreeTime, ...]:
    """Of each day the hour nearest to the usual one; days by their distance to the target, the later first."""
    best: dict[date, tuple[int, FreeTime]] = {}
    for one in found:
        local = one.starts_at.astimezone(zone)
        away = abs(local.hour * 60 + local.minute - minutes)
        if local.date() not in best or away < best[local.date()][0]:
            best[local.date()] = (away, one)
    ordered = sorted(best, key=lambda on: (abs((on - target).days), on))
    return tuple(best[on][1] for on in ordered)
