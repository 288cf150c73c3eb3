"""Parts of a month that share no staff, participant, room or site: they can be solved apart."""

from planner.program import Program

SMALL = 200
"""Parts below this many variables are solved together: each search has a price of its own."""


def parts(program: Program) -> list[list[int]]:
    """Groups of variables that no row and no derivation connects, the small ones put together."""
    parent = list(range(len(program.upper)))

    def root(variable: int) -> int:
        while parent[variable] != variable:
            parent[variable] = parent[parent[variable]]
            variable = parent[variable]
        return variable

    for linked in _links(program):
        first = root(linked[0])
        for variable in linked[1:]:
            parent[root(variable)] = first
    groups: dict[int, list[int]] = {}
    for variable, (low, high) in enumerate(zip(program.lower, program.upper, strict=True)):
        if low != high:
            groups.setdefault(root(variable), []).append(variable)
    large = [group for group in groups.values() if len(group) >= SMALL]
    small = [variable for group in groups.values() if len(group) < SMALL for variable in group]
    return sorted(([*large, small] if small else large), key=len)


def _links(program: Program) -> list[list[int]]:
    """The free variables of each row and of each derivation."""
    rows = [[variable for variable, _ in row.terms] for _, row in program.each_row()]
    rows += [[one.variable, *(v for terms, _ in one.sums for v, _ in terms)] for one in program.derived]
    free = [[v for v in linked if program.lower[v] != program.upper[v]] for linked in rows]
    return [linked for linked in free if len(linked) > 1]
