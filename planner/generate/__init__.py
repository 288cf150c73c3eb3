"""Months made up from a seed: believable ones at any size, and small ones full of odd features."""

from datetime import date, timedelta
from random import Random

import msgspec

from planner.generate.agenda import Facts
from planner.generate.appointments import Appointments, make_participants, references
from planner.generate.changes import with_absence, with_closure, with_published, with_urgent_interview
from planner.generate.french_holidays import french_holidays
from planner.generate.open_needs import Asked, open_needs
from planner.generate.places import make_sites, make_travel
from planner.generate.small import generate_small, generate_tiny
from planner.generate.standing_needs import make_cadences, make_promotions
from planner.generate.team import Span, make_staff
from planner.problem import Interview, Problem

__all__ = [
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


def generate(staff: int, sites: int, interviews: int, promotions: int, days: int, seed: int) -> Problem:
    """A believable territory of the asked size over `days` days from the first of a month.

    Two thirds of the interviews are pinned, consistent with every other fact. Pure: the same
    arguments give an equal problem.
    """
    dice = Random(f"escale {staff} {sites} {interviews} {promotions} {days} {seed}")  # noqa: S311
    first_on = MONTHS[seed % len(MONTHS)]
    span = Span("Europe/Paris", first_on, first_on + timedelta(days=max(1, days) - 1))
    facts = _facts(dice, (max(1, staff), max(1, sites), interviews, promotions), span)
    today_on = first_on - timedelta(days=dice.choice((5, 8, 12)))
    made = Appointments(dice, facts)
    _fix(made, interviews * 2 // 3, today_on)
    asked = Asked(dice, facts, tuple(office.id for office in made.offices), made.referent_of)
    needs = open_needs(asked, interviews - len(made.interviews)) if interviews else []
    return _problem(facts, today_on, made, needs)


def _facts(dice: Random, sizes: tuple[int, int, int, int], span: Span) -> Facts:
    staff_count, site_count, interview_count, promotion_count = sizes
    sites = make_sites(dice, site_count, span.first_on, span.last_on)
    staff = make_staff(dice, staff_count, sites, span)
    people = references(dice, max(10 * promotion_count, interview_count * 2 // 5, 1))
    promotions = make_promotions(dice, promotion_count, sites, span, people)
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
    return generate(
        staff=7, sites=13, interviews=300 + seed * 37 % 101, promotions=1 + seed % 2, days=days, seed=seed
    )


def problem_bytes(problem: Problem) -> bytes:
    """The problem as an indented JSON file."""
    return msgspec.json.format(msgspec.json.encode(problem), indent=1)
