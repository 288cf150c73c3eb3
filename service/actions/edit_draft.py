"""Change one thing of a draft: move it, give it to others, pin it. Judged at once against the rules."""

from collections.abc import Callable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.errors import NotFoundError, StaleVersionError
from db.queries.plan_items import edit_items, items_of
from db.queries.plans import plan_by_id, plan_file
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from db.transaction import in_transaction
from planner.problem import Problem
from planner.problem_file import read_problem
from planner.records import HalfDay
from service.errors import Conflict, StaleVersion, StepNotAllowed
from service.translate.draft import Lost, check_draft
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours


class BreaksRules(Conflict):
    """The change would break rules; `broken` lists them. It may be done all the same, knowingly."""

    code = "breaks-rules"
    title = "Des règles seraient enfreintes"


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an item; null leaves as it is."""

    on: date | None = None
    half_day: HalfDay | None = None
    start: str | None = None
    staff: tuple[str, ...] | None = None
    site: str | None = None
    room: str | None = None


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """The draft after the change, the item as it is now, and the rules it breaks by decision."""

    plan: Plan
    item: PlanItem
    broken: tuple[Lost, ...] = ()


async def move_item(
    territory: Territory, plan_id: UUID, key: str, move: Move, *, version: int, overrule: bool = False
) -> Edited:
    """Raises `BreaksRules`, `StaleVersion`, `StepNotAllowed`, `NotFoundError`. An overruling pins what it moves."""

    def change(item: PlanItem, problem: Problem) -> PlanItem:
        return msgspec.structs.replace(_moved(item, move, problem), pinned=item.pinned or overrule)

    return await in_transaction(lambda: _edit(territory, plan_id, key, change, version))


async def pin_item(territory: Territory, plan_id: UUID, key: str, *, pinned: bool, version: int) -> Edited:
    """Raises `StaleVersion`, `StepNotAllowed`, `NotFoundError`; `BreaksRules` when only the pin excused a breach."""

    def change(item: PlanItem, _: Problem) -> PlanItem:
        return msgspec.structs.replace(item, pinned=pinned)

    return await in_transaction(lambda: _edit(territory, plan_id, key, change, version))


async def _edit(
    territory: Territory,
    plan_id: UUID,
    key: str,
    change: Callable[[PlanItem, Problem], PlanItem],
    version: int,
) -> Edited:
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in EDITABLE_PLANS:
        raise StepNotAllowed(f"état : {plan.state.value}")
    items = await items_of(plan_id)
    old = next((item for item in items if item.key == key), None)
    if old is None:
        raise NotFoundError("plan item", key)
    problem = read_problem(await plan_file(plan_id, "problem"))
    new = change(old, problem)
    after = (*(item for item in items if item.key not in (old.key, new.key)), new)
    broken = _newly_broken(problem, items, after)
    if broken and not new.pinned:
        raise BreaksRules(broken=[msgspec.to_builtins(one) for one in broken])
    drop = (old.key,) if old.key != new.key else ()
    try:
        edited = await edit_items(plan_id, version=version, put=(new,), drop=drop)
    except StaleVersionError as error:
        raise StaleVersion(version=error.found) from error
    return Edited(plan=edited, item=new, broken=broken)


def _newly_broken(
    problem: Problem, before: tuple[PlanItem, ...], after: tuple[PlanItem, ...]
) -> tuple[Lost, ...]:
    """What does not hold after the change and held before; pins are set aside, so that decisions are seen."""
    known = {*_lost(problem, before)}
    return tuple(one for one in _lost(problem, after) if one not in known)


def _lost(problem: Problem, items: tuple[PlanItem, ...]) -> tuple[Lost, ...]:
    loose = tuple(msgspec.structs.replace(item, pinned=False) for item in items)
    return check_draft(problem, loose).lost


def _moved(item: PlanItem, move: Move, problem: Problem) -> PlanItem:
    """The item elsewhere; without an hour a thing that moves keeps its distance from the opening."""
    horizon = Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)
    on, site = move.on or item.held_on, move.site or item.site_code
    staff, room = move.staff or item.staff_codes, move.room or item.room_code
    moved = msgspec.structs.replace(item, held_on=on, site_code=site, staff_codes=staff, room_code=room)
    if item.starts_at is None or item.ends_at is None:
        half_day = move.half_day or item.half_day
        key = f"permanence:{item.cadence_code}:{on}:{half_day}" if item.kind == "permanence" else item.key
        return msgspec.structs.replace(moved, half_day=half_day, key=key)
    hours = HalfDayHours(problem, horizon)
    start = move.start or f"{item.starts_at.astimezone(ZoneInfo(problem.zone)):%H:%M}"
    if move.start is None and move.half_day is not None and site is not None:
        was = hours.half_day_of(item.site_code, item.starts_at, item.held_on)
        offset = item.starts_at - hours.between(item.site_code or site, item.held_on, was)[0]
        start = horizon.hour_of(hours.between(site, on, move.half_day)[0] + offset)
    starts_at = horizon.instant(on, start)
    key = (
        f"session:{item.cadence_code}:{on}:{start}"
        if item.kind == "session" and item.cadence_code
        else item.key
    )
    return msgspec.structs.replace(
        moved, starts_at=starts_at, ends_at=starts_at + (item.ends_at - item.starts_at), key=key
    )
