"""Which of the plans seen so far is the best, as levels are settled: in turn, each within its tolerance."""

from typing import NamedTuple

from planner.draft import Draft
from planner.plan import LEVEL_NAMES

Key = tuple[int, ...]
"""A value for each level."""


class Seen(NamedTuple):
    """A plan by its levels, with the values of its model or the draft that it is."""

    key: Key
    values: list[int] | None = None
    draft: Draft | None = None


class BestSoFar:
    """Remembers what may still be the best: a later plan can take back what an earlier one spent of a tolerance."""

    def __init__(self, tolerances: dict[str, int]) -> None:
        # Nothing is settled after the last level, so nothing may spend its tolerance.
        self._tolerances = tuple(tolerances.get(name, 0) for name in LEVEL_NAMES[:-1])
        self._seen: list[Seen] = []
        self.best: Seen | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the lower of two keys is the better plan."""
        return not any(self._tolerances)

    def offer(self, plan: Seen) -> bool:
        """Whether that plan is now the best: of all that could be chosen the lowest, as the newest of equals."""
        self._seen = [one for one in self._seen if not _no_worse(plan.key, one.key)]
        if any(_no_worse(one.key, plan.key) for one in self._seen):
            return False
        self._seen.append(plan)
        left = self._seen
        for level, tolerance in enumerate((*self._tolerances, 0)):
            most = min(one.key[level] for one in left) + tolerance
            left = [one for one in left if one.key[level] <= most]
        self._seen = left if self.is_plain else self._seen
        self.best = min(left, key=lambda one: one.key)
        return self.best is plan


def _no_worse(key: Key, other: Key) -> bool:
    return all(one <= two for one, two in zip(key, other, strict=True))
