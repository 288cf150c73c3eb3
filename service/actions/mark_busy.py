""" "Je suis pris", half-day by half-day: one week brought to what its person ticked, for once or every week."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.queries.fact_storing import add_fact, change_fact, remove_fact
from db.queries.facts import all_facts
from db.records.base import HalfDay
from db.records.staff import BusyMark
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.landed_on import Landing, Touching, landed_on
from service.translate.team import falls_on

Half = tuple[date, HalfDay]
WEEKS_LOOKED_AT = 8
"""How far a repeated mark is compared with what is published."""


class WeekMarks(msgspec.Struct, frozen=True, kw_only=True):
    """The half-days ticked in the week from `monday_on`; new ones come back every week if `weekly`, until a date."""

    staff: str
    monday_on: date
    ticked: frozenset[Half]
    weekly: bool = False
    until_on: date | None = None


async def mark_busy(territory: Territory, wanted: WeekMarks) -> tuple[Landing, ...]:
    """Stores the week; the answer is what published things the new marks land on, the nearest first.

    A repeated mark that is unticked ends with the week before.
    """

    async def work() -> frozenset[Half]:
        marks = [one for one in await all_facts(territory.id, BusyMark) if one.staff == wanted.staff]
        before = marked_in(marks, wanted.monday_on)
        for mark in marks:
            gone = {
                half
                for half in before - wanted.ticked
                if half[1] == mark.half_day and falls_on(mark, half[0])
            }
            if gone:
                await _end(territory.id, mark, min(on for on, _ in gone))
        new = wanted.ticked - before
        codes = {one.code for one in marks}
        for half in sorted(new):
            await add_fact(territory.id, _mark(wanted, half, codes))
        return new

    return await _landings(territory, wanted, await in_transaction(work, territory_id=territory.id))


def marked_in(marks: list[BusyMark], monday_on: date) -> frozenset[Half]:
    """The half-days of the week, Monday to Saturday, that a person's marks take."""
    days = [monday_on + timedelta(days=day) for day in range(6)]
    return frozenset((on, mark.half_day) for mark in marks for on in days if falls_on(mark, on))


async def _end(territory_id: UUID, mark: BusyMark, on: date) -> None:
    """A mark of one day goes; a repeated one ends the day before, and goes if it had not begun."""
    if mark.busy_on is not None or (mark.from_on is not None and mark.from_on >= on):
        await remove_fact(territory_id, BusyMark, mark.code, version=mark.version)
        return
    shorter = msgspec.structs.replace(mark, until_on=on - timedelta(days=1))
    await change_fact(territory_id, shorter, version=mark.version)


def _mark(wanted: WeekMarks, half: Half, taken: set[str]) -> BusyMark:
    on, half_day = half
    stem = f"pris-{wanted.staff}-{on}-{half_day}"
    code = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if name not in taken)
    if not wanted.weekly:
        return BusyMark(code=code, staff=wanted.staff, half_day=half_day, busy_on=on)
    return BusyMark(
        code=code,
        staff=wanted.staff,
        half_day=half_day,
        weekday=on.isoweekday(),
        from_on=on,
        until_on=wanted.until_on,
    )


async def _landings(territory: Territory, wanted: WeekMarks, new: frozenset[Half]) -> tuple[Landing, ...]:
    """Looked for in one span a half-day, then kept where a mark falls."""
    zone, found = ZoneInfo(territory.zone), dict[UUID, Landing]()
    for half_day in sorted({half_day for _, half_day in new}):
        days = {day for on, half in new if half == half_day for day in _repetitions(wanted, on)}
        reach = Touching(
            from_at=datetime.combine(min(days), time(), zone),
            until_at=datetime.combine(max(days), time.max, zone),
            staff=frozenset((wanted.staff,)),
            half_day=half_day,
        )
        landed = await landed_on(territory, [reach], datetime.now(UTC))
        found |= {one.id: one for one in landed.landings if one.starts_at.astimezone(zone).date() in days}
    return tuple(sorted(found.values(), key=lambda one: (one.starts_at, str(one.id))))


def _repetitions(wanted: WeekMarks, on: date) -> list[date]:
    if not wanted.weekly:
        return [on]
    days = [on + timedelta(weeks=week) for week in range(WEEKS_LOOKED_AT)]
    return [day for day in days if wanted.until_on is None or day <= wanted.until_on] or [on]
