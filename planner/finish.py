"""The last step: read the plan, have it audited, say what is left out and what was overruled."""

from collections.abc import Iterator
from math import inf
from typing import Any

import msgspec

from planner.audit import Auditor, AuditReport
from planner.best_so_far import Key
from planner.draft import Draft, key_of
from planner.first_reasons import FirstReasons
from planner.model import Model
from planner.plan import LEVEL_NAMES, Level, Plan
from planner.read_back import read_fixed, read_plan
from planner.salvage import with_what_stands, without_breaches


def finished(
    model: Model,
    candidates: list[list[int]],
    bounds: dict[str, int],
    reasons_until: float = inf,
    draft: Draft | None = None,
    reasons: FirstReasons | None = None,
) -> Plan:
    """The first of some values whose plan is clean, with its levels as the audit counts them.

    Values are those of plans from best to safest, `bounds` those of the first: what they say of another is told
    of that one. Of one that is not clean
    what breaks a rule is dropped, then what of the published plan stands beside what is fixed is tried, then
    what is fixed alone, then what the checker itself keeps of that, which is always clean. A draft that is
    better than what is found so is taken: values that were refused may have lost more than it lacks. Reasons
    of what is left out are looked for until that monotonic second; `reasons` may know some of them.
    """
    reasons = reasons or FirstReasons(draft.auditor if draft else Auditor(model.facts.problem))
    auditor = reasons.auditor
    searched = key_of(model, candidates[0]) if candidates else ()
    for number, plan in enumerate(_plans(model, candidates, auditor, reasons_until)):
        is_refused = bool(number) or not candidates
        report = auditor.audit(plan)
        if report.is_clean:
            break
    key = tuple(report.goals[name] for name in LEVEL_NAMES)
    if draft is not None and is_refused and draft.key < key:
        return drafted(draft, searched, bounds, reasons_until, reasons)
    return told(reasons, plan, report, proven_of(key, searched, bounds), reasons_until)


def drafted(
    draft: Draft,
    searched: Key,
    bounds: dict[str, int],
    reasons_until: float,
    reasons: FirstReasons | None = None,
) -> Plan:
    """A draft with what is proven of it, `searched` being the levels of the values that the bounds are of.

    `reasons` may know some of what it leaves out.
    """
    proven = proven_of(draft.key, searched, bounds)
    reasons = reasons or FirstReasons(draft.auditor)
    return told(reasons, draft.plan, draft.report, proven, reasons_until)


def proven_of(key: Key, searched: Key, bounds: dict[str, int]) -> dict[str, int]:
    """What bounds of plans that reach `searched` say of one that reaches `key`: all up to its first level that is worse.

    A bound holds for all plans whose earlier levels are no worse, hence of those of a plan that is better there.
    """
    proven: dict[str, int] = {}
    for name, own, reached in zip(LEVEL_NAMES, key, searched, strict=False):
        proven[name] = bounds.get(name, 0)
        if own > reached:
            break
    return proven


def told(
    reasons: FirstReasons, plan: Plan, report: AuditReport, bounds: dict[str, int], reasons_until: float
) -> Plan:
    """A clean plan with its levels, what is left out and why, and what people decided against a rule."""
    levels = tuple(_level(name, report.goals[name], bounds.get(name, 0)) for name in LEVEL_NAMES)
    unplaced = reasons.of(plan, reasons_until)
    return msgspec.structs.replace(plan, unplaced=unplaced, levels=levels, overruled=_overruled(report))


def _plans(model: Model, candidates: list[list[int]], auditor: Auditor, until: float) -> Iterator[Plan]:
    fixed = read_fixed(model)
    for values in candidates:
        plan = read_plan(model, values)
        yield plan
        clean = without_breaches(auditor, plan, fixed, until)
        if clean is not None:
            yield clean
    yield with_what_stands(auditor, fixed, until)
    yield fixed
    yield auditor.kept(auditor.view(fixed)).plan


def _level(name: str, value: int, bound: int) -> Level:
    """A bound above the value is of another plan: it says nothing of this one."""
    if bound == value:
        return Level(name=name, value=value, bound=value, status="optimal")
    least = bound if 0 < bound < value else 0
    return Level(name=name, value=value, bound=least, status="bounded" if least > 0 else "not_reached")


def _overruled(report: AuditReport) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "rule": found.breach.rule,
            "about": found.breach.about,
            "on": found.breach.on.isoformat(),
            "amount": found.breach.amount,
            "text": found.breach.text,
            "because": list(found.because),
        }
        for found in report.overruled
    )
