"""Level `fairness`, the solver's half."""

from typing import NamedTuple

from planner.demand import asked_months, is_monthly
from planner.model import Model
from planner.options import Occurrence


class Counted(NamedTuple):
    """A variable of a team, how much it adds to a kind, and on which day."""

    variable: int
    weight: int
    day: int


Counts = dict[tuple[str, ...], list[Counted]]
"""By cadence or sequence."""

KINDS = ("permanences", "far", "edges", "sessions")


def post(model: Model) -> None:
    """For each kind and person, the marginal price of each more, by share of full availability."""
    free = {person: len(halves) for person, halves in model.facts.available.items()}
    most = max(free.values(), default=0)
    shares = {person: max(1, 100 * count // most) for person, count in free.items() if count}
    for kind in KINDS:
        balances = {person: model.facts.staff[person].ledger.get(kind, 0) for person in shares}
        least = min(balances.values(), default=0)
        counts = _counts(model, kind)
        for person, share in shares.items():
            _post_steps(model, counts.get(person, {}), share, balances[person] - least, _open(model, person))


def _open(model: Model, person: str) -> int:
    """Half-days in which nothing of that person stays: of what is chosen, each adds one at most.

    Where something stays nothing is chosen beside it, but several that stay may share a half-day.
    """
    lower, presences = model.program.lower, model.variables.presences
    stays = {
        half for (one, half), found in presences.items() if one == person and any(lower[v] for v, _ in found)
    }
    return model.facts.halves - len(stays)


def _post_steps(model: Model, counts: Counts, share: int, balance: int, most: int) -> None:
    """One step for each more, dearer than the one before: the solver takes them in order.

    `most`: what can be added to what stays.
    """
    program = model.program
    terms = [(counted.variable, counted.weight) for same in counts.values() for counted in same]
    settled = sum(count * program.lower[variable] for variable, count in terms)
    reach = min(sum(_most(model, of, same) for of, same in counts.items()), settled + most)
    prices = [10 * (2 * balance + 200 * j - 100) // share for j in range(1, reach + 1)]
    program.constant("fairness", sum(prices[:settled]))
    if reach > settled:
        for step, price in zip(program.steps(terms, settled, reach), prices[settled:], strict=True):
            program.cost("fairness", step, price)


def _most(model: Model, of: tuple[str, ...], counted: list[Counted]) -> int:
    """No less than what one cadence or sequence can ever add for one person."""
    settled = sum(one.weight for one in counted if model.program.lower[one.variable])
    if len(of) == 2:
        return settled + max(one.weight for one in counted)
    cadence = model.facts.cadences[of[0]]
    days: dict[int, list[int]] = {}
    for one in counted:
        days.setdefault(one.day, []).append(one.weight)
    both_halves = cadence.length == "day" or cadence.min_days == 0
    most = sum(sum(found) if both_halves else max(found) for found in days.values())
    if is_monthly(cadence):
        asked = sum(month.most for month in asked_months(model.facts, cadence))
        # Of each half of a whole day that stays, the other one may come beside what is asked.
        halves = sum(key == of for key, _ in model.fixed.occurrences) if cadence.length == "day" else 0
        most = min(most, asked * model.size(cadence) + halves)
    return settled + most


def _counts(model: Model, kind: str) -> dict[str, Counts]:
    """By person, what each occurrence would add to a kind."""
    found: dict[str, Counts] = {}
    for index, occurrence in enumerate(model.variables.occurrences):
        weight = _weight(model, occurrence, kind)
        if weight:
            for person, variable in model.variables.team[index].items():
                same = found.setdefault(person, {}).setdefault(occurrence.of, [])
                same.append(Counted(variable, weight, occurrence.day))
    return found


def _weight(model: Model, occurrence: Occurrence, kind: str) -> int:
    permanence = occurrence.kind == "permanence"
    halves = len(occurrence.halves) if permanence else 1
    if kind == "permanences":
        return halves if permanence else 0
    if kind == "sessions":
        return 0 if permanence else 1
    if kind == "far":
        return halves if model.facts.sites[occurrence.site].far else 0
    edges = [half for half in occurrence.halves if _is_edge(model, half)]
    return len(edges) if permanence else min(1, len(edges))


def _is_edge(model: Model, half: int) -> bool:
    """Monday morning or Friday afternoon."""
    return (model.facts.weekday(half // 2), half % 2) in ((1, 0), (5, 1))
