"""Staff of the database as staff of a problem: patterns, absences, busy time, meetings, wishes, balances."""

from collections.abc import Iterable, Mapping
from datetime import date

from db.records import staff as rows
from db.records.facts import Facts
from planner import ledger, problem
from service.translate.horizon import Horizon

HALF_DAY_HOURS = {"am": ("00:00", "13:00"), "pm": ("13:00", "24:00")}
"""What "je suis pris" keeps free of a half-day, where no opening says more."""

Engaged = Mapping[str, Iterable[problem.EngagedOutside]]


def staff(facts: Facts, horizon: Horizon, engaged: Engaged) -> tuple[problem.StaffMember, ...]:
    """`engaged` are the published half-days of each person outside the horizon."""
    balances = ledger.balances(_entries(facts.ledger), horizon.first_on.replace(day=1))
    return tuple(
        _member(one, facts, horizon, tuple(engaged.get(one.code, ())), balances) for one in facts.staff
    )


def _member(
    row: rows.StaffMember,
    facts: Facts,
    horizon: Horizon,
    engaged: tuple[problem.EngagedOutside, ...],
    balances: Mapping[str, dict[str, int]],
) -> problem.StaffMember:
    return problem.StaffMember(
        id=row.code,
        name=row.code,
        base=row.base,
        etp_percent=row.etp_percent,
        skills=row.skills,
        accreditations=tuple(_accreditation(one) for one in row.accreditations),
        availability=() if row.archived_at else _availability(row),
        absences=tuple(
            _absence(one) for one in facts.absences if one.staff == row.code and _in(one, horizon)
        ),
        busy=_busy(row.code, facts, horizon),
        meetings=tuple(
            _meeting(one) for one in facts.meetings if row.code in one.attendees and _in(one, horizon)
        ),
        wishes=tuple(_wish(one) for one in facts.wishes if one.staff == row.code),
        max_half_days=problem.MaxHalfDays(
            day=row.max_half_days_day, week=row.max_half_days_week, month=row.max_half_days_month
        ),
        protected_half_days=row.protected_half_days,
        engaged_outside=engaged,
        ledger=balances.get(row.code, {}),
    )


def _in(row: rows.Absence | rows.Meeting | rows.BusyInterval, horizon: Horizon) -> bool:
    cancelled = isinstance(row, rows.Meeting) and row.status == "cancelled"
    return not cancelled and horizon.touches(row.starts_at, row.ends_at)


def _availability(row: rows.StaffMember) -> tuple[problem.WeeklyAvailability, ...]:
    """The weekly pattern, cut to the dates on which the person works here."""
    return tuple(
        problem.WeeklyAvailability(
            weekday=one.weekday,
            half_day=one.half_day,
            from_hour=one.from_hour,
            to_hour=one.to_hour,
            where=one.place,
            from_on=_later(one.from_on, row.active_from_on),
            until_on=_earlier(one.until_on, row.active_until_on),
        )
        for one in row.availability
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _accreditation(row: rows.Accreditation) -> problem.Accreditation:
    return problem.Accreditation(
        site=row.site, from_on=row.from_on, until_on=row.until_on, unannounced=row.unannounced
    )


def _absence(row: rows.Absence) -> problem.Absence:
    return problem.Absence(id=row.code, starts_at=row.starts_at, ends_at=row.ends_at)


def _meeting(row: rows.Meeting) -> problem.Meeting:
    return problem.Meeting(id=row.code, starts_at=row.starts_at, ends_at=row.ends_at, site=row.site)


def _wish(row: rows.Wish) -> problem.Wish:
    return problem.Wish(half_day=row.half_day, wish=row.wish, weekday=row.weekday, on=row.wished_on)


def _busy(code: str, facts: Facts, horizon: Horizon) -> tuple[problem.Busy, ...]:
    """Imported intervals and the person's own marks, in order."""
    imported = [
        problem.Busy(starts_at=one.starts_at, ends_at=one.ends_at)
        for one in facts.busy_intervals
        if one.staff == code and _in(one, horizon)
    ]
    marked = [
        _marked(mark, on, horizon)
        for mark in facts.busy_marks
        if mark.staff == code
        for on in horizon.days()
        if falls_on(mark, on)
    ]
    return tuple(sorted(imported + marked, key=lambda one: (one.starts_at, one.ends_at)))


def falls_on(mark: rows.BusyMark, on: date) -> bool:
    """Whether "je suis pris" holds on a date."""
    if mark.busy_on is not None:
        return mark.busy_on == on
    begun = mark.from_on is None or mark.from_on <= on
    return mark.weekday == on.isoweekday() and begun and (mark.until_on is None or on <= mark.until_on)


def _marked(mark: rows.BusyMark, on: date, horizon: Horizon) -> problem.Busy:
    from_hour, to_hour = HALF_DAY_HOURS[mark.half_day]
    return problem.Busy(starts_at=horizon.instant(on, from_hour), ends_at=horizon.instant(on, to_hour))


def _entries(found: Iterable[rows.LedgerEntry]) -> tuple[ledger.Entry, ...]:
    return tuple(
        ledger.Entry(month_on=one.month_on, staff=one.staff, kind=one.kind, balance=one.balance_hundredths)
        for one in found
    )
