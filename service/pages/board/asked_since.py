"""Whether somebody entered other needs since a draft was computed: needs met, held or published meanwhile are none."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.queries.facts import facts_of
from db.queries.trail import Sought, trail, trail_kind
from db.records.facts import Facts
from db.records.participant import InterviewNeed, Path, Volume
from planner.problem import Interview, Problem

COUNTED = frozenset({"last_interview_on", "missed_on", "misses_in_a_row", "asked_referent_at"})
"""Of a path: what follows from interviews that were held or missed."""
MOST_ENTRIES = 1000


async def other_needs(territory_id: UUID, before: Problem, now: Problem, since_at: datetime) -> bool:
    """`before` was read at `since_at`."""
    if _hours(before, now) or _changed(before, now):
        return True
    facts = await facts_of(territory_id)
    typed = {one.code: one for one in facts.needs if one.origin == "typed"}
    was, stands = ({one.id for one in problem.interviews} for problem in (before, now))
    if any(_is_new(typed[code], now) for code in (stands - was) & typed.keys()):
        return True
    if any(typed[code].state == "closed" for code in (was - stands) & typed.keys()):
        return True
    return bool((was ^ stands) - _stored(facts)) and await _rhythms_entered(territory_id, since_at)


def _hours(before: Problem, now: Problem) -> bool:
    """Whether a person that both know comes at other hours."""
    known = {one.id: one for one in before.participants}
    return any(known.get(one.id, one) != one for one in now.participants)


def _changed(before: Problem, now: Problem) -> bool:
    """Whether a need that both know is asked otherwise. One that was fixed is as the person agreed to it."""
    known = {one.id: _asked(one) for one in before.interviews}
    fixed = {one.need for one in now.pins}
    free = [_asked(one) for one in now.interviews if one.id not in fixed]
    return any(known.get(one.id, one) != one for one in free)


def _asked(one: Interview) -> Interview:
    """Without what is counted, not entered."""
    return msgspec.structs.replace(one, last_on=None, misses=0)


def _is_new(need: InterviewNeed, now: Problem) -> bool:
    """Asked for in these dates, not there for what was published or fixed of it."""
    return need.state == "open" and _touches(need.from_on, need.until_on, now)


def _touches(from_on: date, until_on: date, problem: Problem) -> bool:
    return from_on <= problem.last_on and until_on >= problem.first_on


def _stored(facts: Facts) -> set[str]:
    return {one.code for one in facts.needs}


async def _rhythms_entered(territory_id: UUID, since_at: datetime) -> bool:
    """Whether a path or a volume was entered, changed by hand or loaded since."""
    kinds = (trail_kind(Path), trail_kind(Volume))
    sought = Sought(territory_id=territory_id, kinds=kinds, from_at=since_at)
    entries = await trail(sought, limit=MOST_ENTRIES)
    return any(not _is_counted(entry.detail.get("fields", ())) for entry in entries)


def _is_counted(fields: Iterable[str]) -> bool:
    named = frozenset(fields)
    return bool(named) and named <= COUNTED
