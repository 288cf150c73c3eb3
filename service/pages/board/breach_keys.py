"""Which rows of a draft a breach speaks of: the audit names assignments in its own way."""

from collections import defaultdict
from collections.abc import Iterable

from db.records.plan import PlanItem
from planner.breach import Breach


def rows_of_breach(breach: Breach, items: Iterable[PlanItem]) -> list[str]:
    """Keys of the rows that make it, in the order of the breach."""
    found = _by_name(items)
    return [key for name in breach.items for key in found.get(name, ())]


def rows_by_breach(breaches: Iterable[Breach], items: Iterable[PlanItem]) -> dict[str, Breach]:
    """The breach that says most of each row: one that it makes alone before one between several, then the first."""
    found = _by_name(items)
    first: dict[str, Breach] = {}
    for breach in sorted(breaches, key=lambda one: len(one.items)):
        for name in breach.items:
            for key in found.get(name, ()):
                first.setdefault(key, breach)
    return first


def _by_name(items: Iterable[PlanItem]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for name in _names(item):
            names[name].append(item.key)
    return names


def _names(item: PlanItem) -> tuple[str, ...]:
    if item.kind == "permanence":
        return (f"{item.cadence_code} {item.held_on.isoformat()} {item.half_day}",)
    if item.kind == "office":
        return (f"{item.staff_codes[0]} {item.site_code} {item.held_on.isoformat()} {item.half_day}",)
    if item.kind == "interview":
        return (f"{item.need_code}#{item.number}", item.need_code or "")
    if item.promotion_code:
        return (f"{item.promotion_code}/{item.sequence_code}",)
    return (f"{item.cadence_code}#{item.number}",)
