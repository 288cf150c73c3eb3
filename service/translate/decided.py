"""What of a draft stands against a rule because somebody wanted it: no obstacle, and kept with each thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from db.records.plan import PlanItem
from planner.audit import AuditReport
from planner.problem import Problem
from service.translate.draft import Lost

Decision = dict[str, Any]


def decisions(
    items: Iterable[PlanItem], report: AuditReport, problem: Problem
) -> dict[str, tuple[Decision, ...]]:
    """The breaches of each item, by its key; of a draft that holds they are all decisions."""
    counts = {need.id: need.count for need in problem.interviews}
    by_name: dict[str, list[Decision]] = defaultdict(list)
    for breach in (*report.violations, *(one.breach for one in report.overruled)):
        told = {
            "rule": breach.rule,
            "about": breach.about,
            "on": str(breach.on),
            "amount": breach.amount,
            "text": breach.text,
        }
        for name in breach.items:
            by_name[name].append(told)
    named = {item.key: by_name.get(_name(item, counts), []) for item in items}
    return {key: tuple(found) for key, found in named.items() if found}


def not_decided(lost: Iterable[Lost], overruled: Iterable[Decision]) -> tuple[Lost, ...]:
    """What no longer holds, less what a coordinator overruled in the draft knowing its amount."""
    known: dict[tuple[str, ...], int] = {}
    for one in overruled:
        key = (str(one.get("rule")), str(one.get("about")), str(one.get("on")), str(one.get("text")))
        known[key] = max(known.get(key, 0), int(one.get("amount", 1)))
    return tuple(one for one in lost if known.get((one.rule, one.about, one.on, one.text), 0) < one.amount)


def _name(item: PlanItem, counts: dict[str, int]) -> str:
    """What the planner calls an item in its breaches."""
    if item.kind == "permanence":
        return f"{item.cadence_code} {item.held_on.isoformat()} {item.half_day}"
    if item.kind == "office":
        return f"{item.staff_codes[0]} {item.site_code} {item.held_on.isoformat()} {item.half_day}"
    if item.kind == "interview":
        need = item.need_code or ""
        return need if counts.get(need, 1) == 1 else f"{need}#{item.number}"
    if item.promotion_code is not None:
        return f"{item.promotion_code}/{item.sequence_code}"
    return f"{item.cadence_code}#{item.number}"
