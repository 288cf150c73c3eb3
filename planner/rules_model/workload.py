"""Rule `workload`, the solver's half."""

from collections import defaultdict
from collections.abc import Callable

from planner.model import Model
from planner.prepare import Facts, month_of


def post(model: Model) -> None:
    """Engaged half-days at most the contract's number a day, week and month, protected ones left."""
    facts = model.facts
    for person in facts.problem.staff:
        limits = person.max_half_days
        published = {facts.half(one.on, one.half_day) for one in person.engaged_outside}
        engaged = published | facts.meeting_halves[person.id]
        outside = [half for half in engaged if not 0 <= half < facts.halves]
        for halves in _by(model, lambda half: half // 2):
            _limit(model, person.id, halves, limits.day)
        for halves in _by(model, lambda half: week(facts, half)):
            beside = sum(week(facts, half) == week(facts, halves[0]) for half in outside)
            free = len(
                [half for half in week_halves(facts, halves[0]) if facts.is_available(person.id, half)]
            )
            _limit(
                model, person.id, halves, min(limits.week, max(0, free - person.protected_half_days)) - beside
            )
        for halves in _by(model, lambda half: month(facts, half)):
            beside = sum(month(facts, half) == month(facts, halves[0]) for half in outside)
            _limit(model, person.id, halves, limits.month - beside)


def _by(model: Model, part: Callable[[int], object]) -> list[list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for half in range(model.facts.halves):
        found[part(half)].append(half)
    return list(found.values())


def _limit(model: Model, staff: str, halves: list[int], most: int) -> None:
    """At most `most` engaged; where facts alone exceed that, nothing is planned at all."""
    halves = model.engageable(staff, halves)
    if len(halves) <= most:
        return
    met = sum(half in model.facts.meeting_halves[staff] for half in halves)
    if met > most and not any(model.is_settled(staff, half) for half in halves):
        for half in halves:
            for variable in model.engaging(staff, half):
                model.program.limit([(variable, 1)], 0)
        return
    engaged = [model.engaged(staff, half) for half in halves]
    model.program.limit([(variable, 1) for variable in engaged if variable is not None], max(0, most))


def week(facts: Facts, half: int) -> int:
    """The week of a half-day, 0 for the one in which the horizon begins."""
    return (facts.first_on.weekday() + half // 2) // 7


def week_halves(facts: Facts, half: int) -> range:
    """The 14 half-days of that week, in the horizon or not."""
    monday = half // 2 - (facts.weekday(half // 2) - 1)
    return range(2 * monday, 2 * monday + 14)


def month(facts: Facts, half: int) -> tuple[int, int]:
    return month_of(facts.on(half // 2))
