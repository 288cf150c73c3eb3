"""Rule `interview_place`, the solver's half."""

from planner.model import Model


def post(model: Model) -> None:
    """Each need once; an office half-day that the plan opens holds at least one interview."""
    for index, group in enumerate(model.interviews.groups):
        model.program.limit([(t.variable, 1) for t in model.interviews.by_group[index]], group.size)
    takes: dict[int, list[tuple[int, int]]] = {}
    for take in model.interviews.takes:
        lane = model.interviews.lanes[take.lane]
        takes.setdefault(lane.variable, []).append((take.variable, 1))
    for key, office in model.variables.offices.items():
        if not model.program.lower[office] and key not in model.variables.shared:
            model.program.implies_one(office, [variable for variable, _ in takes.get(office, ())])
