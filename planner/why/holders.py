"""Which record stands behind an assignment of the plan: a pin, a publication, or nobody's decision."""

from datetime import date, timedelta
from functools import cached_property

from planner.audit import Auditor
from planner.breach import Breach
from planner.horizon import HALF_DAYS, monday_of, touches
from planner.kept import pinned_names, things
from planner.plan_view import Activity, PlanView, Visit
from planner.rules.workload import engaged_half_days
from planner.territory import Moment
from planner.why.fact import Fact


class Holders:
    """Looks up the assignments of one plan by their keys."""

    def __init__(self, auditor: Auditor, view: PlanView) -> None:
        self.view = view
        self.territory = auditor.territory
        self.pinned = pinned_names(view)
        kept = things(auditor.kept(view))
        self.kept = set(kept)
        """Names of what is pinned, past or frozen, with what pinned interviews bring."""
        self.names = {thing.key: name for name, thing in things(view).items()}
        self.visits = {visit.key: visit for visit in view.visits}

    def __contains__(self, key: str) -> bool:
        return key in self.names

    def facts_of(self, key: str) -> list[Fact]:
        """The records each of which is enough to put this assignment there."""
        name = self.names.get(key)
        if name is None:
            return []
        if name in self.pinned:
            return [Fact(kind="pin", about=name)]
        inside = [
            visit for visit in self.view.visits_of.get(key, ()) if f"interview {visit.key}" in self.pinned
        ]
        if inside:
            return [Fact(kind="pin", about=f"interview {visit.key}") for visit in inside]
        return [Fact(kind="published" if name in self.kept else "placed", about=name)]

    def busy_fact(self, staff: str, record: str) -> Fact:
        meetings = {one.id for one in self.territory.meetings[staff]}
        return Fact(kind="meeting" if record in meetings else "busy", staff=staff, about=record)

    # Working time

    def engaged_in(self, breach: Breach, own: set[tuple[object, object]]) -> list[list[Fact]]:
        """The records of each half-day engaged in the period of a breach, but for `own`.

        What is published elsewhere cannot be moved from here: it comes first, with no record.
        """
        first, last = period_of(breach)
        moments = sorted(
            moment
            for moment in engaged_half_days(self.view, breach.about)
            if first <= moment[0] <= last and moment not in own
        )
        found = [
            self._at.get((breach.about, moment), []) or self._met(breach.about, moment) for moment in moments
        ]
        return sorted(found, key=lambda facts: bool(facts))

    def taken_from_week(self, breach: Breach) -> list[Fact]:
        """As many absences and holidays of a week as it takes to leave too few half-days, the longest first."""
        staff, territory = breach.about, self.territory
        first, last = period_of(breach)
        lost: dict[Fact, int] = {}
        for on in (first + timedelta(days=day) for day in range((last - first).days + 1)):
            for half in HALF_DAYS:
                hours = [territory.pattern_hours(on, one) for one in territory.pattern(staff, on, half)]
                if hours and on in territory.holidays:
                    fact = Fact(kind="holiday", on=on)
                    lost[fact] = lost.get(fact, 0) + 1
                for away in territory.absences[staff] if hours and on not in territory.holidays else ():
                    if any(touches(away.interval, hour) for hour in hours):
                        fact = Fact(kind="absence", staff=staff, about=away.id)
                        lost[fact] = lost.get(fact, 0) + 1
        needed, found = sum(lost.values()) - breach.amount + 1, []
        for fact, count in sorted(lost.items(), key=lambda one: (-one[1], one[0].order)):
            if needed > 0:
                found.append(fact)
                needed -= count
        return found

    @cached_property
    def _at(self) -> dict[tuple[str, Moment], list[Fact]]:
        found: dict[tuple[str, Moment], list[Fact]] = {}
        for thing in things(self.view).values():
            for staff in _staff(thing):
                for moment in _moments(thing):
                    found.setdefault((staff, moment), self.facts_of(thing.key))
        return found

    def _met(self, staff: str, moment: Moment) -> list[Fact]:
        day = self.view.horizon.day(moment[0])
        return [
            Fact(kind="meeting", staff=staff, about=one.id)
            for one in self.territory.meetings[staff]
            if one.interval[0] < day[1] and day[0] < one.interval[1]
        ][:1]


def _staff(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else thing.staff


def _moments(thing: Activity | Visit) -> list[Moment]:
    halves = (thing.half_day,) if isinstance(thing, Visit) else thing.half_days
    return [(thing.on, half) for half in halves]


def period_of(breach: Breach) -> tuple[date, date]:
    """The day, week or month that a breach of working time is about, both ends included."""
    if breach.code == "day_full":
        return breach.on, breach.on
    if breach.code == "month_full":
        after = (breach.on.replace(day=1) + timedelta(days=32)).replace(day=1)
        return breach.on, after - timedelta(days=1)
    monday = monday_of(breach.on)
    return monday, monday + timedelta(days=6)
