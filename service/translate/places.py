"""Sites of the database as sites of a problem, with closures and travel."""

from collections.abc import Iterable
from datetime import date

from db.records import site as rows
from db.records.territory import HolidayOverride, Territory
from planner import problem
from service.public_holidays import public_holidays
from service.translate.horizon import Horizon


def sites(found: Iterable[rows.Site], closures: Iterable[rows.Closure]) -> tuple[problem.Site, ...]:
    """Archived sites keep their name and lose their openings."""
    by_site: dict[str, list[rows.Closure]] = {}
    for closure in closures:
        by_site.setdefault(closure.site, []).append(closure)
    return tuple(_site(one, by_site.get(one.code, [])) for one in found)


def _site(row: rows.Site, closures: list[rows.Closure]) -> problem.Site:
    return problem.Site(
        id=row.code,
        name=row.short_name or row.name,
        kind=row.kind,
        demands_accreditation=row.demands_accreditation,
        access_notice_days=row.access_notice_days,
        far=row.far,
        open_on_holidays=row.open_on_holidays,
        interview_places=row.interview_places,
        rooms=tuple(problem.Room(id=room.code, seats=room.seats) for room in row.rooms),
        openings=() if row.archived_at else tuple(_opening(one) for one in row.openings),
        closures=tuple(_closure(one) for one in closures),
    )


def _opening(row: rows.Opening) -> problem.Opening:
    return problem.Opening(
        weekday=row.weekday,
        half_day=row.half_day,
        from_hour=row.from_hour,
        to_hour=row.to_hour,
        slot_minutes=row.slot_minutes,
        buffer_minutes=row.buffer_minutes,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _closure(row: rows.Closure) -> problem.Closure:
    return problem.Closure(id=row.code, from_on=row.from_on, until_on=row.until_on, half_day=row.half_day)


def travel(found: Iterable[rows.Travel]) -> tuple[problem.Travel, ...]:
    return tuple(
        problem.Travel(from_site=one.from_site, to_site=one.to_site, minutes=one.minutes) for one in found
    )


def holidays(
    territory: Territory, overrides: Iterable[HolidayOverride], horizon: Horizon
) -> tuple[date, ...]:
    """Public holidays of the territory's first département, and those that it says itself."""
    departement = territory.departements[0] if territory.departements else ""
    days = set(public_holidays(departement, horizon.first_on, horizon.last_on))
    for override in overrides:
        days = days | {override.held_on} if override.is_holiday else days - {override.held_on}
    return tuple(sorted(on for on in days if on in horizon))
