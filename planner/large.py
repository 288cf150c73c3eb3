"""A month too large to be searched as a whole: the works first, then some people at a time with all they hold.

Interviews that are placed may then change hands but keep to places and times that are used, those that have no
place look at all of theirs: most of what could be chosen would only be in the way.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from random import Random

from planner.budget import Budget
from planner.far_bounds import FarBounds
from planner.greedy import Board, fill_interviews, works_alone
from planner.improve import improve
from planner.levels import Seen, Settled, settle_levels
from planner.likeness import likeness
from planner.model import Model
from planner.neighbourhoods import places
from planner.plan import LEVEL_NAMES
from planner.restrict import Restrictor
from planner.wording import held_rows

WORKS = LEVEL_NAMES[:2]
"""Levels that interviews play no part in."""
WORKS_SHARE = 0.15
"""Of the time left, what the works may use."""
AROUND_SHARE = 0.6
"""Of the time left after them, what all levels together may use, days or people at a time."""
PEOPLE, LEAST_PEOPLE = 8, 2
EACH_SECONDS = 8.0
EACH_UNITS = 3.0
"""What is searched at once: so many people, half as many after each round that brings nothing, for so long."""
SEARCH_SHARE = 0.55
"""Of the time left, what the search may use where bounds are only sought after it."""

COUNTING_SHARE = 0.05
"""Of the time left, what is kept for counting the bounds of the plan that was found."""


def settle_large(
    model: Model, values: list[int], budget: Budget, seen: Seen, beside: Iterable[int] = ()
) -> tuple[list[int], list[Settled]]:
    """Better values, or those given, and the bounds: none where not everything was looked at.

    `beside`: variables of parts that were settled by themselves, where the works are not begun anew.
    With a second thread, bounds are sought beside the search as soon as the plan is a good one.
    """
    is_whole = not model.interviews.is_thinned
    races = is_whole and budget.is_racing
    counting = budget
    if budget.units is None:
        budget = budget.share((1 - COUNTING_SHARE) * budget.seconds, 0.0)
    share = SEARCH_SHARE if is_whole and not races else 1.0
    with budget.portion(share) as within:
        search = Search(model, values, within, seen, beside)
        search.works()
        search.around()
        bounds = FarBounds(model) if is_whole and not budget.over() else None
        if bounds and races:
            bounds.price_meanwhile(lambda: search.values, budget)
            search.spared = lambda: int(bounds.is_asking)
        search.in_turn()
    if bounds is None:
        return search.values, search.settled()
    if races:
        bounds.wait(budget)
    else:
        bounds.price(lambda: search.values, budget)
    return search.values, [*search.settled(), *bounds.bounds(search.values, counting)]


class Search:
    """The best values so far, and one method for each stage."""

    def __init__(
        self, model: Model, values: list[int], budget: Budget, seen: Seen, beside: Iterable[int] = ()
    ) -> None:
        self.model = model
        self.values = values
        self.budget = budget
        self.seen = seen
        self.spared: Callable[[], int] = lambda: 0
        """How many threads others use at the moment."""
        self.restrictor = Restrictor(model.program)
        self.alike = likeness(model).variables
        self._beside = frozenset(beside)
        self._of_works: list[Settled] = []
        self._lanes = {*(take.variable for take in model.interviews.takes), *model.named.values()}
        self._shared: list[int] = []
        self._of_person: dict[str, list[int]] = defaultdict(list)
        for variable, _, person in places(model):
            (self._shared if person is None else self._of_person[person]).append(variable)

    def around(self) -> None:
        """A few days or people at a time, all levels together: most of what can be gained soon."""
        with self.budget.portion(AROUND_SHARE) as within:
            self.values = improve(self.model, self.values, within, self.seen)

    def in_turn(self) -> None:
        """Some people at a time, drawn anew each round, until nobody's part can be made better."""
        dice = Random(self.budget.limits.seed)  # noqa: S311
        people, size = sorted(self._of_person), PEOPLE
        while size >= LEAST_PEOPLE and not self.budget.over():
            dice.shuffle(people)
            before, wanted = self.values, self._wanted()
            for first in range(0, len(people), size):
                if not self.budget.over():
                    self._around(people[first : first + size], wanted)
            size = size // 2 if self.values is before else size

    def _around(self, people: list[str], wanted: set[Hashable | None]) -> None:
        """What these people hold, at its best with all permanences and sessions that they can be given."""
        own = [variable for person in people for variable in self._of_person[person]]
        used = wanted | {self.alike[v] for v in own if v in self._lanes and self.values[v]}
        free = [v for v in own if v not in self._lanes or self.alike[v] in used]
        budget = self.budget.share(EACH_SECONDS, EACH_UNITS)
        budget.workers -= self.spared()
        self._accept(self._settled([*self._shared, *free], self.values, LEVEL_NAMES[2:], budget)[0])

    def _wanted(self) -> set[Hashable | None]:
        """What places and times are used, and all that those could have who have none."""
        interviews, values = self.model.interviews, self.values
        found = {self.alike[variable] for variable in self._lanes if values[variable]}
        for index, group in enumerate(interviews.groups):
            takes = interviews.by_group[index]
            if sum(values[take.variable] for take in takes) < group.size:
                found.update(self.alike[take.variable] for take in takes)
        return found

    def works(self) -> None:
        """Sessions and permanences as if there were no interviews, which then take what room there is."""
        shared = [self.model.variables.offices[key] for key in self.model.variables.shared]
        bare = self._with_beside(works_alone(self.model))
        budget = self.budget.share(
            WORKS_SHARE * self.budget.seconds, WORKS_SHARE * (self.budget.units or 0.0)
        )
        found, settled = self._settled([*self._works(), *shared], bare, WORKS, budget)
        beside = self._with_beside(found)
        if self._key(beside)[: len(WORKS)] <= self._key(found)[: len(WORKS)]:
            found = beside
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

    # What is free

    def _works(self) -> list[int]:
        variables = self.model.variables
        teams = [variable for team in variables.team for variable in team.values()]
        rooms = [variable for found in variables.rooms for variable in found.values()]
        return [*variables.held, *teams, *rooms, *self.model.numbers.values()]

    # Searching

    def _settled(
        self, free: Iterable[int], values: list[int], names: tuple[str, ...], budget: Budget
    ) -> tuple[list[int], list[Settled]]:
        """The values with what is free at its best on some levels, the levels before them held."""
        piece = self.restrictor.piece(free, values)
        program, own = piece.program, piece.take(values)
        program.pulse = self.model.program.pulse
        before = LEVEL_NAMES[: LEVEL_NAMES.index(names[0])]
        program.rows += held_rows(program, {name: program.value(name, own) for name in before})
        program.lazy = program.lazy.difference(*(program.costs[name] for name in before))
        granted = budget.units
        found, settled = settle_levels(program, own, budget, lambda *_: None, names=names)
        self.budget.spend((granted or 0.0) - (budget.units or 0.0))
        return piece.give(values, found), settled

    def _with_beside(self, values: list[int]) -> list[int]:
        """The values with those of the parts that were settled by themselves put in: they share no row."""
        after = list(values)
        for variable in self._beside:
            after[variable] = self.values[variable]
        return after

    def _key(self, values: list[int]) -> tuple[int, ...]:
        return tuple(self.model.program.value(name, values) for name in LEVEL_NAMES)

    def _accept(self, found: list[int]) -> None:
        if self._key(found) < self._key(self.values):
            self.values = found
            for name in LEVEL_NAMES:
                self.seen(name, found, 0)
