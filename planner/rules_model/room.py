"""Rule `room`, the solver's half."""

from collections import defaultdict

from planner.local_minutes import Span
from planner.model import Model


def post(model: Model) -> None:
    """A held session that needs a room has one; a room holds one session at a time."""
    program, variables = model.program, model.variables
    used: dict[tuple[str, str, int], list[tuple[Span, int]]] = defaultdict(list)
    for index, rooms in enumerate(variables.rooms):
        occurrence = variables.occurrences[index]
        if rooms and not model.is_complete(index):
            program.equal([(variable, 1) for variable in rooms.values()] + [(variables.held[index], -1)])
        for room, variable in rooms.items():
            used[occurrence.site, room, occurrence.day].append((occurrence.spans[0], variable))
    for sessions in used.values():
        for start in {span.start for span, _ in sessions}:
            program.at_most_one(v for span, v in sessions if span.start <= start < span.end)
