"""What of a draft stands against a rule because somebody wanted it: no obstacle, and kept with each thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from db.records.plan import PlanItem
from planner.audit import AuditReport
from planner.breach import Breach
from planner.problem import Problem
from service.translate.draft import Lost, lost_of

Decision = dict[str, Any]


def decisions(
    items: Iterable[PlanItem], report: AuditReport, problem: Problem
) -> dict[str, tuple[Decision, ...]]:
    """The breaches of each item, by its key; of a draft that holds they are all decisions."""
    counts = {need.id: need.count for need in problem.interviews}
    by_name: dict[str, list[Decision]] = defaultdict(list)
    for breach in (*report.violations, *(one.breach for one in report.overruled)):
        told = decision_of(breach)
        for name in breach.items:
            by_name[name].append(told)
    named = {item.key: by_name.get(_name(item, counts), []) for item in items}
    return {key: tuple(found) for key, found in named.items() if found}


def decision_of(breach: Breach) -> Decision:
    """How a version keeps a breach that it makes although it is one."""
    kept: Decision = msgspec.to_builtins(lost_of(breach))
    return kept


def decided_after(
    known: Iterable[Decision], before: Iterable[Breach], after: Iterable[Breach]
) -> list[Decision]:
    """Of the breaches `after` an edit those `known` already, and those that the edit makes or makes worse.

    `before` are those of the draft before the edit, by the same facts: what falls by these, and is edited
    elsewhere or only pinned, nobody decided.
    """
    decided, was = _amounts(known), _amounts(map(decision_of, before))
    found = []
    for one in map(decision_of, after):
        amount, key = one["amount"], _key(one)
        decides = amount > was.get(key, 0)
        found.append({**one, "amount": amount if decides else min(amount, decided.get(key, 0))})
    return [one for one in found if one["amount"]]


def not_decided(lost: Iterable[Lost], overruled: Iterable[Decision]) -> tuple[Lost, ...]:
    """What no longer holds, less what a coordinator overruled in the draft knowing its amount."""
    known = _amounts(overruled)
    return tuple(one for one in lost if known.get((one.rule, one.about, one.on, one.text), 0) < one.amount)


def made_good(decided: Iterable[Decision], breaches: Iterable[Breach]) -> bool:
    """Whether something that was decided against a rule breaks it no more."""
    broken = _amounts(map(decision_of, breaches))
    return any(_key(one) not in broken for one in decided)


def _amounts(decisions: Iterable[Decision]) -> dict[tuple[str, ...], int]:
    known: dict[tuple[str, ...], int] = {}
    for one in decisions:
        key = _key(one)
        known[key] = max(known.get(key, 0), int(one.get("amount", 1)))
    return known


def _key(one: Decision) -> tuple[str, ...]:
    return str(one.get("rule")), str(one.get("about")), str(one.get("on")), str(one.get("text"))


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
