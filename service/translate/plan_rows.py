"""A plan becomes rows, and rows a plan again: codes on both sides, identities kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from db.records.plan import PlanItem, PlanResult, UnplacedItem
from planner import plan
from planner.problem import Pin
from planner.records import HalfDay
from service.translate.horizon import Horizon
from service.translate.item_keys import Item, item_key
from service.translate.problem import Translated, identity
from service.translate.published import sorted_plan


def plan_result(made: plan.Plan, translated: Translated, figures: dict[str, object]) -> PlanResult:
    """What the database keeps of a plan. Items that are published already keep their identity."""
    facts = translated.problem
    horizon = Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)
    items = [plan_item(one, translated, horizon) for one in items_of(made)]
    return PlanResult(
        items=tuple(with_moved_identities(items, translated)),
        unplaced=tuple(unplaced_row(one) for one in made.unplaced),
        levels=tuple(msgspec.to_builtins(one) for one in made.levels),
        overruled=made.overruled,
        figures=figures,
        problem_sha256=made.problem_sha256 or None,
    )


def items_of(made: plan.Plan) -> tuple[Item, ...]:
    return (*made.permanences, *made.sessions, *made.office, *made.interviews)


def plan_item(item: Item, translated: Translated, horizon: Horizon) -> PlanItem:
    """The row of one planned thing."""
    row = bare_item(item, horizon)
    return msgspec.structs.replace(
        row,
        assignment_id=identity(row.key, row.cadence_code, row.number, translated.published),
        pinned=any(is_pin_of(pin, row) for pin in translated.problem.pins),
    )


def with_moved_identities(items: list[PlanItem], translated: Translated) -> list[PlanItem]:
    """A permanence that is gone and a new one of the same cadence are one that moved, in the order of dates."""
    kept = identities(items)
    gone: dict[str, list[UUID]] = defaultdict(list)
    for one in translated.published.plan.permanences:
        id_ = translated.published.ids[item_key(one, translated.problem.zone)]
        if id_ not in kept:
            gone[one.cadence].append(id_)
    found = []
    for item in sorted(items, key=lambda one: (one.held_on, one.key)):
        waiting = gone[item.cadence_code or ""] if item.kind == "permanence" else []
        if item.assignment_id is None and waiting:
            item = msgspec.structs.replace(item, assignment_id=waiting.pop(0))
        found.append(item)
    return found


def bare_item(item: Item, horizon: Horizon) -> PlanItem:
    """The row of one planned thing without its identity."""
    key = item_key(item, horizon.zone)
    if isinstance(item, plan.PlannedPermanence):
        return PlanItem(
            kind="permanence",
            key=key,
            held_on=item.on,
            half_day=item.half_day,
            cadence_code=item.cadence,
            staff_codes=item.staff,
        )
    if isinstance(item, plan.OfficeHalfDay):
        return PlanItem(
            kind="office",
            key=key,
            held_on=item.on,
            half_day=item.half_day,
            site_code=item.site,
            staff_codes=(item.staff,),
        )
    if isinstance(item, plan.PlannedInterview):
        return PlanItem(
            kind="interview",
            key=key,
            held_on=horizon.date_of(item.starts_at),
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            site_code=item.site,
            need_code=item.need,
            number=item.number,
            staff_codes=(item.staff,),
        )
    return _session_row(item, key, horizon.date_of(item.starts_at))


def _session_row(item: plan.PlannedSession, key: str, held_on: date) -> PlanItem:
    return PlanItem(
        kind="session",
        key=key,
        held_on=held_on,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        site_code=item.site,
        room_code=item.room,
        cadence_code=item.cadence,
        promotion_code=item.promotion,
        sequence_code=item.sequence,
        number=item.number,
        staff_codes=item.staff,
    )


def is_pin_of(pin: Pin, row: PlanItem) -> bool:
    """Whether a pin is what holds an item where it is."""
    if pin.on != row.held_on:
        return False
    if row.kind == "interview":
        return pin.need == row.need_code and pin.number in (None, row.number)
    if row.kind == "permanence":
        return pin.cadence == row.cadence_code and pin.half_day == row.half_day
    if row.kind == "session" and row.promotion_code is not None:
        return (pin.promotion, pin.sequence) == (row.promotion_code, row.sequence_code)
    return row.kind == "session" and (pin.cadence, pin.number) == (row.cadence_code, row.number)


def unplaced_row(one: plan.Unplaced) -> UnplacedItem:
    """The row of one thing left out."""
    return UnplacedItem(
        reason_code=one.reason.code,
        need_code=one.need,
        cadence_code=one.cadence,
        promotion_code=one.promotion,
        sequence_code=one.sequence,
        left_count=one.count,
        reason_facts=one.reason.facts,
    )


def plan_from(items: Iterable[PlanItem]) -> plan.Plan:
    """The rows of a draft as a plan to be audited; open sessions keep their number."""
    rows = list(items)
    return sorted_plan(
        permanences=[_permanence(row) for row in rows if row.kind == "permanence"],
        sessions=[_session(row) for row in rows if row.kind == "session"],
        office=[_office(row) for row in rows if row.kind == "office"],
        interviews=[_interview(row) for row in rows if row.kind == "interview"],
    )


def _half_day(row: PlanItem) -> HalfDay:
    return row.half_day or "am"


def _permanence(row: PlanItem) -> plan.PlannedPermanence:
    return plan.PlannedPermanence(
        cadence=row.cadence_code or "", on=row.held_on, half_day=_half_day(row), staff=row.staff_codes
    )


def _office(row: PlanItem) -> plan.OfficeHalfDay:
    return plan.OfficeHalfDay(
        staff=row.staff_codes[0], site=row.site_code or "", on=row.held_on, half_day=_half_day(row)
    )


def _session(row: PlanItem) -> plan.PlannedSession:
    assert row.starts_at is not None
    assert row.ends_at is not None
    return plan.PlannedSession(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        site=row.site_code or "",
        room=row.room_code,
        staff=row.staff_codes,
        promotion=row.promotion_code,
        sequence=row.sequence_code,
        cadence=row.cadence_code,
        number=row.number,
    )


def _interview(row: PlanItem) -> plan.PlannedInterview:
    assert row.starts_at is not None
    assert row.ends_at is not None
    return plan.PlannedInterview(
        need=row.need_code or "",
        number=row.number or 1,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        site=row.site_code,
        staff=row.staff_codes[0],
    )


def identities(items: Iterable[PlanItem]) -> frozenset[UUID]:
    return frozenset(item.assignment_id for item in items if item.assignment_id is not None)
