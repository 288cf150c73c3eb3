"""A plan laid over its territory, indexed once, for the checker's rules and goals to read."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from planner.horizon import Interval, ceil_minute, floor_minute, touches
from planner.opened import Opened
from planner.plan import (
    Assignment,
    OfficeHalfDay,
    Plan,
    PlannedInterview,
    PlannedPermanence,
    PlannedSession,
)
from planner.plan_keys import office_key, permanence_key, session_about, visit_key
from planner.problem import Cadence, Interview, Promotion, Sequence
from planner.records import HalfDay
from planner.territory import Moment, Territory


class Activity(NamedTuple):
    """A permanence, a session or an office half-day: who is where, from when to when.

    `about` names what asked for it: a cadence, "promotion/sequence", "cadence#number", or the
    person of an office half-day. `key` tells it from every other assignment of the plan.
    """

    kind: str
    key: str
    about: str
    site: str
    on: date
    half_days: tuple[HalfDay, ...]
    interval: Interval
    staff: tuple[str, ...]
    cadence: Cadence | None = None
    promotion: Promotion | None = None
    sequence: Sequence | None = None
    room: str | None = None


class Visit(NamedTuple):
    """An interview of the plan; `presence` is the permanence or office half-day that it is part of, if any,
    whether or not it keeps its hours."""

    key: str
    need: Interview
    number: int
    site: str | None
    on: date
    half_day: HalfDay
    interval: Interval
    staff: str
    opening: Opened | None
    presence: Activity | None


Presence = tuple[Activity | None, HalfDay]
"""What an interview is part of, if anything, and its half-day."""


class PlanView:
    """What the checker's half of a rule reads. Every id of the plan is known to the territory."""

    def __init__(self, territory: Territory, plan: Plan, published: "PlanView | None" = None) -> None:
        """`published`: what is published in the horizon of what the problem still knows."""
        self.territory = territory
        self.published = published
        self.problem = territory.problem
        self.horizon = territory.horizon
        self.plan = plan
        self.permanences = tuple(self._permanence(record) for record in plan.permanences)
        self.sessions = tuple(self._session(record) for record in plan.sessions)
        self.offices = tuple(self._office(record) for record in plan.office)
        self.activities = (*self.permanences, *self.sessions, *self.offices)
        self.visits = tuple(self._visit(record) for record in plan.interviews)

    # Indexes

    @cached_property
    def records(self) -> dict[int, Assignment]:
        """What each assignment was laid out from, by its identity (`id`)."""
        plan, laid = self.plan, (*self.activities, *self.visits)
        told: tuple[Assignment, ...] = (*plan.permanences, *plan.sessions, *plan.office, *plan.interviews)
        return {id(thing): record for thing, record in zip(laid, told, strict=True)}

    @cached_property
    def by_moment(self) -> dict[tuple[str, date, HalfDay], list[Activity]]:
        """The presences of each person in each half-day."""
        found: dict[tuple[str, date, HalfDay], list[Activity]] = defaultdict(list)
        for activity in self.activities:
            for staff in activity.staff:
                for half_day in activity.half_days:
                    found[staff, activity.on, half_day].append(activity)
        return found

    @cached_property
    def by_day(self) -> dict[tuple[str, date], list[Activity]]:
        """The activities of each person on each date."""
        found: dict[tuple[str, date], list[Activity]] = defaultdict(list)
        for activity in self.activities:
            for staff in activity.staff:
                found[staff, activity.on].append(activity)
        return found

    @cached_property
    def by_cadence(self) -> dict[str, list[Activity]]:
        """The permanences and sessions of each cadence."""
        found: dict[str, list[Activity]] = defaultdict(list)
        for activity in (*self.permanences, *self.sessions):
            if activity.cadence is not None:
                found[activity.cadence.id].append(activity)
        return found

    @cached_property
    def by_sequence(self) -> dict[tuple[str, str], Activity]:
        """The session of each (promotion, sequence)."""
        return {
            (activity.promotion.id, activity.sequence.id): activity
            for activity in self.sessions
            if activity.promotion and activity.sequence
        }

    @cached_property
    def by_key(self) -> dict[str, Activity]:
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def visits_of(self) -> dict[str, list[Visit]]:
        """The interviews that lie in each permanence or office half-day, by its key."""
        found: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            if visit.presence:
                found[visit.presence.key].append(visit)
        return found

    @cached_property
    def visits_by_need(self) -> dict[str, list[Visit]]:
        found: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            found[visit.need.id].append(visit)
        return found

    @cached_property
    def visits_by_day(self) -> dict[tuple[str, date], list[Visit]]:
        """The interviews of each person of the staff on each date."""
        found: dict[tuple[str, date], list[Visit]] = defaultdict(list)
        for visit in self.visits:
            found[visit.staff, visit.on].append(visit)
        return found

    @cached_property
    def planned_half_days(self) -> dict[str, set[Moment]]:
        """The half-days in which a person has a permanence, a session or an interview."""
        found: dict[str, set[Moment]] = defaultdict(set)
        for activity in (*self.permanences, *self.sessions):
            for staff in activity.staff:
                found[staff].update((activity.on, half_day) for half_day in activity.half_days)
        for visit in self.visits:
            found[visit.staff].add((visit.on, visit.half_day))
        return found

    def engaged(self, staff: str) -> set[Moment]:
        """Those half-days and the ones in which a meeting of the person lies, in the horizon."""
        meetings = self.territory.meeting_half_days[staff]
        return self.planned_half_days.get(staff, set()) | {
            moment for moment in meetings if moment[0] in self.horizon
        }

    def session_days(self, promotion: str) -> dict[date, set[str]]:
        """The days of a promotion's placed sessions, with their animators."""
        found: dict[date, set[str]] = defaultdict(set)
        for activity in self.sessions:
            if activity.promotion and activity.promotion.id == promotion:
                found[activity.on].update(activity.staff)
        return found

    # Laying the plan over the territory

    def _permanence(self, record: PlannedPermanence) -> Activity:
        cadence = self.territory.cadences[record.cadence]
        hours = self.territory.hours(cadence.site, record.on, record.half_day)
        return Activity(
            "permanence",
            permanence_key(record.cadence, record.on, record.half_day),
            cadence.id,
            cadence.site,
            record.on,
            (record.half_day,),
            hours.interval,
            record.staff,
            cadence=cadence,
        )

    def _session(self, record: PlannedSession) -> Activity:
        interval = (floor_minute(record.starts_at), ceil_minute(record.ends_at))
        on = self.horizon.date_of(interval[0])
        promotion, sequence, cadence = None, None, None
        if record.promotion is not None and record.sequence is not None:
            promotion, sequence = self.territory.sequences[record.promotion, record.sequence]
        if record.cadence is not None:
            cadence = self.territory.cadences[record.cadence]
        return Activity(
            "session",
            session_about(record),
            session_about(record),
            record.site,
            on,
            self._session_half_days(record.site, on, interval, sequence or cadence),
            interval,
            record.staff,
            cadence=cadence,
            promotion=promotion,
            sequence=sequence,
            room=record.room,
        )

    def _session_half_days(
        self, site: str, on: date, interval: Interval, work: Sequence | Cadence | None
    ) -> tuple[HalfDay, ...]:
        """Both halves of a whole-day session; otherwise those that its hours touch."""
        touched = self.territory.half_days(site, on, interval)
        return ("am", "pm") if work is not None and work.length == "day" else touched

    def _office(self, record: OfficeHalfDay) -> Activity:
        hours = self.territory.hours(record.site, record.on, record.half_day)
        return Activity(
            "office",
            office_key(record),
            record.staff,
            record.site,
            record.on,
            (record.half_day,),
            hours.interval,
            (record.staff,),
        )

    def _visit(self, record: PlannedInterview) -> Visit:
        need = self.territory.needs[record.need]
        interval = (floor_minute(record.starts_at), ceil_minute(record.ends_at))
        on = self.horizon.date_of(interval[0])
        presence, half_day = self._presence(record, on, interval, need)
        opening = self.territory.hours(record.site, on, half_day) if record.site else None
        return Visit(
            visit_key(need, record.number),
            need,
            record.number,
            record.site,
            on,
            half_day,
            interval,
            record.staff,
            opening,
            presence,
        )

    def _presence(self, record: PlannedInterview, on: date, interval: Interval, need: Interview) -> Presence:
        """The permanence, else the office half-day, of that person there: one that contains the
        interview, else that of its half-day, whose hours it does not keep."""
        there = [one for one in self.by_day.get((record.staff, on), ()) if one.site == record.site]
        half_day = self._half_day(record, on, interval, need)
        holder = presence_of(there, interval, half_day)
        keeps = holder is not None and contains(holder.interval, interval)
        return holder, holder.half_days[0] if holder and keeps else half_day

    def _half_day(self, record: PlannedInterview, on: date, interval: Interval, need: Interview) -> HalfDay:
        start = (interval[0], interval[0] + 1)
        if record.site is not None:
            return self.territory.half_days(record.site, on, start)[0]
        called = self.territory.call_half_day(on, interval, need.slots)
        return called or self.territory.half_days(None, on, start)[0]


def presence_of(there: list[Activity], interval: Interval, half_day: HalfDay) -> Activity | None:
    """What an interview is part of: what keeps its hours, else what is of its half-day; a permanence before an office."""
    found = sorted((one for one in there if one.kind != "session"), key=lambda one: one.kind != "permanence")
    keeping = (one for one in found if contains(one.interval, interval))
    return next(keeping, None) or next((one for one in found if half_day in one.half_days), None)


def contains(interval: Interval, other: Interval) -> bool:
    return interval[0] <= other[0] and other[1] <= interval[1]


def overlaps(one: Visit | Activity, other: Visit | Activity) -> bool:
    """Whether two assignments share at least one minute."""
    return touches(one.interval, other.interval)
