"""What is searched at once where a month is too large for that: some days with everybody, or with some people."""

from collections import defaultdict
from random import Random
from typing import Literal, get_args

from planner.model import Model

Kind = Literal["week", "scattered", "few"]
"""Days in a row, days drawn from the whole month, or days in a row with a part of the people only."""
KINDS: tuple[Kind, ...] = get_args(Kind)

FEW = 3
"""One person of so many is looked at where not everybody is."""
LEAST_PEOPLE = 2


class Neighbourhoods:
    """Draws sets of variables that belong together, by day and by person."""

    def __init__(self, model: Model, dice: Random) -> None:
        self.dice = dice
        lower, upper = model.program.lower, model.program.upper
        self._of_day: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
        for variable, day, person in places(model):
            if lower[variable] != upper[variable]:
                self._of_day[day].append((variable, person))
        self.days = sorted(self._of_day)
        self.people = sorted({one for own in self._of_day.values() for _, one in own if one is not None})

    def draw(self, kind: Kind, most: int) -> list[int]:
        """About `most` variables; those of one day, and of a few people in it, may be more."""
        days = self._days(kind)
        people = self._people(kind, len(self._of_day[days[0]]), most)
        found: list[int] = []
        for day in days:
            own = [variable for variable, one in self._of_day[day] if one is None or one in people]
            if found and len(found) + len(own) > most:
                break
            found += own
        return found

    def _days(self, kind: Kind) -> list[int]:
        if kind == "scattered":
            return self.dice.sample(self.days, len(self.days))
        first = self.dice.randrange(len(self.days))
        return [*self.days[first:], *self.days[:first]]

    def _people(self, kind: Kind, of_a_day: int, most: int) -> frozenset[str]:
        """Who is looked at: everybody, unless a day alone is more than `most`, or few are asked for."""
        count = len(self.people) // FEW if kind == "few" else len(self.people)
        if of_a_day > most:
            count = min(count, len(self.people) * most // of_a_day)
        count = min(len(self.people), max(LEAST_PEOPLE, count))
        return frozenset(self.dice.sample(self.people, count))


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
