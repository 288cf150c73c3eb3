"""Level `comfort`, the solver's half."""

from planner.goals_model import travel
from planner.model import Model

LEVEL = "comfort"


def post(model: Model) -> None:
    _post_wishes(model)
    travel.post(model)
    _post_spread(model)
    _post_extra(model)
    _post_single(model)
    _post_urgent_wait(model)


def _post_wishes(model: Model) -> None:
    """Engaged against an "avoid"; not engaged on a date that a "prefer" names."""
    avoid, prefer = model.facts.weight("avoid", 4), model.facts.weight("prefer", 1)
    for person in model.facts.problem.staff:
        halves: dict[str, set[int]] = {"avoid": set(), "prefer": set()}
        for wish in person.wishes:
            for day in range(model.facts.days):
                if wish.on == model.facts.on(day) or wish.weekday == model.facts.weekday(day):
                    halves[wish.wish].add(2 * day + (wish.half_day == "pm"))
        for half in sorted(halves["avoid"]):
            variable = model.engaged(person.id, half)
            if variable is not None:
                model.program.cost(LEVEL, variable, avoid)
        for half in sorted(halves["prefer"]):
            model.program.constant(LEVEL, prefer)
            variable = model.engaged(person.id, half)
            if variable is not None:
                model.program.cost(LEVEL, variable, -prefer)


def _post_spread(model: Model) -> None:
    """Parts of the horizon, as many as permanences asked, without one of that monthly cadence."""
    price = model.facts.weight("spread", 3)
    days = model.facts.days
    for cadence in model.facts.problem.cadences:
        if cadence.kind != "permanence" or not model.is_spread(cadence):
            continue
        for part in range(cadence.asked):
            inside = [
                (model.variables.held[index], -1)
                for index in model.variables.of(cadence.id)
                if model.variables.occurrences[index].day * cadence.asked // days == part
            ]
            missing = model.program.at_least([(inside, 1)], 1)
            model.program.cost(LEVEL, missing, price)


def _post_extra(model: Model) -> None:
    """Permanences beyond what is asked."""
    price = model.facts.weight("extra", 5)
    for cadence in model.facts.problem.cadences:
        if cadence.kind != "permanence":
            continue
        for balance in model.balances(cadence):
            if model.may_exceed(cadence, balance):
                asked = [(variable, -size) for variable, size in balance.asked]
                reach = sum(halves for _, halves in balance.placed)
                over = model.program.at_least([([*balance.placed, *asked], -balance.constant)], reach)
                model.program.cost(LEVEL, over, price)


def _post_single(model: Model) -> None:
    """Office half-days with a single interview."""
    price = model.facts.weight("single", 3)
    inside: dict[int, list[tuple[int, int]]] = {}
    for take in model.interviews.takes:
        inside.setdefault(model.interviews.lanes[take.lane].variable, []).append((take.variable, -1))
    for (staff, site, half), office in model.variables.offices.items():
        settled = model.settled_interviews(staff, site, half)
        if settled < 2:
            terms = [(office, 2), *inside.get(office, ())]
            single = model.program.at_least([(terms, -settled)], 1)
            model.program.cost(LEVEL, single, price)


def _post_urgent_wait(model: Model) -> None:
    """Days from the window's start to the date of each urgent interview."""
    price = model.facts.weight("urgent_wait", 1)
    for take in model.interviews.takes:
        group = model.interviews.groups[take.group]
        if group.need.priority == "urgent":
            day = model.interviews.lanes[take.lane].half // 2
            model.program.cost(LEVEL, take.variable, price * (day - group.window.first))
    for kept in model.fixed.interviews:
        if kept.need.priority == "urgent":
            first = max(0, model.facts.day(kept.need.from_on))
            model.program.constant(LEVEL, price * max(0, kept.half // 2 - first))
