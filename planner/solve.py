"""From a problem to a plan: greedy first, then level by level to proof; the best so far at any moment."""

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from math import inf

from planner.apart import Apart, PartSeen, settle_beside
from planner.audit import Auditor
from planner.best_so_far import Seen
from planner.budget import Budget
from planner.build import build_fixed, build_on, ground
from planner.context import Context
from planner.curve import Curve, sound
from planner.draft import Draft, begun, drafts, key_of
from planner.errors import EndedEarlyError
from planner.finish import drafted, finished, proven_of
from planner.first_reasons import FirstReasons
from planner.greedy import Board, fill, fill_interviews
from planner.improve import improve
from planner.large import settle_large
from planner.levels import Given, Settled, settle_levels
from planner.mend import mend
from planner.model import Model
from planner.near import settle_near
from planner.outcome import Limits, Outcome, Planned, Progress, Stopped
from planner.parts import parts
from planner.plan import LEVEL_NAMES, Plan
from planner.pressing import ordinary, pressing_alone
from planner.problem import Problem
from planner.read_back import read_plan
from planner.restrict import Restrictor

__all__ = ["Limits", "Outcome", "Planned", "Progress", "Stopped", "solve"]

MISSING = LEVEL_NAMES[:3]
"""Levels that no other interview can help: they are settled before those are looked at."""

PRESS_SHARE, AROUND_SHARE = 0.6, 0.7
"""Of the time left, what the most pressing levels, and then all together, may use in a month that takes long."""

LAST_STEP_SECONDS, LAST_STEP_SHARE = 0.4, 0.2
"""Giving reasons once the search is over, and the share of the time that they may be kept."""
LAST_STEP_BUILD = 0.1
"""Completing and counting the values of a plan, as a share of what building the model took."""
LAST_STEP_GROUNDS, LAST_STEP_GROUNDS_SHARE = 6.0, 0.5
"""Reading and auditing a plan: how often the time that laying the ground took, and its share."""
DRAFT_GROUNDS = 3.0
"""The same of a draft: with less time left none is begun."""


def _never() -> bool:
    return False


def _ignore(_progress: Progress) -> None:
    return None


def solve(
    problem: Problem,
    *,
    limits: Limits | None = None,
    stop: Callable[[], bool] = _never,
    on_progress: Callable[[Progress], None] = _ignore,
) -> Outcome:
    """Plan a problem within limits; `stop` is asked often and ends the search with what is there."""
    began = time.monotonic()
    given = limits or Limits()
    if stop():
        return Stopped(time.monotonic() - began)
    return _Solve(began, given, stop, Curve(began, on_progress, problem.tolerances)).plan(problem)


