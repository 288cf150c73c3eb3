"""A plan without what is not pressing: no ordinary interview can help what is compulsory."""

from planner.lanes import Lane
from planner.model import Model


def ordinary(model: Model) -> list[int]:
    """The takes of interviews that are not urgent."""
    groups = model.interviews.groups
    return [t.variable for t in model.interviews.takes if groups[t.group].need.priority != "urgent"]


def pressing_alone(model: Model, values: list[int]) -> list[int]:
    """The same feasible plan without ordinary interviews, and without the presences that only they needed."""
    bare, interviews, lower = list(values), model.interviews, model.program.lower
    for variable in ordinary(model):
        bare[variable] = 0
    used = {interviews.lanes[take.lane].variable for take in interviews.takes if bare[take.variable]}
    for index, lane in enumerate(interviews.lanes):
        if not any(bare[take.variable] for take in interviews.by_lane[index]):
            unused = [model.named[index, slot] for slot in lane.free if (index, slot) in model.named]
            # Lanes of one telephone half-day, one for each grid of slots, share its presence.
            own = [variable for variable in _own_presence(model, lane) if variable not in used]
            for variable in [*unused, *own]:
                bare[variable] = lower[variable]
    model.program.complete(bare)
    return bare


def _own_presence(model: Model, lane: Lane) -> list[int]:
    """The office half-day or telephone that stands for its interviews alone."""
    is_shared = (lane.staff, lane.site, lane.half) in model.variables.shared
    return [] if lane.holder >= 0 or (lane.on_site and is_shared) else [lane.variable]
