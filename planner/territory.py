"""The facts of a problem, indexed once for the checker; the solver shares nothing of it but the records."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from planner.horizon import HALF_DAYS, Horizon, Interval, touches
from planner.horizon import ceil_minute as end_minute
from planner.horizon import floor_minute as start_minute
from planner.opened import Opened
from planner.problem import Cadence, Problem, Promotion, Sequence, Site, StaffMember, WeeklyAvailability
from planner.records import HalfDay

DAYS_AROUND = 40
"""How far beyond the horizon meetings still count, in weeks and months that straddle its ends."""

Moment = tuple[date, HalfDay]
"""One half-day of one date."""

DEFAULT_WEIGHTS = {
    "rest_normal": 3,
    "rest_flexible": 1,
    "rest_session": 6,
    "usual_staff": 2,
    "animators": 3,
    "referent": 1,
    "avoid": 4,
    "prefer": 1,
    "travel": 1,
    "spread": 3,
    "single": 3,
    "urgent_wait": 1,
    "extra": 5,
}
"""What each price is unless the problem's `weights` say otherwise."""

LEDGER_KINDS = ("permanences", "far", "edges", "sessions")
"""What the ledger balances between people."""

UNKNOWN_HOURS: dict[HalfDay, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
"""Hours of a presence that something pinned puts where the site never opens."""


class Span(NamedTuple):
    """A dated fact of one person: an absence, a busy time, a meeting."""

    id: str
    interval: Interval
    site: str | None = None


class Territory:
    """A problem with its look-ups; reads nothing but the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.horizon = Horizon.of(problem)
        self.sites = {site.id: site for site in problem.sites}
        self.staff = {person.id: person for person in problem.staff}
        self.cadences = {cadence.id: cadence for cadence in problem.cadences}
        self.promotions = {promotion.id: promotion for promotion in problem.promotions}
        self.participants = {participant.id: participant for participant in problem.participants}
        self.needs = {need.id: need for need in problem.interviews}
        self.holidays = frozenset(problem.holidays)
        self.weights = {**DEFAULT_WEIGHTS, **problem.weights}
        self.bureaus = tuple(site.id for site in problem.sites if site.kind == "bureau")
        self._openings: dict[tuple[str, date, HalfDay], Opened | None] = {}
        self._of_bureaus: dict[tuple[date, HalfDay], tuple[Opened, ...]] = {}
        self._called: dict[tuple[date, Interval, int], HalfDay | None] = {}
        self._travel = {(leg.from_site, leg.to_site): leg.minutes for leg in problem.travel}
        self._available: dict[tuple[str, date, HalfDay], bool] = {}

    # Sequences

    @cached_property
    def sequences(self) -> dict[tuple[str, str], tuple[Promotion, Sequence]]:
        """Every sequence by (promotion, sequence)."""
        return {
            (promotion.id, sequence.id): (promotion, sequence)
            for promotion in self.problem.promotions
            for sequence in promotion.sequences
        }

    # Sites

    def opening(self, site: str, on: date, half_day: HalfDay) -> Opened | None:
        """The opening valid that half-day, whether or not a closure or a holiday shuts it."""
        key = (site, on, half_day)
        if key not in self._openings:
            self._openings[key] = self._find_opening(self.sites[site], on, half_day)
        return self._openings[key]

    def _find_opening(self, site: Site, on: date, half_day: HalfDay) -> Opened | None:
        for opening in site.openings:
            if opening.weekday != on.isoweekday() or opening.half_day != half_day:
                continue
            if is_valid(on, opening.from_on, opening.until_on):
                start, end = self.horizon.hours_at(on, opening.from_hour, opening.to_hour)
                return Opened(start, end, opening.slot_minutes, opening.buffer_minutes)
        return None

    def hours(self, site: str, on: date, half_day: HalfDay) -> Opened:
        """The opening, or the hours of a presence where there is none."""
        return self.opening(site, on, half_day) or self._hours_without_opening(site, on, half_day)

    def _hours_without_opening(self, site: str, on: date, half_day: HalfDay) -> Opened:
        for opening in self.sites[site].openings:
            if opening.half_day == half_day:
                start, end = self.horizon.hours_at(on, opening.from_hour, opening.to_hour)
                return Opened(start, end, opening.slot_minutes, opening.buffer_minutes)
        start, end = self.horizon.hours_at(on, *UNKNOWN_HOURS[half_day])
        return Opened(start, end, 60, 0)

    def openings_on(self, site: str, on: date) -> dict[HalfDay, Interval]:
        """The hours of each half-day that the site opens on a date."""
        found = {half_day: self.opening(site, on, half_day) for half_day in HALF_DAYS}
        return {half_day: opening.interval for half_day, opening in found.items() if opening}

    def shut_by(self, site: str, on: date, half_day: HalfDay) -> Iterator[tuple[str, str]]:
        """What keeps a site shut that half-day, as (reason code, record)."""
        record = self.sites[site]
        if self.opening(site, on, half_day) is None:
            yield "no_opening", ""
        for closure in record.closures:
            if closure.from_on <= on <= closure.until_on and closure.half_day in (None, half_day):
                yield "closed", closure.id
        if on in self.holidays and not record.open_on_holidays:
            yield "holiday", ""

    def is_open(self, site: str, on: date, half_day: HalfDay) -> bool:
        return next(self.shut_by(site, on, half_day), None) is None

    def half_days(self, site: str | None, on: date, interval: Interval) -> tuple[HalfDay, ...]:
        """The half-days of a date that an activity touches, by the openings of its site if it has one."""
        openings = self.openings_on(site, on) if site else None
        return self.horizon.half_days_touched(on, interval, openings)

    def call_half_day(self, on: date, interval: Interval, slots: int) -> HalfDay | None:
        """The half-day in which a call stands on slots of a bureau's opening, open or closed that day."""
        key = (on, interval, slots)
        if key not in self._called:
            halves = (half for half in HALF_DAYS if self._is_run(on, half, interval, slots))
            self._called[key] = next(halves, None)
        return self._called[key]

    def _is_run(self, on: date, half_day: HalfDay, interval: Interval, slots: int) -> bool:
        return any(opening.is_run(interval, slots) for opening in self._bureau_openings(on, half_day))

    def _bureau_openings(self, on: date, half_day: HalfDay) -> tuple[Opened, ...]:
        """Each once: most bureaus keep the same hours."""
        key = (on, half_day)
        if key not in self._of_bureaus:
            found = (self.opening(site, on, half_day) for site in self.bureaus)
            self._of_bureaus[key] = tuple(dict.fromkeys(opening for opening in found if opening))
        return self._of_bureaus[key]

    def travel_minutes(self, one: str, other: str) -> int:
        """From the table, symmetric unless both directions are given; 0 for the same site."""
        if one == other:
            return 0
        found = self._travel.get((one, other), self._travel.get((other, one)))
        return self.problem.default_travel_minutes if found is None else found

    # People

    def pattern(self, staff: str, on: date, half_day: HalfDay) -> Iterator[WeeklyAvailability]:
        """The entries of the weekly pattern valid for that half-day."""
        for entry in self._pattern.get((staff, on.isoweekday(), half_day), ()):
            if is_valid(on, entry.from_on, entry.until_on):
                yield entry

    @cached_property
    def _pattern(self) -> dict[tuple[str, int, HalfDay], list[WeeklyAvailability]]:
        """The entries of each person, weekday and half-day."""
        found: dict[tuple[str, int, HalfDay], list[WeeklyAvailability]] = defaultdict(list)
        for person in self.problem.staff:
            for entry in person.availability:
                found[person.id, entry.weekday, entry.half_day].append(entry)
        return found

    def is_listed(self, staff: str, on: date, half_day: HalfDay) -> bool:
        """Whether the weekly pattern has that half-day."""
        return next(self.pattern(staff, on, half_day), None) is not None

    def pattern_hours(self, on: date, entry: WeeklyAvailability) -> Interval:
        return self.horizon.hours_at(on, entry.from_hour, entry.to_hour)

    @cached_property
    def absences(self) -> dict[str, tuple[Span, ...]]:
        return {person.id: tuple(_absences(person)) for person in self.problem.staff}

    @cached_property
    def occupied(self) -> dict[str, tuple[Span, ...]]:
        """Meetings and imported busy times of each person."""
        return {person.id: (*self.meetings[person.id], *_busy_times(person)) for person in self.problem.staff}

    @cached_property
    def meetings(self) -> dict[str, tuple[Span, ...]]:
        return {person.id: tuple(_meetings(person)) for person in self.problem.staff}

    @cached_property
    def meeting_half_days(self) -> dict[str, frozenset[Moment]]:
        """The half-days in which each person's meetings lie, in the horizon and a month around it."""
        around = timedelta(days=DAYS_AROUND)
        first, last = self.horizon.first_on - around, self.horizon.last_on + around
        known = (self.horizon.day(first)[0], self.horizon.day(last)[1])
        found: dict[str, set[Moment]] = {staff: set() for staff in self.staff}
        for staff, meetings in self.meetings.items():
            for meeting in meetings:
                interval = max(meeting.interval[0], known[0]), min(meeting.interval[1], known[1])
                for on in self.horizon.dates_touched(interval) if interval[0] < interval[1] else ():
                    found[staff].update((on, half) for half in self.half_days(meeting.site, on, interval))
        return {staff: frozenset(moments) for staff, moments in found.items()}

    def is_available(self, staff: str, on: date, half_day: HalfDay) -> bool:
        """The pattern lists the half-day, no absence touches it and it is no public holiday."""
        key = (staff, on, half_day)
        if key not in self._available:
            entries = () if on in self.holidays else tuple(self.pattern(staff, on, half_day))
            away = self.absences[staff]
            hours = [self.pattern_hours(on, entry) for entry in entries] if away else []
            self._available[key] = bool(entries) and not any(
                touches(span.interval, hour) for span in away for hour in hours
            )
        return self._available[key]

    @cached_property
    def available_half_days(self) -> dict[str, int]:
        """How many half-days of the horizon each person is available."""
        moments = [(on, half_day) for on in self.horizon.days for half_day in HALF_DAYS]
        return {
            staff: sum(self.is_available(staff, on, half_day) for on, half_day in moments)
            for staff in self.staff
        }

    # What is published or booked, whatever plan is looked at

    @cached_property
    def announced(self) -> frozenset[tuple[str, str, date]]:
        """(person, site, date) of everything published."""
        published = self.problem.published
        if published is None:
            return frozenset()
        found = {(office.staff, office.site, office.on) for office in published.office}
        for permanence in published.permanences:
            cadence = self.cadences.get(permanence.cadence)
            if cadence:
                found.update((staff, cadence.site, permanence.on) for staff in permanence.staff)
        for session in published.sessions:
            on = self.horizon.date_at(session.starts_at)
            found.update((staff, session.site, on) for staff in session.staff)
        for interview in published.interviews:
            if interview.site is not None:
                found.add((interview.staff, interview.site, self.horizon.date_at(interview.starts_at)))
        return frozenset(found)

    @cached_property
    def published_starts(self) -> dict[tuple[str, int], int]:
        """The minute at which each (need, number) is published."""
        published = self.problem.published
        return {
            (record.need, record.number): start_minute(record.starts_at)
            for record in (published.interviews if published else ())
        }

    # Occurrences before or around this plan

    def is_monthly(self, cadence: Cadence) -> bool:
        return cadence.follows is None and (cadence.asked > 0 or not cadence.weekdays)


def is_valid(on: date, from_on: date | None, until_on: date | None) -> bool:
    """Whether a date lies in a validity whose ends, both included, may be open."""
    return (from_on is None or from_on <= on) and (until_on is None or on <= until_on)


def _absences(person: StaffMember) -> Iterator[Span]:
    for absence in person.absences:
        yield Span(absence.id, (start_minute(absence.starts_at), end_minute(absence.ends_at)))


def _busy_times(person: StaffMember) -> Iterator[Span]:
    for busy in person.busy:
        interval = start_minute(busy.starts_at), end_minute(busy.ends_at)
        yield Span(f"busy {busy.starts_at.isoformat()}", interval)


def _meetings(person: StaffMember) -> Iterator[Span]:
    for meeting in person.meetings:
        interval = (start_minute(meeting.starts_at), end_minute(meeting.ends_at))
        yield Span(meeting.id, interval, meeting.site)