class _Solve:
    """One solve: its budget, its curve, and the best values so far."""

    def __init__(
        self,
        began: float,
        limits: Limits,
        stop: Callable[[], bool],
        curve: Curve,
    ) -> None:
        self.began = began
        self.limits = limits
        until = began + limits.time_limit_seconds
        self.budget = Budget(until, limits.deterministic_limit, limits, stop)
        self.curve = curve
        self.model: Model | None = None
        self.first: list[int] = []
        self.values: list[int] = []
        self.bounds: dict[str, int] = {}
        self.draft: Draft | None = None
        self.reasons: FirstReasons | None = None

    def plan(self, problem: Problem) -> Outcome:
        """The best plan there is when all is proven or time is up; at worst what is fixed alone."""
        context = ground(problem)
        grounding = time.monotonic() - self.began
        last = self._last_step_seconds(grounding)
        self.budget.until -= last / 2
        with suppress(EndedEarlyError):
            most = self.limits.sizes.drawn if self.budget.seconds > DRAFT_GROUNDS * grounding else inf
            for draft in drafts(context, most, self._pulse, self.budget):
                if self.curve.note_draft(draft):
                    self.draft = draft
            self.budget.until -= last / 2
            building = time.monotonic()
            self.model = build_on(context, self._pulse, self.limits.sizes)
            self.budget.until -= LAST_STEP_BUILD * (time.monotonic() - building)
            self._improve(self.model)
        if self.model is None and self.draft is None and self.budget.stop():
            return Stopped(time.monotonic() - self.began)
        if self.model is not None and self.values:
            self.curve.note_changed(self.model, self.values, self.bounds)
        plan = self._finished(context, self._reasons_until(last))
        if self.curve.levels != {one.name: one.value for one in plan.levels}:
            self.curve.note_plan(plan)
        return Planned(plan, tuple(self.curve.points))

    def _finished(self, context: Context, until: float) -> Plan:
        """The best there is, with its reasons: what was searched, a draft, or what is fixed alone."""
        if self.reasons:
            self.reasons.end()
        model, draft = self.model, self.draft
        searched = key_of(model, self.values) if model and self.values else ()
        best = self.curve.best
        if best is None or best.key == searched:
            best = Seen(searched, self.values)
        if best.draft is not None:
            return drafted(best.draft, searched, self.bounds, until, self.reasons)
        bounds = self.bounds if best.key == searched else proven_of(best.key, searched, self.bounds)
        # Where nothing can be chosen, no values at all are those of the only plan.
        is_settled = model is not None and not model.program.upper
        found = [values for values in (best.values or [], self.first) if values or is_settled]
        of = model if model and found else build_fixed(context)
        return finished(of, found, bounds, until, draft, self.reasons)

    def _last_step_seconds(self, grounding: float) -> float:
        """What is kept for the last step, on a machine on which laying the ground took so long."""
        limit = self.limits.time_limit_seconds
        reasons = min(LAST_STEP_SHARE * limit, LAST_STEP_SECONDS)
        return reasons + min(LAST_STEP_GROUNDS_SHARE * limit, LAST_STEP_GROUNDS * grounding)

    def _reasons_until(self, last: float) -> float:
        """Until when reasons are looked for: where nobody waits, as long as it takes."""
        if not self.budget.is_late():
            return inf
        end = min(self.began + self.limits.time_limit_seconds, time.monotonic() + last)
        return end + self.limits.reasons_seconds

    def _pulse(self) -> None:
        if self.budget.over():
            raise EndedEarlyError

    def _improve(self, model: Model) -> None:
        """Greedy plan, most pressing levels, a short search over all, then proof level by level."""
        self.values = self.first = begun(model, self.draft, self.budget.over)
        for level in LEVEL_NAMES:
            self.curve.note(model, level, self.values, 0)
        groups, most = self._parts(model), self.limits.sizes.in_one
        if max(map(len, groups), default=0) > most:
            small = [group for group in groups if len(group) <= most]
            seen = self._see_part(model)
            self.values = settle_beside(model.program, small, self.values, self.budget, seen)
            beside = chain.from_iterable(small)
            self.values, settled = settle_large(model, self.values, self.budget, self._see(model), beside)
            self._prove(model, settled)
            return
        self._take(model, mend(model, self.values, self.budget))
        if sum(map(len, groups)) <= most:
            self._press(model)
            self._look_around(model)
        self._settle(model, groups)

    def _parts(self, model: Model) -> list[list[int]]:
        """The parts that can be settled by themselves: one, where a tolerance is shared between them."""
        groups = parts(model.program)
        if any(model.facts.problem.tolerances.values()):
            return [[variable for group in groups for variable in group]]
        return groups

    def _bound(self, model: Model, settled: list[Settled]) -> None:
        for name, _, bound in settled:
            self.bounds[name] = max(self.bounds.get(name, 0), sound(model, name, bound))

    # Stages

    def _press(self, model: Model) -> None:
        """Settle what is compulsory without the ordinary interviews, then place these again."""
        program = model.program
        open_levels = [name for name in MISSING if program.value(name, self.values) > program.least(name)]
        if not open_levels or self.budget.over():
            return
        bare, held = pressing_alone(model, self.values), set(ordinary(model))
        piece = Restrictor(program).piece((v for v in range(len(bare)) if v not in held), bare)
        with self.budget.portion(PRESS_SHARE if self._takes_long(model) else 1.0) as within:
            found, settled = settle_levels(
                piece.program,
                piece.take(bare),
                within,
                lambda *_: None,
                given=Given(model.facts.problem.tolerances),
                names=MISSING,
            )
        better = piece.give(bare, found)
        if key_of(model, better)[: len(MISSING)] < key_of(model, self.values)[: len(MISSING)]:
            # A session that is added may ask for a permanence that no longer fits.
            for add in (fill, fill_interviews):
                self._take(model, _filled(model, better, add, self.budget.stop))
        if not any(model.facts.problem.tolerances.values()):
            self._bound(model, settled)

    def _look_around(self, model: Model) -> None:
        """A short search over all levels together, for its share of the time."""
        if self._takes_long(model) and not self.budget.over():
            with self.budget.portion(AROUND_SHARE) as within:
                self.values = improve(model, self.values, within, self._see(model))

    def _takes_long(self, model: Model) -> bool:
        return len(model.program.upper) >= self.limits.sizes.around

    def _take(self, model: Model, values: list[int]) -> None:
        """Go on from other values if they are better."""
        if key_of(model, values) < key_of(model, self.values):
            self.values = values
            for name in LEVEL_NAMES:
                self.curve.note(model, name, values, 0)

    def _settle(self, model: Model, groups: list[list[int]]) -> None:
        """Prove the levels, each part by itself."""
        if len(groups) > 1:
            self._settle_apart(model, groups)
            return
        given = Given(model.facts.problem.tolerances, dict(self.bounds))
        self.values, settled = settle_near(
            model.program, self.values, self.budget, self._see(model), given=given, beside=self._look_ahead
        )
        self._bound(model, settled)

    def _look_ahead(self, values: list[int]) -> None:
        """Look for the reasons of what is left out: most of it stays so."""
        if self.budget.is_racing and self.model is not None:
            auditor = self.draft.auditor if self.draft else Auditor(self.model.facts.problem)
            self.reasons = FirstReasons(auditor)
            self.reasons.look_ahead(read_plan(self.model, values))

    def _settle_apart(self, model: Model, groups: list[list[int]]) -> None:
        found = Apart(model.program, groups, self.values, self.budget, self._see_part(model))
        found.settle(dict(self.bounds))
        self.values = found.values
        self._prove(model, found.settled())

    def _see_part(self, model: Model) -> PartSeen:
        def seen(name: str, value: int, read: Callable[[], list[int]]) -> None:
            self.curve.note_settled(model, Settled(name, value, 0), read)

        return seen

    def _prove(self, model: Model, settled: list[Settled]) -> None:
        self._bound(model, settled)
        for name, _, bound in settled:
            self.curve.note(model, name, self.values, bound)

    def _see(self, model: Model) -> Callable[[str, list[int], int], None]:
        def seen(name: str, values: list[int], bound: int) -> None:
            self.values = values
            self.curve.note_changed(model, values, self.bounds, except_for=name)
            self.curve.note(model, name, values, bound)

        return seen


def _filled(
    model: Model,
    values: list[int],
    add: Callable[[Model, Board, Callable[[], bool]], None],
    stop: Callable[[], bool],
) -> list[int]:
    board = Board(model.program, values)
    add(model, board, stop)
    found = list(board.values)
    model.program.complete(found)
    return found
