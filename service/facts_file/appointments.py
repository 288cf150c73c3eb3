"""Appointments that a facts file says are fixed already: the usual day and hour of each person.

Each person's due weeks follow from the rhythm and the last interview. In a due week the usual
appointment stands, unless it falls on a holiday, a closure, an absence or a meeting of the referent:
then nothing is fixed and the need is left to the plan.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planner.rhythm import Rhythm, Stage, due_weeks, rhythm_needs
from service.facts_file.dated import DatedFacts, Interval
from service.facts_file.lines import read_opening
from service.facts_file.schema import RhythmEntry, SiteEntry, StaffEntry
from service.facts_file.tables import ParticipantRow, Usual
from service.relative_dates import months_later

WEDNESDAY = 2


class Appointment(NamedTuple):
    """An interview fixed with the person; `need` is the id that the rhythm gives it."""

    need: str
    on: date
    start: str
    site: str | None
    staff: str


class Followed(NamedTuple):
    """A participant with a rhythm: when the path began, the last interview, what is fixed."""

    row: ParticipantRow
    stages: tuple[Stage, ...]
    entry_on: date
    last_on: date | None
    appointments: tuple[Appointment, ...]


class Appointments:
    """What is fixed in the month of `dated`, person by person.

    `last_held` are the last interviews that the house itself knows of, before the month: where they
    are later than what the file says, the weeks count from them. Of two people who would then meet
    their referent at the same time, the first of the file is fixed.
    """

    def __init__(self, dated: DatedFacts, last_held: Mapping[str, date]) -> None:
        self._dated = dated
        self._last_held = last_held
        self._given: set[tuple[str, date, str]] = set()
        facts = dated.facts
        self._rhythms = {rhythm.code: rhythm for rhythm in facts.rhythms}
        self._sites = {site.code: site for site in facts.sites}
        self._office = next((site.code for site in facts.sites if site.kind == "bureau"), None)
        self._taken = {person.code: list(self._engaged(person)) for person in facts.staff}

    def followed(self, row: ParticipantRow) -> Followed:
        """The path of one participant in the month."""
        first_on = self._dated.month.first_on
        entry_on = months_later(first_on, -row.entry)
        stages = _stages(self._rhythms[row.rhythm], entry_on) if row.rhythm else ()
        last_on = self._last_on(row)
        if last_on is not None:
            entry_on = min(entry_on, last_on - timedelta(days=7))
        if not stages:
            return Followed(row, stages, entry_on, last_on, ())
        last_on = self._held_before(row, stages, entry_on, last_on)
        fixed = tuple(self._fixed(row, stages, entry_on, last_on))
        return Followed(row, stages, entry_on, last_on, fixed)

    def _last_on(self, row: ParticipantRow) -> date | None:
        """`last` weeks before the first week of the month, on the usual weekday, or later if known."""
        held_on = self._last_held.get(row.reference)
        if row.last is None:
            return held_on
        monday_on = self._dated.month.first_monday_on - timedelta(weeks=row.last)
        told_on = monday_on + timedelta(days=row.usual.weekday - 1 if row.usual else WEDNESDAY)
        return max(told_on, held_on or told_on)

    def _held_before(
        self, row: ParticipantRow, stages: tuple[Stage, ...], entry_on: date, last_on: date | None
    ) -> date | None:
        """The appointment of the first week counts as held when it lies in the month before."""
        first_on = self._dated.month.first_on
        for due_on, _ in due_weeks(_rhythm(row, stages, entry_on, last_on)):
            on = due_on + timedelta(days=row.usual.weekday - 1 if row.usual else WEDNESDAY)
            if row.usual is None or on >= first_on:
                break
            last_on = on
        return last_on

    def _fixed(
        self, row: ParticipantRow, stages: tuple[Stage, ...], entry_on: date, last_on: date | None
    ) -> Iterator[Appointment]:
        month, usual = self._dated.month, row.usual
        if usual is None or row.referent is None:
            return
        site = usual.site or self._office
        for need in rhythm_needs(_rhythm(row, stages, entry_on, last_on), month.first_on, month.last_on):
            on = need.from_on + timedelta(days=usual.weekday - 1)
            hour = (row.referent, on, usual.start)
            if not month.first_on <= on <= month.last_on or hour in self._given:
                continue
            if self._possible(on, usual, site, row.referent):
                self._given.add(hour)
                yield Appointment(need.id, on, usual.start, site, row.referent)

    def _possible(self, on: date, usual: Usual, site: str | None, referent: str) -> bool:
        if site is None or not self._dated.month.is_workday(on):
            return False
        half_day = "am" if usual.start < "13:00" else "pm"
        hours = _opening_hours(self._sites[site], on, half_day)
        if hours is None or self._closed(self._sites[site], on, half_day):
            return False
        presence = Interval(self._dated.instant(on, hours[0]), self._dated.instant(on, hours[1]))
        return not any(taken.touches(presence) for taken in self._taken[referent])

    def _closed(self, site: SiteEntry, on: date, half_day: str) -> bool:
        for closure in site.closures:
            entry = f"sites {site.code!r}, closure {closure.code!r}"
            from_on, until_on = self._dated.period(entry, closure.from_on, closure.until_on)
            if from_on <= on <= until_on and closure.half_day in (None, half_day):
                return True
        return False

    def _engaged(self, person: StaffEntry) -> Iterator[Interval]:
        """Absences and meetings of one person."""
        for absence in person.absences:
            yield from self._dated.absence(f"staff {person.code!r}, absences", absence)
        for meeting in self._dated.facts.meetings:
            if person.code in meeting.staff:
                for on in self._dated.days(f"meetings {meeting.code!r}", "on", meeting.on):
                    yield Interval(
                        self._dated.instant(on, meeting.from_hour),
                        self._dated.instant(on, meeting.until_hour),
                    )


def _rhythm(row: ParticipantRow, stages: tuple[Stage, ...], entry_on: date, last_on: date | None) -> Rhythm:
    return Rhythm(participant=row.reference, stages=stages, starts_on=entry_on, last_on=last_on)


def _stages(rhythm: RhythmEntry, entry_on: date) -> tuple[Stage, ...]:
    """A stage of so many weeks ends on a date that counts from the entry."""
    stages: list[Stage] = []
    from_on = entry_on
    for stage in rhythm.stages:
        until_on = None if stage.weeks is None else from_on + timedelta(weeks=stage.weeks, days=-1)
        stages.append(Stage(every_weeks=stage.every, tolerance_weeks=stage.tolerance, until_on=until_on))
        from_on = until_on + timedelta(days=1) if until_on else from_on
    return tuple(stages)


def _opening_hours(site: SiteEntry, on: date, half_day: str) -> tuple[str, str] | None:
    for line in site.openings:
        for opening in read_opening(line):
            if (opening.weekday, opening.half_day) == (on.isoweekday(), half_day):
                return opening.from_hour, opening.to_hour
    return None
