"""Bounds of the levels of a large month: of each level's relaxation, with what is alike merged."""

from collections.abc import Iterator

from planner.budget import Budget
from planner.levels import Settled
from planner.likeness import likeness
from planner.merged import merged
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.relaxation import narrowed, relax

SHARES = (0.1, 0.1, 0.15, 0.15, 0.25, 0.3, 0.4, 1.0)
"""Of the time left, what each level's relaxation may use."""


def far_bounds(model: Model, values: list[int], budget: Budget) -> Iterator[Settled]:
    """Each level with a bound of all plans whose earlier levels are no worse than in `values`.

    With tolerances the bounds hold for plans that are no worse than that much more.
    """
    tolerances = model.facts.problem.tolerances
    program = merged(model.program, likeness(model))
    held: dict[str, int] = {}
    for name, share in zip(LEVEL_NAMES, SHARES, strict=True):
        value, bound = model.program.value(name, values), model.program.least(name)
        most = value + tolerances.get(name, 0)
        if value > bound and not budget.over():
            relaxed = relax(program, held, name, budget.seconds * share)
            bound = max(bound, relaxed.bound)
            program = program.within(*narrowed(program, relaxed, most))
        held[name] = most
        yield Settled(name, value, bound)
