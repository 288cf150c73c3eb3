"""Months made up from a seed: believable ones at any size, and small ones full of odd features."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import msgspec

from planner.generate.agenda import Facts
from planner.generate.appointments import Appointments, make_participants, references
from planner.generate.changes import with_absence, with_closure, with_published, with_urgent_interview
from planner.generate.french_holidays import french_holidays
from planner.generate.open_needs import Asked, open_needs
from planner.generate.places import make_sites, make_travel
from planner.generate.small import generate_small, generate_tiny
from planner.generate.standing_needs import make_cadences, make_promotions
from planner.generate.strain import Strain, strained
from planner.generate.team import Span, make_staff
from planner.problem import Interview, Problem

__all__ = [
    "MONTHS",
    "Size",
    "Strain",
    "generate",
    "generate_real",
    "generate_small",
    "generate_tiny",
    "problem_bytes",
    "with_absence",
    "with_closure",
    "with_published",
    "with_urgent_interview",
]

MONTHS = (
    date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 1), date(2027, 3, 1), date(2027, 5, 1),
    date(2027, 1, 1), date(2027, 4, 1), date(2027, 2, 1), date(2026, 9, 1), date(2027, 6, 1),
)  # fmt: skip
"""First days of months: holidays, both changes of clock, Easter Monday, and calm ones."""


class Size(NamedTuple):
    """What a month is made of; `interviews` counts each of a volume, `days` run from the first of a month."""

    staff: int = 7
    sites: int = 13
    interviews: int = 350
    promotions: int = 1
    days: int = 30


def generate(size: Size, seed: int, strain: Strain = "usual") -> Problem:
    """A believable territory of the asked size.

    Two thirds of the interviews are pinned, consistent with every other fact. Pure: the same
    arguments give an equal problem.
    """
    dice = Random(f"escale {' '.join(map(str, size))} {seed}")  # noqa: S311
    first_on = MONTHS[seed % len(MONTHS)]
    span = Span("Europe/Paris", first_on, first_on + timedelta(days=max(1, size.days) - 1))
    facts = strained(dice, _facts(dice, size, span), strain)
    today_on = first_on - timedelta(days=dice.choice((5, 8, 12)))
    made = Appointments(dice, facts)
    _fix(made, size.interviews * 2 // 3, today_on)
    asked = Asked(dice, facts, tuple(office.id for office in made.offices), made.referent_of)
    needs = open_needs(asked, size.interviews - len(made.interviews)) if size.interviews else []
    return _problem(facts, today_on, made, needs)


def _facts(dice: Random, size: Size, span: Span) -> Facts:
    sites = make_sites(dice, max(1, size.sites), span.first_on, span.last_on)
    staff = make_staff(dice, max(1, size.staff), sites, span)
    people = references(dice, max(10 * size.promotions, size.interviews * 2 // 5, 1))
    promotions = make_promotions(dice, size.promotions, sites, span, people)
    return Facts(
        span=span,
        holidays=french_holidays(span.first_on - timedelta(days=31), span.last_on + timedelta(days=31)),
        sites=sites,
        staff=staff,
        promotions=promotions,
        cadences=make_cadences(dice, sites, staff, promotions, span),
        participants=make_participants(dice, people),
    )


def _fix(made: Appointments, count: int, today_on: date) -> None:
    """Pin two permanences with what happens in them, then follow-ups up to `count` interviews."""
    monthly = [one for one in made.facts.cadences if one.kind == "permanence" and one.asked > 1]
    if count > 20:
        for cadence in monthly[:2]:
            notice = made.facts.site(cadence.site).access_notice_days
            made.pin_permanence(cadence, today_on + timedelta(days=notice))
    made.fixed(count)


def _problem(facts: Facts, today_on: date, made: Appointments, needs: list[Interview]) -> Problem:
    return Problem(
        format="escale-problem/1",
        territory="territoire",
        zone=facts.span.zone,
        first_on=facts.span.first_on,
        last_on=facts.span.last_on,
        today_on=today_on,
        notice_days=2,
        holidays=facts.holidays,
        sites=facts.sites,
        travel=make_travel(facts.sites),
        staff=facts.staff,
        cadences=facts.cadences,
        promotions=facts.promotions,
        participants=facts.participants,
        interviews=(*made.interviews, *needs),
        pins=tuple(made.pins),
        booked=tuple(made.booked),
    )


def generate_real(seed: int) -> Problem:
    """A month of seven people, thirteen places, 300 to 400 interviews."""
    days = 31 if MONTHS[seed % len(MONTHS)].month in (1, 3, 5, 10, 12) else 30
    if MONTHS[seed % len(MONTHS)].month == 2:
        days = 28
    return generate(Size(interviews=300 + seed * 37 % 101, promotions=1 + seed % 2, days=days), seed)


def problem_bytes(problem: Problem) -> bytes:
    """The problem as an indented JSON file."""
    return msgspec.json.format(msgspec.json.encode(problem), indent=1)
