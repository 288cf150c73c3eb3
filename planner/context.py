"""What the solver's rules are told beside the facts: what is settled, and what was published."""

from collections import defaultdict
from typing import NamedTuple

from planner.fixed import (
    Fixed,
    FixedInterview,
    FixedOccurrence,
    Of,
    published_interview,
    published_occurrence,
)
from planner.options import Occurrence, Place
from planner.plan import PlannedInterview, PlannedPermanence
from planner.prepare import Facts
from planner.standing import Published


class Record(NamedTuple):
    """The published plan as rules and goals ask of it.

    Permanences are known by (cadence, half-day), sessions by what they are and their number,
    interviews by need and number; `freed` hold what a new fact broke too near to be moved freely.
    """

    announced: frozenset[tuple[str, str, int]]
    permanences: dict[tuple[str, int], tuple[str, ...]]
    sessions: dict[tuple[Of, int | None], tuple[int, FixedOccurrence]]
    interviews: dict[tuple[str, int], FixedInterview]
    freed_halves: frozenset[tuple[Of, int]]
    freed_interviews: frozenset[tuple[str, int]]

    def stands(self, place: Place) -> bool:
        """Whether an interview of this need is published at this very start."""
        known = self.interviews.get((place.need.id, place.number))
        return known is not None and known.span.start == place.span.start

    def replaces(self, place: Place) -> bool:
        """Whether it keeps date, start and site of an interview that a new fact broke."""
        key = (place.need.id, place.number)
        return key in self.freed_interviews and self.stands(place) and self.interviews[key].site == place.site

    def replaces_occurrence(self, occurrence: Occurrence) -> bool:
        return all((occurrence.of, half) in self.freed_halves for half in occurrence.halves)


class Context(NamedTuple):
    facts: Facts
    fixed: Fixed
    published: Record
    settled_of: dict[str, list[FixedInterview]]
    """Settled interviews by participant."""
    visits: dict[tuple[str, int], list[FixedInterview]]
    """Settled interviews on site by person of the staff and day."""


def make_context(facts: Facts, fixed: Fixed, published: Published) -> Context:
    settled: dict[str, list[FixedInterview]] = defaultdict(list)
    visits: dict[tuple[str, int], list[FixedInterview]] = defaultdict(list)
    for interview in fixed.interviews:
        if interview.need.participant is not None:
            settled[interview.need.participant].append(interview)
        if interview.site is not None:
            visits[interview.staff, interview.half // 2].append(interview)
    return Context(facts, fixed, _record(facts, published), dict(settled), dict(visits))


def _record(facts: Facts, published: Published) -> Record:
    record = Record(_announced(facts), {}, {}, {}, *_freed(facts, published))
    for one in published.every:
        if isinstance(one, PlannedInterview):
            record.interviews[one.need, one.number] = published_interview(facts, one)
            continue
        of, half, kept = published_occurrence(facts, one)
        if isinstance(one, PlannedPermanence):
            record.permanences[one.cadence, half] = one.staff
        else:
            record.sessions[of, kept.number] = (half, kept)
    return record


def _freed(
    facts: Facts, published: Published
) -> tuple[frozenset[tuple[Of, int]], frozenset[tuple[str, int]]]:
    halves: set[tuple[Of, int]] = set()
    interviews: set[tuple[str, int]] = set()
    for one in published.freed:
        if isinstance(one, PlannedInterview):
            interviews.add((one.need, one.number))
            continue
        of, half, kept = published_occurrence(facts, one)
        halves.add((of, half))
        if kept.span is not None:
            halves.add((of, facts.half_of(kept.span.end - 1, None)))
    return frozenset(halves), frozenset(interviews)


def _announced(facts: Facts) -> frozenset[tuple[str, str, int]]:
    """Who is published where on which day."""
    plan = facts.problem.published
    if plan is None:
        return frozenset()
    found = {(office.staff, office.site, facts.day(office.on)) for office in plan.office}
    for permanence in plan.permanences:
        cadence = facts.cadences.get(permanence.cadence)
        if cadence is not None:
            found |= {(person, cadence.site, facts.day(permanence.on)) for person in permanence.staff}
    for session in plan.sessions:
        day = facts.minute(session.starts_at) // 1440
        found |= {(person, session.site, day) for person in session.staff}
    for interview in plan.interviews:
        if interview.site is not None:
            found.add((interview.staff, interview.site, facts.minute(interview.starts_at) // 1440))
    return frozenset(found)
