"""What a person can have in the morning and in the afternoon of one day, and what cannot go together.

Saying so keeps a relaxation from half of a permanence in the morning and half of it in the afternoon,
with the way between two of them saved.
"""

from planner.model import Model
from planner.once_a_day import once_a_day
from planner.options import Presence
from planner.rules_model.one_place_at_a_time import too_far

Stay = tuple[int, Presence]
"""A variable that is not settled, and the presence that it would be."""


class BothHalves:
    """Which presences of one person's morning and afternoon a plan can have together."""

    def __init__(self, model: Model) -> None:
        self._facts = model.facts
        self._once = once_a_day(model)
        self._whole = frozenset(
            variable
            for index, occurrence in enumerate(model.variables.occurrences)
            if len(occurrence.halves) > 1
            for variable in model.variables.team[index].values()
        )

    def needed(self, morning: list[Stay], afternoon: list[Stay]) -> list[list[int]]:
        """Lists of variables: a plan has one of the morning and one of the afternoon only if it has one of each.

        The two sides first, without what no plan has with anything of the other side. Then, for what a day has
        once but either side could be, all others of both: of the two that a plan has, one is another.
        """
        pairs = [(a, b) for a, one in morning for b, other in afternoon if self._may((a, one), (b, other))]
        first, then = list(dict.fromkeys(a for a, _ in pairs)), list(dict.fromkeys(b for _, b in pairs))
        either = {self._once[a] for a in first if a in self._once} & {
            self._once[b] for b in then if b in self._once
        }
        every = list(dict.fromkeys((*first, *then)))
        others = [[v for v in every if self._once.get(v) != thing] for thing in sorted(either)]
        return [first, then, *others]

    def _may(self, morning: Stay, afternoon: Stay) -> bool:
        """Whether no rule alone keeps the two apart; what takes the whole day goes with itself."""
        (a, one), (b, other) = morning, afternoon
        if a == b:
            return True
        if a in self._whole or b in self._whole:
            return False
        if a in self._once and self._once[a] == self._once.get(b):
            return False
        leave, arrive = (one.site, one.span.end), (other.site, other.span.start)
        return not too_far(self._facts, one.staff, leave, arrive)
