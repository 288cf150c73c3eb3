"""A published plan that something broke, mended where it broke: everything else stays for now.

What is looked at is small, so that a plan near the published one is there at once, and most proofs
that follow only have to say that it is best.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.budget import Budget
from planner.fixed import FixedInterview, FixedOccurrence, Of
from planner.groups import Group
from planner.lanes import Take
from planner.levels import settle_levels
from planner.model import Model
from planner.neighbourhoods import places
from planner.options import Work
from planner.plan import LEVEL_NAMES
from planner.restrict import Restrictor

LEVELS = LEVEL_NAMES[: LEVEL_NAMES.index("changes") + 1]
SHARE = 0.7
"""Of the time left, what mending may use."""
MOST_SECONDS = 4.0
UNITS = 4.0
MOST_DAYS = 6
"""Days that are looked at together."""


class Broken(NamedTuple):
    """Days on which something published does not stand, and what is not as published or not placed at all."""

    days: frozenset[int]
    works: frozenset[Of]


def mend(model: Model, values: list[int], budget: Budget) -> list[int]:
    """Better values up to the level `changes`, from feasible ones that keep what they can of what is published."""
    if model.facts.problem.published is None or _is_best(model, values) or budget.over():
        return values
    within = budget.share(min(MOST_SECONDS, SHARE * budget.seconds), UNITS)
    before = within.units
    broken = _broken(model, values)
    restrictor = Restrictor(model.program)
    for days in _together(broken.days):
        if within.over() or _is_best(model, values):
            break
        piece = restrictor.piece(_around(model, days, broken.works), values)
        found, _ = settle_levels(piece.program, piece.take(values), within, lambda *_: None, names=LEVELS)
        better = piece.give(values, found)
        if _key(model, better) < _key(model, values):
            values = better
    budget.spend((before or 0.0) - (within.units or 0.0))
    return values


def _key(model: Model, values: list[int]) -> tuple[int, ...]:
    return tuple(model.program.value(name, values) for name in LEVELS)


def _is_best(model: Model, values: list[int]) -> bool:
    return all(model.program.value(name, values) <= model.program.least(name) for name in LEVELS)


def _together(days: Iterable[int]) -> Iterator[frozenset[int]]:
    """At most so many days at a time, in order; once without any, where only something new is missing."""
    ordered = sorted(days)
    for first in range(0, max(1, len(ordered)), MOST_DAYS):
        yield frozenset(ordered[first : first + MOST_DAYS])


def _around(model: Model, days: frozenset[int], works: frozenset[Of]) -> Iterator[int]:
    """All that may happen on these days, and these works on any day."""
    for variable, day, _ in places(model):
        if day in days:
            yield variable
    for index, occurrence in enumerate(model.variables.occurrences):
        if occurrence.of in works:
            yield model.variables.held[index]
            yield from model.variables.rooms[index].values()
            yield from model.variables.team[index].values()


# What is broken


def _broken(model: Model, values: list[int]) -> Broken:
    record, today = model.context.published, model.facts.today
    moved: list[tuple[Of, int]] = [
        ((cadence,), half)
        for (cadence, half), staff in record.permanences.items()
        if not _is_held(model, values, (cadence,), FixedOccurrence(staff, complete=True), half)
    ]
    moved += [
        (of, half)
        for (of, _), (half, kept) in record.sessions.items()
        if not _is_held(model, values, of, kept, half)
    ]
    days = {half // 2 for _, half in moved} | set(_moved_interviews(model, values))
    days = days or set(_urgent_days(model, values))
    works = {of for of, _ in moved} | set(_missing(model, values))
    led = {of[0] for of in works if len(of) > 1}
    works |= {of for of, work in model.variables.works.items() if _leads(work) in led}
    return Broken(frozenset(day for day in days if day >= today), frozenset(works))


def _is_held(model: Model, values: list[int], of: Of, kept: FixedOccurrence, half: int) -> bool:
    """Whether something stands in that half-day, with everybody announced, in the room announced."""
    variables = model.variables
    for index in variables.of(*of):
        chosen = [variables.team[index].get(person) for person in kept.staff]
        if kept.room is not None:
            chosen.append(variables.rooms[index].get(kept.room))
        if half in variables.occurrences[index].halves and values[variables.held[index]]:
            return all(variable is not None and values[variable] for variable in chosen)
    return False


def _moved_interviews(model: Model, values: list[int]) -> Iterator[int]:
    """Days of published interviews that are not where they were."""
    for group, takes in _taken(model, values):
        known = model.context.published.interviews.get((group.need.id, group.members[0][1]))
        if known is not None and not any(_stands(model, take, known) for take in takes):
            yield known.half // 2


def _urgent_days(model: Model, values: list[int]) -> Iterator[int]:
    """Days on which an urgent interview that is not placed could be."""
    if model.program.value("unmet_urgent", values) <= model.program.least("unmet_urgent"):
        return
    for group, takes in _taken(model, values):
        if group.need.priority == "urgent" and sum(values[t.variable] for t in takes) < group.size:
            yield from range(group.window.first, group.window.last + 1)


def _taken(model: Model, values: list[int]) -> Iterator[tuple[Group, list[Take]]]:
    """Each group with the takes that it uses."""
    for index, group in enumerate(model.interviews.groups):
        yield group, [take for take in model.interviews.by_group[index] if values[take.variable]]


def _stands(model: Model, take: Take, known: FixedInterview) -> bool:
    same = (model.site(take), model.interviews.lanes[take.lane].staff) == (known.site, known.staff)
    return same and not take.counted and model.span(take).start == known.span.start


def _leads(work: Work) -> str | None:
    """The promotion that a work belongs to, or follows."""
    if work.promotion is not None:
        return work.promotion.id
    return work.cadence.follows if work.cadence is not None else None


def _missing(model: Model, values: list[int]) -> Iterator[Of]:
    """Works of which less is placed than is asked."""
    variables = model.variables
    for of, work in variables.works.items():
        held = [values[variables.held[index]] for index in variables.of(*of)]
        asked = 1 if work.cadence is None else model.asked(work.cadence)
        follows = work.cadence is not None and work.cadence.follows is not None
        if held and sum(held) < asked and not follows:
            yield of
