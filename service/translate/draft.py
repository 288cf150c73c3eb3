"""A draft laid over the facts of this moment: what no longer holds, and what publishing it writes."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from db.records import participant as rows
from db.records.plan import PlanItem
from planner.audit import AuditReport, audit
from planner.breach import Breach
from planner.checks.plan import PlanChecks
from planner.plan import Plan
from planner.problem import Pin, Problem
from service.translate.horizon import Horizon
from service.translate.plan_rows import bare_item, items_of, plan_from


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that no longer holds: a broken rule, a booking whose permanence is gone, an unknown code."""

    rule: str
    about: str
    on: str = ""
    amount: int = 1
    text: str = ""


class DraftCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What the audit of a draft found; `report` null when its codes are not all known any more."""

    lost: tuple[Lost, ...]
    report: AuditReport | None = None


def as_items(made: Plan, problem: Problem) -> tuple[PlanItem, ...]:
    """The rows of a plan as a draft holds them; identities are found when it is published."""
    horizon = Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)
    return tuple(bare_item(one, horizon) for one in items_of(made))


def with_draft_pins(problem: Problem, items: Iterable[PlanItem]) -> Problem:
    """The problem with what a person pinned in the draft: breaches of these are their decision."""
    added = (pin for _, pin in pinned_by_hand(items, problem))
    return msgspec.structs.replace(problem, pins=(*problem.pins, *added))


def pinned_by_hand(items: Iterable[PlanItem], problem: Problem) -> list[tuple[PlanItem, Pin]]:
    """What is pinned in the draft alone, each with its pin."""
    known = {_pin_key(pin) for pin in problem.pins}
    horizon = Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)
    pinned = [(item, pin) for item in items if item.pinned and (pin := pin_of(item, horizon)) is not None]
    return [(item, pin) for item, pin in pinned if _pin_key(pin) not in known]


def without_pin_of(problem: Problem, item: PlanItem) -> Problem:
    """The problem without what pins one item of a draft."""
    horizon = Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)
    own = pin_of(item, horizon)
    kept = tuple(pin for pin in problem.pins if own is None or _pin_key(pin) != _pin_key(own))
    return msgspec.structs.replace(problem, pins=kept)


def _pin_key(pin: Pin) -> tuple[object, ...]:
    if pin.need is not None:
        return ("interview", pin.need, pin.number)
    if pin.promotion is not None:
        return ("session", pin.promotion, pin.sequence)
    return ("cadence", pin.cadence, pin.number or (pin.on, pin.half_day))


def pin_of(item: PlanItem, horizon: Horizon) -> Pin | None:
    """The pin of an item; an office half-day follows its interviews and has none."""
    if item.kind == "office":
        return None
    start = None if item.starts_at is None else horizon.hour_of(item.starts_at)
    return Pin(
        on=item.held_on,
        staff=item.staff_codes,
        need=item.need_code,
        cadence=item.cadence_code,
        number=item.number if item.need_code is None else None,
        promotion=item.promotion_code,
        sequence=item.sequence_code,
        half_day=item.half_day if item.kind == "permanence" else None,
        start=start,
        site=item.site_code if item.kind == "interview" else None,
        room=item.room_code,
    )


def hand_pins(items: Iterable[PlanItem], problem: Problem) -> list[rows.Pin]:
    """What a coordinator pinned in the draft, to stay pinned once published."""
    return [_row(item, pin) for item, pin in pinned_by_hand(items, problem)]


def _row(item: PlanItem, pin: Pin) -> rows.Pin:
    kinds: dict[str, Literal["permanence", "session", "interview"]] = {
        "permanence": "permanence",
        "session": "session",
    }
    return rows.Pin(
        key=item.key,
        kind=kinds.get(item.kind, "interview"),
        held_on=pin.on,
        staff_codes=pin.staff,
        starts_hour=pin.start,
        half_day=pin.half_day,
        site_code=pin.site,
        room_code=pin.room,
        cadence_code=pin.cadence,
        promotion_code=pin.promotion,
        sequence_code=pin.sequence,
        need_code=pin.need,
        number=pin.number,
    )


def check_draft(problem: Problem, items: tuple[PlanItem, ...]) -> DraftCheck:
    """Whether the draft still holds on these facts."""
    facts = with_draft_pins(problem, items)
    plan = plan_from(items)
    unknown = [
        Lost(rule="unknown", about=fault.path, text=fault.reason) for fault in PlanChecks(facts).faults(plan)
    ]
    if unknown:
        return DraftCheck(lost=tuple(unknown))
    report = audit(facts, plan)
    return DraftCheck(
        lost=(*(lost_of(one) for one in report.violations), *homeless(facts, plan)), report=report
    )


def lost_of(breach: Breach) -> Lost:
    """What a breach takes away, without which things make it."""
    return Lost(
        rule=breach.rule, about=breach.about, on=str(breach.on), amount=breach.amount, text=breach.text
    )


def homeless(problem: Problem, plan: Plan) -> tuple[Lost, ...]:
    """Each permanence that the draft does not have any more although partners hold or booked places of it."""
    kept = {(one.cadence, one.on, one.half_day) for one in plan.permanences}
    taken = Counter((one.cadence, one.on, one.half_day) for one in problem.booked)
    return tuple(
        Lost(rule="booked", about=cadence, on=str(on), amount=count, text=f"booked half_day={half_day}")
        for (cadence, on, half_day), count in taken.items()
        if (cadence, on, half_day) not in kept
    )
