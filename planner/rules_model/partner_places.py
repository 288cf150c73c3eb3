"""Rule `partner_places`, the solver's half."""

from collections import defaultdict

from planner.model import Model


def post(model: Model) -> None:
    """Of the places of a permanence, those of the partners stay free; a booking takes one of them."""
    takes: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for take in model.interviews.takes:
        lane = model.interviews.lanes[take.lane]
        if lane.holder >= 0:
            long = 1 if take.counted else take.last - take.first + 1
            takes[lane.holder, lane.half].append((take.variable, long))
    for (index, half), terms in takes.items():
        cadence = model.variables.work(index).cadence
        booked = sum(model.booked(index, half).values())
        kept = max(cadence.partner_places, booked) if cadence else 0
        if not kept:
            continue
        _post(model, index, half, terms, kept)


def _post(model: Model, index: int, half: int, terms: list[tuple[int, int]], kept: int) -> None:
    """Interviews in the permanence at most its places (slots x staff) less those kept."""
    site = model.variables.occurrences[index].site
    slots = len(model.facts.windows[site, half].slots)
    team = model.variables.team[index]
    held = model.variables.held[index]
    if model.program.lower[held]:
        settled = [model.settled_slots(p, index, half) for p, v in team.items() if model.program.lower[v]]
        spare = [max(0, slots * (len(settled) + more) - kept - sum(settled)) for more in (0, 1)]
        others = [(v, spare[0] - spare[1]) for v in team.values() if not model.program.lower[v]]
        model.program.limit([*terms, *others], spare[0])
        return
    inside = list(terms)
    for person, variable in team.items():
        inside.append((variable, model.settled_slots(person, index, half) - slots))
    model.program.limit([*inside, (held, min(kept, slots * model.people_at(index)))], 0)
