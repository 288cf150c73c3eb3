"""What is taken while facts are made up: keeps generated pins consistent with each other."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from planner.generate.chances import (
    HALF_DAYS,
    dates,
    instant,
    is_closed,
    minutes_of,
    monday_of,
    opening_on,
)
from planner.generate.team import Span
from planner.problem import (
    Absence,
    Busy,
    Cadence,
    Meeting,
    Participant,
    Promotion,
    Site,
    StaffMember,
    WeeklyAvailability,
)
from planner.records import HalfDay


class Facts(NamedTuple):
    """Everything but the interviews."""

    span: Span
    holidays: tuple[date, ...]
    sites: tuple[Site, ...]
    staff: tuple[StaffMember, ...]
    promotions: tuple[Promotion, ...]
    cadences: tuple[Cadence, ...]
    participants: tuple[Participant, ...]

    def site(self, identifier: str) -> Site:
        return next(site for site in self.sites if site.id == identifier)


class Presence(NamedTuple):
    on: date
    half_day: HalfDay


def pattern_on(member: StaffMember, on: date, half_day: HalfDay) -> WeeklyAvailability | None:
    for pattern in member.availability:
        if (pattern.weekday, pattern.half_day) == (on.isoweekday(), half_day) and (
            (pattern.from_on or on) <= on <= (pattern.until_on or on)
        ):
            return pattern
    return None


def is_free(member: StaffMember, when: Presence, span: Span) -> bool:
    """No absence, meeting or busy interval touches the half-day."""
    noon = instant(span.zone, when.on, "13:00")
    starts_at = instant(span.zone, when.on, "00:00") if when.half_day == "am" else noon
    ends_at = noon if when.half_day == "am" else instant(span.zone, when.on, "23:59")
    taken: list[Absence | Meeting | Busy] = [*member.absences, *member.meetings, *member.busy]
    return not any(one.starts_at < ends_at and one.ends_at > starts_at for one in taken)


def free_half_days(member: StaffMember, facts: Facts) -> list[Presence]:
    """Half-days of the horizon in which the person may be put somewhere, télétravail included."""
    return [
        Presence(on, half_day)
        for on in dates(facts.span.first_on, facts.span.last_on)
        if on not in facts.holidays
        for half_day in HALF_DAYS
        if pattern_on(member, on, half_day) and is_free(member, Presence(on, half_day), facts.span)
    ]


def is_open(site: Site, when: Presence) -> bool:
    return opening_on(site, when.on, when.half_day) is not None and not is_closed(
        site.closures, when.on, when.half_day
    )


def may_enter(member: StaffMember, site: Site, on: date) -> bool:
    if not site.demands_accreditation:
        return True
    return any(
        one.site == site.id and (one.from_on or on) <= on <= (one.until_on or on)
        for one in member.accreditations
    )


class Agenda:
    """Half-days taken by staff, dates taken by participants, places taken at sites."""

    def __init__(self, promotions: tuple[Promotion, ...]) -> None:
        self.presences: dict[str, set[Presence]] = {}
        self.meetings_of: dict[str, list[date]] = {}
        self.places: Counter[tuple[str, date, int]] = Counter()
        self.group_of = {person: group for group in promotions for person in group.participants}

    def week_count(self, staff: str, on: date) -> int:
        taken = self.presences.get(staff, set())
        return sum(monday_of(one.on) == monday_of(on) for one in taken)

    def take_half_day(self, staff: str, when: Presence) -> None:
        self.presences.setdefault(staff, set()).add(when)

    def may_meet(self, person: Participant, when: Presence, minutes: tuple[int, int], min_days: int) -> bool:
        """The person's hours hold, the distance to their other interviews too, no session that half-day."""
        group = self.group_of.get(person.id)
        if group and (group.weekday, group.half_day) == (when.on.isoweekday(), when.half_day):
            return False
        if any(
            abs((when.on - other).days) < max(1, min_days) for other in self.meetings_of.get(person.id, ())
        ):
            return False
        return person.hours is None or any(
            hours.weekday == when.on.isoweekday()
            and minutes_of(hours.from_hour) <= minutes[0]
            and minutes[1] <= minutes_of(hours.to_hour)
            for hours in person.hours
        )

    def meet(self, person: str, on: date) -> None:
        self.meetings_of.setdefault(person, []).append(on)
