"""Staff of small months: every field of a person takes odd values somewhere."""

from datetime import date, timedelta
from random import Random
from typing import Literal

from planner.generate.chances import HALF_DAYS, chance, dates, instant
from planner.generate.team import LEDGER_KINDS, Span
from planner.problem import (
    Absence,
    Accreditation,
    Busy,
    EngagedOutside,
    MaxHalfDays,
    Meeting,
    Site,
    StaffMember,
    WeeklyAvailability,
    Wish,
)
from planner.records import HalfDay


def draw_staff(dice: Random, index: int, sites: tuple[Site, ...], span: Span) -> StaffMember:
    return StaffMember(
        id="ABC"[index],
        name="ABC"[index],
        base=dice.choice([None, *(site.id for site in sites)]),
        etp_percent=dice.choice((100, 80, 50)),
        skills=tuple(skill for skill in ("atelier", "sport") if chance(dice, 0.6)),
        accreditations=_accreditations(dice, sites, span),
        availability=_pattern(dice, span),
        absences=_absences(dice, span),
        busy=_busy(dice, span),
        meetings=_meetings(dice, sites, span),
        wishes=_wishes(dice, span),
        max_half_days=_limits(dice),
        protected_half_days=dice.choice((0, 0, 1, 3)),
        engaged_outside=_outside(dice, span),
        ledger={kind: dice.randint(-300, 300) for kind in LEDGER_KINDS if chance(dice, 0.5)},
    )


def _pick(dice: Random, span: Span) -> date:
    return dice.choice(list(dates(span.first_on, span.last_on)))


def _pattern(dice: Random, span: Span) -> tuple[WeeklyAvailability, ...]:
    found = []
    for weekday in (1, 2, 3, 4, 5, 6):
        for half_day in HALF_DAYS:
            if chance(dice, 0.08 if weekday <= 5 else 0.7):
                continue
            where: Literal["office", "remote", "field"] = dice.choice(("field",) * 8 + ("office", "remote"))
            ends_on = _pick(dice, span) if chance(dice, 0.05) else None
            found.append(
                WeeklyAvailability(
                    weekday=weekday,
                    half_day=half_day,
                    from_hour=dice.choice(
                        ("08:00",) * 5 + ("09:30",) if half_day == "am" else ("13:00",) * 4 + ("14:00",)
                    ),
                    to_hour=dice.choice(
                        ("13:15",) * 5 + ("12:00",) if half_day == "am" else ("18:30",) * 3 + ("17:00",)
                    ),
                    where=where,
                    until_on=ends_on,
                )
            )
    return tuple(found)


def _accreditations(dice: Random, sites: tuple[Site, ...], span: Span) -> tuple[Accreditation, ...]:
    return tuple(_accreditation(dice, site, span) for site in sites if chance(dice, 0.8))


def _accreditation(dice: Random, site: Site, span: Span) -> Accreditation:
    from_on = _pick(dice, span) if chance(dice, 0.1) else None
    until_on = (
        max(_pick(dice, span) + timedelta(days=2), from_on or span.first_on) if chance(dice, 0.2) else None
    )
    return Accreditation(site=site.id, from_on=from_on, until_on=until_on, unannounced=chance(dice, 0.6))


def _absences(dice: Random, span: Span) -> tuple[Absence, ...]:
    if not chance(dice, 0.3):
        return ()
    on = _pick(dice, span)
    hours = dice.choice((("00:00", "23:59"), ("08:00", "13:00"), ("13:00", "19:00"), ("10:00", "11:00")))
    until_on = on + timedelta(days=dice.choice((0, 0, 1)))
    return (
        Absence(
            id="conge",
            starts_at=instant(span.zone, on, hours[0]),
            ends_at=instant(span.zone, until_on, hours[1]),
        ),
    )


def _busy(dice: Random, span: Span) -> tuple[Busy, ...]:
    if not chance(dice, 0.3):
        return ()
    at = instant(span.zone, _pick(dice, span), dice.choice(("09:00", "10:15", "12:30", "15:00")))
    return (Busy(starts_at=at, ends_at=at + timedelta(minutes=dice.choice((30, 60)))),)


def _meetings(dice: Random, sites: tuple[Site, ...], span: Span) -> tuple[Meeting, ...]:
    if not chance(dice, 0.4):
        return ()
    at = instant(span.zone, _pick(dice, span), dice.choice(("09:00", "11:00", "12:30", "14:30")))
    site = dice.choice([None, *(one.id for one in sites)])
    return (Meeting(id="rencontre", starts_at=at, ends_at=at + timedelta(minutes=60), site=site),)


def _wishes(dice: Random, span: Span) -> tuple[Wish, ...]:
    found = []
    if chance(dice, 0.6):
        weekday = dice.randint(1, 5)
        found.append(
            Wish(weekday=weekday, half_day=dice.choice(HALF_DAYS), wish=dice.choice(("prefer", "avoid")))
        )
    if chance(dice, 0.4):
        on = _pick(dice, span)
        if not any(wish.weekday == on.isoweekday() for wish in found):
            found.append(Wish(on=on, half_day=dice.choice(HALF_DAYS), wish=dice.choice(("prefer", "avoid"))))
    return tuple(found)


def _limits(dice: Random) -> MaxHalfDays:
    if chance(dice, 0.6):
        return MaxHalfDays()
    return MaxHalfDays(
        day=dice.choice((1, 2, 2)), week=dice.choice((2, 4, 6, 10)), month=dice.choice((4, 6, 12, 50))
    )


def _outside(dice: Random, span: Span) -> tuple[EngagedOutside, ...]:
    """Published half-days of the days around the horizon, which count in its weeks and months."""
    if not chance(dice, 0.3):
        return ()
    first, last = span.first_on - timedelta(days=3), span.last_on + timedelta(days=3)
    near = [on for on in dates(first, last) if not span.first_on <= on <= span.last_on]
    half_day: HalfDay = dice.choice(HALF_DAYS)
    return tuple(EngagedOutside(on=on, half_day=half_day) for on in dice.sample(near, 2))
