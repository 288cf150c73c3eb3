"""Level `fairness`, the solver's half."""

from planner.model import Model
from planner.options import Occurrence

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
            _post_steps(model, counts.get(person, []), share, balances[person] - least)


def _post_steps(model: Model, terms: list[tuple[int, int]], share: int, balance: int) -> None:
    """One step for each more, dearer than the one before: the solver takes them in order."""
    program = model.program
    settled = sum(count * program.lower[variable] for variable, count in terms)
    reach = min(sum(count for _, count in terms), model.facts.halves)
    prices = [10 * (2 * balance + 200 * j - 100) // share for j in range(1, reach + 1)]
    program.constant("fairness", sum(prices[:settled]))
    if reach > settled:
        for step, price in zip(program.steps(terms, settled, reach), prices[settled:], strict=True):
            program.cost("fairness", step, price)


def _counts(model: Model, kind: str) -> dict[str, list[tuple[int, int]]]:
    """By person, variables and how much each adds to a kind."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, occurrence in enumerate(model.variables.occurrences):
        weight = _weight(model, occurrence, kind)
        if weight:
            for person, variable in model.variables.team[index].items():
                found.setdefault(person, []).append((variable, weight))
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
