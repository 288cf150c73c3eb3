"""Travel of a person's day, part of level `comfort`: started ten minutes over all its legs."""

from itertools import pairwise
from typing import NamedTuple

from planner.both_halves import BothHalves, Stay
from planner.model import Model
from planner.prepare import Facts

Stop = tuple[int, str]
"""Start in minutes, and the site."""

Classes = dict[Stop, list[Stay]]
"""The presences that begin then and there."""


class Day(NamedTuple):
    """What all presences of a person's day share: the base, the stops that stay, and the price of ten minutes."""

    base: str | None
    fixed: list[Stop]
    price: int


def post(model: Model) -> None:
    """The cost of a morning and of an afternoon, less what having both saves (or costs).

    In a thinned month only a day at one site is known to save: other days count as dearer than they are.
    """
    price = model.facts.weight("travel", 1)
    if not price:
        return
    both = BothHalves(model)
    for person in model.facts.problem.staff:
        meetings = _meetings(model.facts, person.id)
        for day in range(model.facts.days):
            fixed = [*meetings.get(day, []), *_settled(model, person.id, day)]
            first, then = _classes(model, person.id, 2 * day), _classes(model, person.id, 2 * day + 1)
            if first or then or fixed:
                _post_day(model, both, Day(person.base, fixed, price), (first, then))


def _post_day(model: Model, both: BothHalves, given: Day, sides: tuple[Classes, Classes]) -> None:
    base, fixed, price = given
    first, then = sides

    def cost(*stops: Stop) -> int:
        return price * day_cost(model.facts, base, [*fixed, *stops])

    program, nothing = model.program, cost()
    program.constant("comfort", nothing)
    for classes in sides:
        for stop, stays in classes.items():
            for variable, _ in stays:
                program.cost("comfort", variable, cost(stop) - nothing)
    rows: dict[tuple[bool, Stop], list[int]] = {}
    for a in first:
        for b in then:
            if model.interviews.is_thinned and a[1] != b[1]:
                continue
            saved = cost(a) + cost(b) - nothing - cost(a, b)
            needed = both.needed(first[a], then[b]) if saved else []
            if not all(needed):
                continue
            if saved > 0:
                together = program.pair(*needed[:2])
                program.cost("comfort", together, -saved)
                _post_needed(model, together, needed, (len(first[a]), len(then[b])))
                rows.setdefault((False, a), []).append(together)
                rows.setdefault((True, b), []).append(together)
            elif saved < 0:
                terms = [(v, 1) for side in needed[:2] for v in side]
                program.cost("comfort", program.at_least([(terms, -1)], 1), -saved)
    for (late, stop), pairs in rows.items():
        side = then[stop] if late else first[stop]
        program.limit([*((v, 1) for v in pairs), *((v, -1) for v, _ in side)], 0)


def _post_needed(model: Model, together: int, needed: list[list[int]], sides: tuple[int, int]) -> None:
    """What both half-days need; that of a whole side, of which `sides` are the sizes, is said of all its pairs."""
    said = zip(needed, sides, strict=False)
    for variables in [*(one for one, size in said if len(one) < size), *needed[2:]]:
        model.program.limit([(together, 1), *((v, -1) for v in variables)], 0)


def _classes(model: Model, staff: str, half: int) -> Classes:
    found: Classes = {}
    for variable, presence in model.variables.presences.get((staff, half), ()):
        if presence.kind != "rest" and not model.program.lower[variable]:
            found.setdefault((presence.span.start, presence.site), []).append((variable, presence))
    return found


def _settled(model: Model, staff: str, day: int) -> list[Stop]:
    """Presences that stay, whatever else is chosen."""
    return [
        (presence.span.start, presence.site)
        for half in (2 * day, 2 * day + 1)
        for variable, presence in model.variables.presences.get((staff, half), ())
        if presence.kind != "rest" and model.program.lower[variable]
    ]


def _meetings(facts: Facts, staff: str) -> dict[int, list[Stop]]:
    """Meetings with a site, by the day of the horizon on which they begin."""
    found: dict[int, list[Stop]] = {}
    for block in facts.blocks[staff]:
        if block.kind == "meeting" and block.site is not None:
            found.setdefault(block.span.start // 1440, []).append((block.span.start, block.site))
    return found


def day_cost(facts: Facts, base: str | None, stops: list[Stop]) -> int:
    """Started ten minutes from the base through the stops in order of start and back."""
    sites = [site for _, site in sorted(stops)]
    if not sites:
        return 0
    if base is not None:
        sites = [base, *sites, base]
    total = sum(facts.minutes(a, b) for a, b in pairwise(sites))
    return -(-total // 10)
