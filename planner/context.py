"""What the solver's rules are told beside the facts: what is settled, and what was published."""

from collections import defaultdict
from typing import NamedTuple

from planner.fixed import Fixed, FixedInterview
from planner.options import Place
from planner.prepare import Facts


class Published(NamedTuple):
    """The published plan as rules ask of it: who was announced where, which interviews stand."""

    announced: frozenset[tuple[str, str, int]]
    starts: frozenset[tuple[str, int]]

    def stands(self, place: Place) -> bool:
        """Whether an interview of this need is published at this very start."""
        return (place.need.id, place.span.start) in self.starts


class Context(NamedTuple):
    facts: Facts
    fixed: Fixed
    published: Published
    settled_of: dict[str, list[FixedInterview]]
    """Settled interviews by participant."""


def make_context(facts: Facts, fixed: Fixed) -> Context:
    settled: dict[str, list[FixedInterview]] = defaultdict(list)
    for interview in fixed.interviews:
        if interview.need.participant is not None:
            settled[interview.need.participant].append(interview)
    return Context(facts, fixed, _published(facts), dict(settled))


def _published(facts: Facts) -> Published:
    plan = facts.problem.published
    if plan is None:
        return Published(frozenset(), frozenset())
    announced: set[tuple[str, str, int]] = set()
    for permanence in plan.permanences:
        cadence = facts.cadences.get(permanence.cadence)
        if cadence is not None:
            announced |= {(person, cadence.site, facts.day(permanence.on)) for person in permanence.staff}
    for session in plan.sessions:
        day = facts.minute(session.starts_at) // 1440
        announced |= {(person, session.site, day) for person in session.staff}
    for office in plan.office:
        announced.add((office.staff, office.site, facts.day(office.on)))
    starts = frozenset((interview.need, facts.minute(interview.starts_at)) for interview in plan.interviews)
    return Published(frozenset(announced), starts)
