"""A month too large to be searched as a whole: the works first, then who holds what, then what is missing.

Between these stages interviews keep their place and time, but not their person: so a permanence can change
hands without any of them in the way.
"""

from collections.abc import Iterable

from planner.budget import Budget
from planner.far_bounds import FarBounds
from planner.greedy import Board, fill_interviews, works_alone
from planner.levels import Seen, Settled, settle_levels
from planner.likeness import likeness
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.relaxation import held_rows
from planner.restrict import Restrictor

WORKS = LEVEL_NAMES[:2]
"""Levels that interviews play no part in."""
NEEDS = LEVEL_NAMES[4:5]
"""The level at which interviews find a place or none."""
STAGES = {"works": 0.15, "who": 0.5, "missing": 0.5}
"""Of the time left, what each stage may use."""
SEARCH_SHARE = 0.55
"""Of the time left, what the search may use where bounds are only sought after it."""

COUNTING_SHARE = 0.05
"""Of the time left, what is kept for counting the bounds of the plan that was found."""


def settle_large(
    model: Model, values: list[int], budget: Budget, seen: Seen
) -> tuple[list[int], list[Settled]]:
    """Better values, or those given, and the bounds: none where not everything was looked at.

    With a second thread, bounds are sought beside the search as soon as the plan is a good one.
    """
    is_whole = not model.interviews.is_thinned
    beside = is_whole and budget.is_racing
    counting = budget
    if budget.units is None:
        budget = budget.share((1 - COUNTING_SHARE) * budget.seconds, 0.0)
    share = SEARCH_SHARE if is_whole and not beside else 1.0
    within = budget.share(share * budget.seconds, share * (budget.units or 0.0))
    granted = within.units
    search = Search(model, values, within, seen)
    search.works()
    bounds = FarBounds(model) if is_whole and not budget.over() else None
    if bounds and beside:
        bounds.price_meanwhile(lambda: search.values, budget)
        within.workers -= 1
    search.in_turn()
    budget.spend((granted or 0.0) - (within.units or 0.0))
    if bounds is None:
        return search.values, search.settled()
    if beside:
        bounds.wait(budget)
    else:
        bounds.price(lambda: search.values, budget)
    return search.values, [*search.settled(), *bounds.bounds(search.values, counting)]


class Search:
    """The best values so far, and one method for each stage."""

    def __init__(self, model: Model, values: list[int], budget: Budget, seen: Seen) -> None:
        self.model = model
        self.values = values
        self.budget = budget
        self.seen = seen
        self.restrictor = Restrictor(model.program)
        self.alike = likeness(model).variables
        self._of_works: list[Settled] = []
        self.in_lanes = [*(take.variable for take in model.interviews.takes), *model.named.values()]

    def in_turn(self) -> None:
        """Who holds what, and what is missing, until neither helps."""
        before: list[int] = []
        while before != self.values and not self.budget.over():
            before = self.values
            for stage in (self.who, self.missing):
                if not self.budget.over():
                    stage()

    def works(self) -> None:
        """Sessions and permanences as if there were no interviews, which then take what room there is."""
        shared = [self.model.variables.offices[key] for key in self.model.variables.shared]
        bare = works_alone(self.model)
        found, settled = self._settled([*self._works(), *shared], bare, WORKS, STAGES["works"])
        board = Board(self.model.program, found)
        fill_interviews(self.model, board, self.budget.over)
        filled = list(board.values)
        self.model.program.complete(filled)
        self._accept(filled)
        if not any(self.model.facts.problem.tolerances.values()):
            self._of_works = settled

    def settled(self) -> list[Settled]:
        """What is proven of the works, for plans that are as good there."""
        program = self.model.program
        if all(program.value(one.name, self.values) <= one.value for one in self._of_works):
            return self._of_works
        return []

    def who(self) -> None:
        """Who holds what, and when permanences and sessions are, with the interviews that they have."""
        free = [*self._works(), *self._like(self._used())]
        self._accept(self._settled(free, self.values, LEVEL_NAMES[2:], STAGES["who"])[0])

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
        self._accept(self._settled(free, self.values, NEEDS, STAGES["missing"])[0])

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
    ) -> tuple[list[int], list[Settled]]:
        """The values with what is free at its best on some levels, the levels before them held."""
        piece = self.restrictor.piece(free, values)
        program, own = piece.program, piece.take(values)
        program.pulse = self.model.program.pulse
        before = LEVEL_NAMES[: LEVEL_NAMES.index(names[0])]
        program.rows += held_rows(program, {name: program.value(name, own) for name in before})
        program.lazy = program.lazy.difference(*(program.costs[name] for name in before))
        units = self.budget.units
        budget = self.budget.share(self.budget.seconds * share, (units or 0.0) * share)
        granted = budget.units
        found, settled = settle_levels(program, own, budget, lambda *_: None, names=names)
        self.budget.spend((granted or 0.0) - (budget.units or 0.0))
        return piece.give(values, found), settled

    def _accept(self, found: list[int]) -> None:
        program = self.model.program
        keys = [tuple(program.value(name, values) for name in LEVEL_NAMES) for values in (found, self.values)]
        if keys[0] < keys[1]:
            self.values = found
            for name in LEVEL_NAMES:
                self.seen(name, found, 0)
