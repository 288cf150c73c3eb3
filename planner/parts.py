"""Parts of a month that share no staff, participant, room or site: they can be solved apart."""

from collections.abc import Iterator
from itertools import chain

from planner.program import Program

SMALL = 200
"""Parts below this many variables are solved together: each search has a price of its own."""


def parts(program: Program) -> list[list[int]]:
    """Groups of variables that no row and no derivation connects, the small ones put together, by size.

    Beside a single large one they stay with it: cutting it out would cost more than they do.
    """
    parent = list(range(len(program.upper)))

    def root(variable: int) -> int:
        while parent[variable] != variable:
            parent[variable] = parent[parent[variable]]
            variable = parent[variable]
        return variable

    is_free = [low != high for low, high in zip(program.lower, program.upper, strict=True)]
    for linked in _links(program):
        first = -1
        for variable in linked:
            if is_free[variable]:
                found = root(variable)
                first = found if first < 0 else first
                parent[found] = first
    groups: dict[int, list[int]] = {}
    for variable, free in enumerate(is_free):
        if free:
            groups.setdefault(root(variable), []).append(variable)
    large = [group for group in groups.values() if len(group) >= SMALL]
    small = [variable for group in groups.values() if len(group) < SMALL for variable in group]
    if len(large) == 1:
        return [sorted([*large[0], *small])]
    return sorted(([*large, small] if small else large), key=len)


def _links(program: Program) -> Iterator[Iterator[int]]:
    """The variables of each row and of each derivation."""
    for _, row in program.each_row():
        yield (variable for variable, _ in row.terms)
    for one in program.derived:
        yield chain((one.variable,), (variable for terms, _ in one.sums for variable, _ in terms))
