"""A short search over all levels together: a few people or a few days at a time, the rest held."""

from collections import defaultdict
from itertools import cycle, islice

from planner.budget import Budget
from planner.levels import Seen, settle_levels
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.restrict import Piece, Restrictor

MANY = 25_000
"""Variables from which the whole is too large to be searched at once."""
SHARE = 0.5
"""Of the time left, what the neighbourhoods of a large month may use."""
EACH_SECONDS = 4.0
EACH_UNITS = 2.0
DAYS = 5
PEOPLE = 6


def improve(model: Model, values: list[int], budget: Budget, seen: Seen) -> list[int]:
    """Better values by neighbourhoods in turn, until one round of all brings nothing or time is up."""
    program = model.program
    if len(program.upper) < MANY or budget.over():
        return values
    within = budget.share(budget.seconds * SHARE, (budget.units or 0.0) * SHARE)
    before = within.units
    restrictor, groups = Restrictor(program), neighbourhoods(model)
    idle = 0
    for group in cycle(groups):
        if within.over() or idle >= len(groups):
            break
        piece = restrictor.piece(group, values)
        found = _search(piece, values, within)
        idle = 0 if found != values else idle + 1
        if found != values:
            values = found
            for name in LEVEL_NAMES:
                seen(name, values, 0)
    budget.spend((before or 0.0) - (within.units or 0.0))
    return values


def _search(piece: Piece, values: list[int], budget: Budget) -> list[int]:
    """The values with this piece at its best on every level, or as they were."""
    own = piece.take(values)
    small = budget.share(EACH_SECONDS, EACH_UNITS)
    before = small.units
    found, _ = settle_levels(piece.program, own, small, lambda *_: None)
    budget.spend((before or 0.0) - (small.units or 0.0))
    better = _key(piece, found) < _key(piece, own)
    return piece.give(values, found) if better else values


def _key(piece: Piece, own: list[int]) -> tuple[int, ...]:
    return tuple(piece.program.value(name, own) for name in LEVEL_NAMES)


def neighbourhoods(model: Model) -> list[list[int]]:
    """Days in a row with everybody, and some people over the whole month, overlapping."""
    by_day: dict[int, list[int]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    for variable, day, person in places(model):
        by_day[day].append(variable)
        if person is not None:
            by_person[person].append(variable)
    days = [
        [v for day in range(first, first + DAYS) for v in by_day.get(day, ())]
        for first in range(0, model.facts.days, DAYS - 2)
    ]
    shared = [v for index in range(len(model.variables.occurrences)) for v in _whole(model, index)]
    names = sorted(by_person)
    people = [
        [*(v for name in _around(names, first) for v in by_person[name]), *shared]
        for first in range(0, len(names), PEOPLE // 2)
    ]
    return [
        group for pair in zip(days, cycle(people or [[]]), strict=False) for group in pair if group
    ] + list(islice(people, len(days), None))


def _around(names: list[str], first: int) -> list[str]:
    return [names[(first + offset) % len(names)] for offset in range(min(PEOPLE, len(names)))]


def _whole(model: Model, index: int) -> list[int]:
    return [model.variables.held[index], *model.variables.rooms[index].values()]


def places(model: Model) -> list[tuple[int, int, str | None]]:
    """Every chosen variable with its day, and its person if it has one."""
    variables, interviews = model.variables, model.interviews
    found: list[tuple[int, int, str | None]] = []
    for index, occurrence in enumerate(variables.occurrences):
        found += [(variable, occurrence.day, None) for variable in _whole(model, index)]
        found += [(variable, occurrence.day, person) for person, variable in variables.team[index].items()]
    found += [(variable, half // 2, staff) for (staff, _, half), variable in variables.offices.items()]
    found += [(variable, half // 2, staff) for (staff, half), variable in interviews.phones.items()]
    for take in interviews.takes:
        lane = interviews.lanes[take.lane]
        found.append((take.variable, lane.half // 2, lane.staff))
    for (index, _), variable in model.named.items():
        lane = interviews.lanes[index]
        found.append((variable, lane.half // 2, lane.staff))
    for (index, _), variable in model.numbers.items():
        found.append((variable, variables.occurrences[index].day, None))
    return found
