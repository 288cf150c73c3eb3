"""Staff of a generated territory: full and part time, office days, télétravail, absences, wishes."""

from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from planner.generate.chances import HALF_DAYS, chance, dates, instant
from planner.problem import (
    Absence,
    Accreditation,
    Busy,
    MaxHalfDays,
    Meeting,
    Site,
    StaffMember,
    WeeklyAvailability,
    Wish,
)

INITIALS = "ABCDEFGHIJKLMNOPRSTV"
OFF_DAYS: dict[int, tuple[int, ...]] = {100: (), 80: (3,), 60: (3, 5), 50: (1, 2)}
LEDGER_KINDS = ("permanences", "far", "edges", "sessions")


class Span(NamedTuple):
    """Zone and dates of the horizon, both included."""

    zone: str
    first_on: date
    last_on: date


def initials(index: int) -> str:
    """Invented initials, different for each index."""
    turn, place = divmod(index, len(INITIALS))
    return INITIALS[place] + INITIALS[(place * 7 + 3 + turn) % len(INITIALS)] + (str(turn) if turn else "")


def make_staff(dice: Random, count: int, sites: tuple[Site, ...], span: Span) -> tuple[StaffMember, ...]:
    team = _meetings(dice, span)
    return tuple(_member(dice, index, sites, span, team) for index in range(count))


def _member(
    dice: Random, index: int, sites: tuple[Site, ...], span: Span, team: tuple[Meeting, ...]
) -> StaffMember:
    etp = (100, 100, 80, 100, 60, 100, 50)[index % 7]
    offices = [site.id for site in sites if site.kind == "bureau"]
    skills = {0: ("atelier", "sport"), 1: ("atelier",), 2: ("atelier", "sport")}.get(index % 4, ())
    return StaffMember(
        id=initials(index),
        name=initials(index),
        base=offices[-1 if index % 7 >= 5 else 0] if offices else None,
        etp_percent=etp,
        skills=skills,
        accreditations=_accreditations(dice, index, sites, span),
        availability=_pattern(dice, etp),
        absences=_absences(dice, span),
        busy=_busy(dice, span),
        meetings=team,
        wishes=_wishes(dice),
        max_half_days=MaxHalfDays(month=42) if etp == 100 else MaxHalfDays(week=max(5, etp // 10)),
        protected_half_days=dice.choice((0, 0, 1)),
        ledger={kind: 25 * dice.randint(-12, 12) for kind in LEDGER_KINDS} if chance(dice, 0.7) else {},
    )


def _pattern(dice: Random, etp: int) -> tuple[WeeklyAvailability, ...]:
    """Mostly in the field; one office day, sometimes a half-day of télétravail."""
    office, remote = dice.sample((1, 2, 3, 4, 5), 2)
    telework = chance(dice, 0.5)
    return tuple(
        WeeklyAvailability(
            weekday=weekday,
            half_day=half_day,
            from_hour="08:30" if half_day == "am" else "13:00",
            to_hour="12:45" if half_day == "am" else dice.choice(("17:30", "18:00")),
            where="office" if weekday == office else "field",
        )
        if not (telework and weekday == remote and half_day == "pm")
        else WeeklyAvailability(
            weekday=weekday, half_day="pm", from_hour="13:30", to_hour="17:30", where="remote"
        )
        for weekday in (1, 2, 3, 4, 5)
        if weekday not in OFF_DAYS.get(etp, ())
        for half_day in HALF_DAYS
    )


def _accreditations(
    dice: Random, index: int, sites: tuple[Site, ...], span: Span
) -> tuple[Accreditation, ...]:
    """Most people enter most places; some authorisations end, or begin, within the month."""
    found = []
    for rank, site in enumerate(sites):
        if not site.demands_accreditation or not ((index + rank) % 3 == 0 or chance(dice, 0.45)):
            continue
        somewhere = dice.choice(list(dates(span.first_on, span.last_on)))
        found.append(
            Accreditation(
                site=site.id,
                from_on=somewhere if chance(dice, 0.05) else None,
                until_on=somewhere + timedelta(days=dice.choice((0, 90))) if chance(dice, 0.3) else None,
                unannounced=chance(dice, 0.8),
            )
        )
    return tuple(found)


def _absences(dice: Random, span: Span) -> tuple[Absence, ...]:
    found = []
    for number in range(dice.choice((0, 0, 1, 1, 2))):
        from_on = dice.choice(list(dates(span.first_on, span.last_on)))
        until_on = from_on + timedelta(days=dice.choice((0, 0, 1, 4)))
        hours = dice.choice((("00:00", "23:59"), ("08:00", "13:00"), ("13:00", "19:00")))
        found.append(
            Absence(
                id=f"absence-{number + 1}",
                starts_at=instant(span.zone, from_on, hours[0]),
                ends_at=instant(span.zone, until_on, hours[1]),
            )
        )
    return tuple(found)


def _busy(dice: Random, span: Span) -> tuple[Busy, ...]:
    starts = [_workday_at(dice, span, ("09:30", "15:00", "16:30")) for _ in range(dice.choice((0, 1, 2)))]
    return tuple(Busy(starts_at=at, ends_at=at + timedelta(minutes=60)) for at in starts)


def _workday_at(dice: Random, span: Span, hours: tuple[str, ...]) -> datetime:
    days = [on for on in dates(span.first_on, span.last_on) if on.isoweekday() <= 5]
    return instant(span.zone, dice.choice(days or [span.first_on]), dice.choice(hours))


def _meetings(dice: Random, span: Span) -> tuple[Meeting, ...]:
    """A team meeting every week on the same morning, without a place; a funders' call."""
    weekday = dice.choice((1, 5))
    weekly = [on for on in dates(span.first_on, span.last_on) if on.isoweekday() == weekday]
    return tuple(
        Meeting(
            id=f"equipe-{on.isoformat()}",
            starts_at=instant(span.zone, on, "09:00"),
            ends_at=instant(span.zone, on, "10:30"),
        )
        for on in weekly
    )


def _wishes(dice: Random) -> tuple[Wish, ...]:
    weekdays = dice.sample((1, 2, 3, 4, 5), dice.choice((0, 1, 2)))
    return tuple(
        Wish(weekday=weekday, half_day=dice.choice(HALF_DAYS), wish=dice.choice(("prefer", "avoid", "avoid")))
        for weekday in weekdays
    )
