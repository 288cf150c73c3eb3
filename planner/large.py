"""A month too large to be searched as a whole: the works first, then who holds what, then what is missing.

Between these stages interviews keep their place and time, but not their person: so a permanence can change
hands without any of them in the way.
"""

from collections.abc import Iterable

from planner.budget import Budget
from planner.greedy import Board, fill_interviews, works_alone
from planner.levels import Seen, settle_levels
from planner.likeness import likeness
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.relaxation import held_rows
from planner.restrict import Restrictor

LARGE = 100_000
"""Variables from which a month is large."""
WORKS = LEVEL_NAMES[:2]
"""Levels that interviews play no part in."""
NEEDS = LEVEL_NAMES[4:5]
"""The level at which interviews find a place or none."""
STAGES = (0.2, 0.7, 1.0)
"""Of the time left, what each stage may use."""


def is_large(model: Model) -> bool:
    return len(model.program.upper) >= LARGE


def improve_large(model: Model, values: list[int], budget: Budget, seen: Seen) -> list[int]:
    """Better values, or those given."""
    search = _Search(model, values, budget, seen)
    for stage in (search.works, search.who, search.missing):
        if budget.over():
            break
        stage()
    return search.values


class _Search:
    """The best values so far, and one method for each stage."""

    def __init__(self, model: Model, values: list[int], budget: Budget, seen: Seen) -> None:
        self.model = model
        self.values = values
        self.budget = budget
        self.seen = seen
        self.restrictor = Restrictor(model.program)
        self.alike = likeness(model).variables
        self.in_lanes = [*(take.variable for take in model.interviews.takes), *model.named.values()]

    def works(self) -> None:
        """Sessions and permanences as if there were no interviews, which then take what room there is."""
        bare = works_alone(self.model)
        found = self._settled(self._works(), bare, WORKS, STAGES[0])
        board = Board(self.model.program, found)
        fill_interviews(self.model, board, self.budget.over)
        filled = list(board.values)
        self.model.program.complete(filled)
        self._accept(filled)

    def who(self) -> None:
        """Who holds what, and when permanences and sessions are, with the interviews that they have."""
        free = [*self._works(), *self._like(self._used())]
        self._accept(self._settled(free, self.values, LEVEL_NAMES[2:], STAGES[1]))

    def missing(self) -> None:
        """Permanences moved or added, and interviews with them, for those that have no place."""
        wanted = {
            self.alike[take.variable]
            for index, group in enumerate(self.model.interviews.groups)
            if sum(self.values[take.variable] for take in self.model.interviews.by_group[index]) < group.size
            for take in self.model.interviews.by_group[index]
            if self.model.interviews.lanes[take.lane].holder >= 0
        }
        free = [*self._works(), *self._like(wanted | self._used())]
        self._accept(self._settled(free, self.values, NEEDS, STAGES[2]))

    # What is free

    def _works(self) -> list[int]:
        variables = self.model.variables
        teams = [variable for team in variables.team for variable in team.values()]
        rooms = [variable for found in variables.rooms for variable in found.values()]
        return [*variables.held, *teams, *rooms, *self.model.numbers.values()]

    def _used(self) -> set[object]:
        return {self.alike[variable] for variable in self.in_lanes if self.values[variable]}

    def _like(self, keys: set[object]) -> Iterable[int]:
        return (variable for variable in self.in_lanes if self.alike[variable] in keys)

    # Searching

    def _settled(
        self, free: Iterable[int], values: list[int], names: tuple[str, ...], share: float
    ) -> list[int]:
        """The values with what is free at its best on some levels, the levels before them held."""
        piece = self.restrictor.piece(free, values)
        program, own = piece.program, piece.take(values)
        before = LEVEL_NAMES[: LEVEL_NAMES.index(names[0])]
        program.rows += held_rows(program, {name: program.value(name, own) for name in before})
        program.lazy = program.lazy.difference(*(program.costs[name] for name in before))
        units = self.budget.units
        budget = self.budget.share(self.budget.seconds * share, (units or 0.0) * share)
        granted = budget.units
        found, _ = settle_levels(program, own, budget, lambda *_: None, names=names)
        self.budget.spend((granted or 0.0) - (budget.units or 0.0))
        return piece.give(values, found)

    def _accept(self, found: list[int]) -> None:
        program = self.model.program
        keys = [tuple(program.value(name, values) for name in LEVEL_NAMES) for values in (found, self.values)]
        if keys[0] < keys[1]:
            self.values = found
            for name in LEVEL_NAMES:
                self.seen(name, found, 0)
