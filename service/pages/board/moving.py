"""Moving by hand, without a solver: what the rows of a draft become. Pure functions of a problem and the rows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from db.records.plan import PlanItem
from planner.problem import Opening, Problem
from planner.records import HalfDay
from service.pages.board.calendar import HALVES
from service.pages.board.presence import closure, hour, opening
from service.pages.board.scale import Rewrite
from service.translate.inside import half_of, interviews_inside, site_of, taken_with


class Spot(NamedTuple):
    """A cell of the board: a row (a site's or a person's code) and a half-day.

    `taken_from` is the row that a thing in hand came from.
    """

    row: str
    on: date
    half: HalfDay
    taken_from: str = ""


def item_of(items: Iterable[PlanItem], key: str) -> PlanItem | None:
    return next((item for item in items if item.key == key), None)


def move(problem: Problem, items: tuple[PlanItem, ...], item: PlanItem, spot: Spot) -> Rewrite | None:
    """The item at another half-day; None where nothing can stand, or the same thing stands already.

    In the row of another person it goes over to them, from whoever had the row it was taken from.
    """
    staff = _staff_after(problem, item, spot)
    if item.kind == "permanence":
        made = _permanence(problem, items, item, spot, staff)
    else:
        made = _session(problem, item, spot, staff) if item.kind == "session" else None
    return None if made is None or is_duplicate(items, item, made) else made


def is_duplicate(items: Iterable[PlanItem], item: PlanItem | None, made: Rewrite) -> bool:
    """Whether it would stand where exactly the same thing stands already."""
    own = item.key if item else ""
    others = {one.key for one in items if one.key != own and one.kind != "interview"}
    return any(one.key in others for one in made.put)


def handed_over(problem: Problem, item: PlanItem, spot: Spot) -> tuple[str, str]:
    """Who gives the thing up, and who takes it, by codes; empty where it stays with whom it is."""
    if spot.row in item.staff_codes or spot.row not in {person.id for person in problem.staff}:
        return "", ""
    return spot.taken_from if spot.taken_from in item.staff_codes else item.staff_codes[0], spot.row


def _staff_after(problem: Problem, item: PlanItem, spot: Spot) -> tuple[str, ...]:
    leaving, coming = handed_over(problem, item, spot)
    return tuple(coming if person == leaving else person for person in item.staff_codes)


def reassign(
    problem: Problem, items: tuple[PlanItem, ...], item: PlanItem, staff: tuple[str, ...]
) -> Rewrite | None:
    """The same half-day with other people."""
    half = item.half_day or half_of(problem, item)
    spot = Spot("", item.held_on, half)
    if item.kind == "permanence":
        return _permanence(problem, items, item, spot, staff)
    return Rewrite((msgspec.structs.replace(item, staff_codes=staff),), ())


def add_permanence(problem: Problem, cadence: str, spot: Spot, staff: tuple[str, ...]) -> Rewrite | None:
    """A new permanence of a cadence; None where its site does not open."""
    if _opening(problem, cadence, spot) is None:
        return None
    key = f"permanence:{cadence}:{spot.on}:{spot.half}"
    item = PlanItem(
        kind="permanence",
        key=key,
        held_on=spot.on,
        half_day=spot.half,
        cadence_code=cadence,
        staff_codes=staff,
    )
    return Rewrite((item,), ())


def remove(items: tuple[PlanItem, ...], item: PlanItem, problem: Problem) -> Rewrite:
    """Without the item, and without the interviews that lived in it."""
    return Rewrite((), taken_with(problem, items, item))


def possible_spots(problem: Problem, item: PlanItem, row: str) -> list[Spot]:
    """The half-days in which the item's site opens, in the row that it is moved along."""
    return [Spot(row, spot.on, spot.half) for spot in site_spots(problem, site_of(problem, item) or "")]


def site_spots(problem: Problem, code: str) -> list[Spot]:
    """The half-days of the horizon in which a site opens, closures and holidays left out."""
    site = next((one for one in problem.sites if one.id == code), None)
    days = (problem.last_on - problem.first_on).days + 1
    dates = [problem.first_on + timedelta(days=offset) for offset in range(days)]
    if site is None:
        return []
    return [
        Spot(code, on, half)
        for on in dates
        for half in HALVES
        if opening(site, on, half)
        and not closure(site, on, half)
        and (on not in problem.holidays or site.open_on_holidays)
    ]


def _permanence(
    problem: Problem, items: tuple[PlanItem, ...], item: PlanItem, spot: Spot, staff: tuple[str, ...]
) -> Rewrite | None:
    """Interviews that nobody fixed move along, slot by slot; pinned ones stay, and are seen as a breach."""
    before = _opening(problem, item.cadence_code or "", Spot("", item.held_on, item.half_day or "am"))
    after = _opening(problem, item.cadence_code or "", spot)
    if after is None:
        return None
    key = f"permanence:{item.cadence_code}:{spot.on}:{spot.half}"
    moved = msgspec.structs.replace(item, key=key, held_on=spot.on, half_day=spot.half, staff_codes=staff)
    replaced = dict(zip(item.staff_codes, staff, strict=False))
    along = [
        _shifted(
            problem, one, before or after, after, spot, replaced.get(one.staff_codes[0], one.staff_codes[0])
        )
        for one in interviews_inside(problem, items, item)
        if not one.pinned
    ]
    return Rewrite((moved, *along), (item.key,) if key != item.key else ())


def _shifted(
    problem: Problem, item: PlanItem, before: Opening, after: Opening, spot: Spot, staff: str
) -> PlanItem:
    zone = ZoneInfo(problem.zone)
    if item.starts_at is None or item.ends_at is None:
        return item
    start = item.starts_at.astimezone(zone)
    offset = start - datetime.combine(start.date(), hour(before.from_hour), zone)
    begins = datetime.combine(spot.on, hour(after.from_hour), zone) + offset
    return msgspec.structs.replace(
        item,
        held_on=spot.on,
        starts_at=begins,
        ends_at=begins + (item.ends_at - item.starts_at),
        staff_codes=(staff,),
    )


def _session(problem: Problem, item: PlanItem, spot: Spot, staff: tuple[str, ...]) -> Rewrite | None:
    site = next((one for one in problem.sites if one.id == item.site_code), None)
    opened = opening(site, spot.on, spot.half) if site else None
    if opened is None or item.starts_at is None or item.ends_at is None:
        return None
    zone = ZoneInfo(problem.zone)
    old = item.starts_at.astimezone(zone)
    was = opening(site, old.date(), half_of(problem, item)) if site else None
    offset = old - datetime.combine(old.date(), hour((was or opened).from_hour), zone)
    begins = datetime.combine(spot.on, hour(opened.from_hour), zone) + offset
    key = item.key if item.promotion_code else f"session:{item.cadence_code}:{begins:%Y-%m-%d:%H:%M}"
    moved = msgspec.structs.replace(
        item,
        key=key,
        held_on=spot.on,
        starts_at=begins,
        ends_at=begins + (item.ends_at - item.starts_at),
        staff_codes=staff,
    )
    return Rewrite((moved,), (item.key,) if key != item.key else ())


def _opening(problem: Problem, cadence: str, spot: Spot) -> Opening | None:
    homes = {one.id: one.site for one in problem.cadences}
    site = next((one for one in problem.sites if one.id == homes.get(cadence)), None)
    return opening(site, spot.on, spot.half) if site else None
