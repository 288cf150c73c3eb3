"""A short search over all levels together, before each is proven: near what their linear relaxations choose.

The relaxations of the levels, each under the bounds of those before, choose a few thousand of all variables.
With what the plan at hand does, these nearly always hold a plan that is the best of all on most levels, and
so little is searched to the end in a second or two.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from planner.budget import Budget
from planner.errors import EndedEarlyError
from planner.levels import NOTHING_KNOWN, Given, Seen, Settled, settle_levels
from planner.plan import LEVEL_NAMES, ORDINARY, PRESSING
from planner.program import Program
from planner.relaxations import Relaxations
from planner.restrict import Restrictor

SHARE = 0.5
"""Of the time left, what the search may use."""
MOST_SECONDS = 5.0
UNITS = 3.0


Beside = Callable[[list[int]], None]
"""Told the plan at hand before the longest search, which leaves a processor free: what it begins may go on beside it."""


def settle_near(
    program: Program,
    values: list[int],
    budget: Budget,
    seen: Seen,
    *,
    given: Given = NOTHING_KNOWN,
    beside: Beside = lambda _: None,
) -> tuple[list[int], list[Settled]]:
    """Like `settle_levels`, with a good plan on all levels before the proofs begin."""
    pressing = {name: program.value(name, values) for name in PRESSING}
    bounds = {name: max(program.least(name), given.bounds.get(name, 0)) for name in pressing}
    is_pressed = all(value <= bounds[name] for name, value in pressing.items())
    if is_pressed and len(program.upper) >= budget.limits.sizes.looked_near and not budget.over():
        given = given._replace(relaxations=Relaxations(program))
        values, looked_near = _near(program, values, budget, (seen, beside), given)
        given = given._replace(looked_near=looked_near)
    return settle_levels(program, values, budget, seen, given=given)


def _near(
    program: Program, values: list[int], budget: Budget, told: tuple[Seen, Beside], given: Given
) -> tuple[list[int], bool]:
    """The best values among those used or chosen by the relaxation of some level, all others held, and whether
    all levels were looked at.

    The first level is looked at by itself as soon as its own relaxation is there: it counts most.
    """
    chosen: set[int] = set()
    seen, beside = told
    is_done = False
    # When the end comes here, what was found stays found, and what is proven is still said.
    with suppress(EndedEarlyError):
        restrictor = Restrictor(program)
        for name, own in _chosen(program, values, budget, given):
            chosen |= own
            if name == ORDINARY[-1]:
                beside(values)
            if name == ORDINARY[0] or name == ORDINARY[-1]:
                names = LEVEL_NAMES[: LEVEL_NAMES.index(name) + 1]
                values = _settled(restrictor, values, chosen, budget, (names, seen))
                is_done = name == ORDINARY[-1]
    return values, is_done


def _settled(
    restrictor: Restrictor,
    values: list[int],
    chosen: set[int],
    budget: Budget,
    told: tuple[tuple[str, ...], Seen],
) -> list[int]:
    """The values at their best on some levels where only what is chosen, or used already, may change."""
    names, seen = told
    program = restrictor.program
    piece = restrictor.piece(chosen.union(v for v, value in enumerate(values) if value), values)
    piece.program.pulse = program.pulse
    within = budget.share(min(MOST_SECONDS, SHARE * budget.seconds), UNITS)
    before, held = within.units, {name: program.value(name, values) for name in PRESSING}

    def better(name: str, own: list[int], _bound: int) -> None:
        seen(name, piece.give(values, own), 0)

    found, _ = settle_levels(
        piece.program, piece.take(values), within, better, given=Given(bounds=held), names=names
    )
    budget.spend((before or 0.0) - (within.units or 0.0))
    return piece.give(values, found)


def _chosen(
    program: Program, values: list[int], budget: Budget, given: Given
) -> Iterator[tuple[str, frozenset[int]]]:
    """What the relaxation of each level chooses, those before supposed to reach the bound of their own."""
    assert given.relaxations is not None
    ground = given.relaxations.ground
    for name in PRESSING:
        most = program.value(name, values) + given.tolerances.get(name, 0)
        ground = ground.settle(name, most, None)
    for name in ORDINARY:
        ground, relaxed = given.relaxations.of(ground, name, budget.relaxing_seconds(name))
        yield name, relaxed.chosen
        ground = ground.settle(name, max(relaxed.bound, program.least(name)), relaxed)
