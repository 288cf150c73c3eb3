"""The figures of a version counted anew: values of its levels, and what in it stands against a rule by decision."""

from collections.abc import Iterable
from typing import Any

import msgspec

from planner.audit import AuditReport
from planner.breach import Breach
from planner.plan import Level
from service.translate.decided import decision_of, not_decided
from service.translate.draft import lost_of


def recounted(
    levels: Iterable[dict[str, Any]], report: AuditReport, *, supposes: bool = False
) -> list[dict[str, Any]]:
    """Levels after an edit. A bound proved before stays one; a proof beyond it does not. Nothing is less than 0.

    What was never searched has no bound that says anything. Of other facts, which an edit `supposes`, nothing is
    proved from the first level on that it changes; so does one by which this is below what was proved of it.
    """
    found = []
    same = True
    for level in levels:
        value = report.goals.get(level["name"], level["value"])
        supposes = supposes or (same and _is_below(level, value))
        same = same and value == level["value"]
        found.append({**level, "value": value} if same else _after_edit(level, value, supposes=supposes))
    return found


def _is_below(level: dict[str, Any], value: int) -> bool:
    return bool(level["status"] != "not_reached" and value < level["bound"])


def _after_edit(level: dict[str, Any], value: int, *, supposes: bool) -> dict[str, Any]:
    proves = not supposes or value == level["value"] == 0
    status = _status(level, value) if proves else "not_reached"
    return {**level, "value": value, "status": status, "bound": min(level["bound"], value)}


def still_proved(levels: Iterable[Level], report: AuditReport) -> list[dict[str, Any]]:
    """The levels of a computation where the plan is worth exactly as much on each of them; else none."""
    kept = list(levels)
    if any(report.goals.get(level.name) != level.value for level in kept):
        return []
    return [msgspec.to_builtins(level) for level in kept]


def _status(level: dict[str, Any], value: int) -> str:
    if value == 0:
        return "optimal"
    searched = level["status"] != "not_reached"
    return "bounded" if searched and level["bound"] <= value else "not_reached"


def goes_against(report: AuditReport, known: Iterable[dict[str, Any]]) -> bool:
    """Whether a version breaks a rule, or breaks one more, that the `known` breaches do not tell."""
    return bool(not_decided(map(lost_of, breaches_of(report)), known))


def breaches_of(report: AuditReport) -> tuple[Breach, ...]:
    """Every breach of a version, whatever keeps it."""
    return (*report.violations, *(one.breach for one in report.overruled))


def decided(report: AuditReport) -> list[dict[str, Any]]:
    """Every breach of a version that is kept although it is one."""
    return [decision_of(one) for one in breaches_of(report)]
