"""The curve of a solve: how its levels came down, and whoever listens told of each point."""

import time
from collections.abc import Callable

from planner.best_so_far import BestSoFar, Seen
from planner.draft import Draft, key_of
from planner.levels import Settled
from planner.model import Model
from planner.outcome import Progress
from planner.plan import LEVEL_NAMES, Plan
from planner.read_back import read_plan

WHOLE_MONTH = LEVEL_NAMES[:2]
"""Levels that interviews play no part in."""


class Curve:
    """The points so far; of values that are worse than what was told already there are none.

    Without tolerances a search only finds better ones, so that they are compared with a draft alone.
    """

    def __init__(
        self, began: float, on_progress: Callable[[Progress], None], tolerances: dict[str, int]
    ) -> None:
        """`began` in monotonic seconds."""
        self.points: list[Progress] = []
        self._began = began
        self._on_progress = on_progress
        self._so_far = BestSoFar(tolerances)
        self._compares = not self._so_far.is_plain
        self._told: tuple[int, ...] = ()
        """The levels of the plan that was told last, where values are compared."""

    @property
    def best(self) -> Seen | None:
        """The best of the plans so far; none where the search itself knows."""
        return self._so_far.best if self._compares else None

    @property
    def levels(self) -> dict[str, int]:
        """The value of each level that was told last."""
        return {point.level: point.value for point in self.points}

    def note_draft(self, draft: Draft) -> bool:
        """Whether it is the best so far."""
        self._compares = True
        is_best = self._so_far.offer(Seen(draft.key, draft=draft))
        if is_best:
            self._told = draft.key
            self.note_plan(draft.plan)
        return is_best

    def note_plan(self, plan: Plan) -> None:
        """The points of a plan that no search found: a draft, or the only one of a curve whose time was over."""
        for level in plan.levels:
            self._tell(Progress(self._elapsed(), level.name, level.value, level.bound, lambda: plan))

    def note(self, model: Model, level: str, values: list[int], bound: int) -> None:
        self.note_settled(model, Settled(level, model.program.value(level, values), bound), lambda: values)

    def note_settled(self, model: Model, at: Settled, values: Callable[[], list[int]]) -> None:
        """One level of a plan of the model, whose values are made when they are asked for."""
        if self._compares and not self._is_best(model, at, values()):
            return
        level, value, bound = at
        point = Progress(self._elapsed(), level, value, sound(model, level, bound))
        self.points.append(point)
        self._on_progress(point._replace(read=lambda: read_plan(model, values())))

    def _is_best(self, model: Model, at: Settled, values: list[int]) -> bool:
        """Whether no plan seen is better; tells all other levels where another plan was told last."""
        key = key_of(model, values)
        if key != self._told and not self._so_far.offer(Seen(key, values)):
            return False
        self._compares = not self._so_far.is_plain
        if key != self._told:
            self._told = key
            self.note_changed(model, values, {}, except_for=at.name)
        return True

    def note_changed(
        self, model: Model, values: list[int], bounds: dict[str, int], *, except_for: str = ""
    ) -> None:
        """The levels that changed while another one was looked at."""
        known = self.levels
        for level in LEVEL_NAMES:
            if level != except_for and known.get(level) != model.program.value(level, values):
                self.note(model, level, values, bounds.get(level, 0))

    def _tell(self, point: Progress) -> None:
        self.points.append(point)
        self._on_progress(point)

    def _elapsed(self) -> float:
        return time.monotonic() - self._began


def sound(model: Model, level: str, bound: int) -> int:
    """The bound, if it holds for the whole month: of a thinned one only where interviews play no part."""
    return bound if level in WHOLE_MONTH or not model.interviews.is_thinned else 0
