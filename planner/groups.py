"""Needs for an interview grouped when they are interchangeable: a group is placed by counting."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planner.demand import CutWindow, cut_window
from planner.fixed import FixedInterview
from planner.prepare import Facts
from planner.problem import Interview


class Group(NamedTuple):
    """Interchangeable needs (need and number each); `counted` unless each is bound to an instant."""

    need: Interview
    members: tuple[tuple[Interview, int], ...]
    window: CutWindow
    counted: bool

    @property
    def size(self) -> int:
        return len(self.members)


def groups_to_place(
    facts: Facts, settled: tuple[FixedInterview, ...], published: frozenset[tuple[str, int]]
) -> Iterator[Group]:
    """Needs left to place, the interchangeable ones together."""
    taken = {(interview.need.id, interview.number) for interview in settled}
    alone, timed = _alone(facts), _timed(facts)
    groups: dict[object, list[tuple[Interview, int]]] = {}
    for need in facts.problem.interviews:
        window = cut_window(facts, need.from_on, need.until_on)
        for number in range(1, need.count + 1):
            known = (need.id, number) in published
            if (need.id, number) not in taken and (window.counts or known):
                single = known or need.id in alone
                key = (need.id, number) if single else _signature(facts, need, window)
                groups.setdefault(key, []).append((need, number))
    for members in groups.values():
        need = members[0][0]
        window = cut_window(facts, need.from_on, need.until_on)
        counted = need.slots == 1 and need.id not in timed
        yield Group(need, tuple(members), window, counted)


def _signature(facts: Facts, need: Interview, window: CutWindow) -> tuple[object, ...]:
    """What two needs must share to be interchangeable."""
    hours = facts.participants[need.participant].hours if need.participant else None
    return (
        need.kind, need.mode, need.priority, need.slots, window, tuple(sorted(need.sites)),
        need.only_in_permanence, need.referent, need.other_staff, need.leave_notice_days, need.misses,
        need.last_on is not None and (need.last_on, need.min_days), hours,
    )  # fmt: skip


def _alone(facts: Facts) -> frozenset[str]:
    """Needs of people who have another need or a session: each is looked at by itself."""
    times: dict[str, int] = defaultdict(int)
    for need in facts.problem.interviews:
        if need.participant is not None:
            times[need.participant] += need.count
    in_sessions = {person for promotion in facts.problem.promotions for person in promotion.participants}
    return frozenset(
        need.id
        for need in facts.problem.interviews
        if need.participant is not None and (times[need.participant] > 1 or need.participant in in_sessions)
    )


def _timed(facts: Facts) -> frozenset[str]:
    """Needs whose very minute matters: two without distance of one person, or beside a session."""
    needs: dict[str, list[Interview]] = defaultdict(list)
    for need in facts.problem.interviews:
        if need.participant is not None and need.min_days == 0:
            needs[need.participant].append(need)
    close = {
        first.id
        for several in needs.values()
        for first in several
        if first.count > 1
        or any(
            first is not then and first.from_on <= then.until_on and then.from_on <= first.until_on
            for then in several
        )
    }
    sites = {
        (person, promotion.site)
        for promotion in facts.problem.promotions
        for person in promotion.participants
    }
    beside = {
        need.id
        for need in facts.problem.interviews
        if any((need.participant, site) in sites for site in need.sites)
    }
    return frozenset(close | beside)
