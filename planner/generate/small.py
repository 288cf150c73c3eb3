"""Small months dense in odd features: what a fuzzer throws at audit, model and brute force."""

from datetime import date, timedelta
from random import Random

from planner.generate.chances import HALF_DAYS, chance, dates
from planner.generate.french_holidays import french_holidays
from planner.generate.small_needs import Draft, draw_cadences, draw_interviews, draw_promotion
from planner.generate.small_pins import Needs, draw_pins, draw_published
from planner.generate.small_team import draw_staff
from planner.generate.team import Span
from planner.problem import (
    Closure,
    Opening,
    Participant,
    ParticipantHours,
    Problem,
    Room,
    Site,
    Travel,
)
from planner.records import HalfDay

STARTS = (
    date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 29), date(2026, 11, 6), date(2026, 11, 9),
    date(2026, 12, 21), date(2026, 12, 24), date(2027, 3, 22), date(2027, 3, 26), date(2027, 4, 28),
    date(2027, 5, 3), date(2027, 5, 5), date(2027, 1, 11), date(2027, 2, 8), date(2027, 2, 26),
)  # fmt: skip
"""Changes of clock, the named holidays, turns of months, and calm weeks."""
KINDS = ("semi_liberte", "sas", "spip", "france_services", "maison_arret", "bureau")
HOURS: dict[HalfDay, tuple[tuple[str, str], ...]] = {
    "am": (
        ("09:00", "12:00"),
        ("09:30", "12:30"),
        ("10:00", "12:00"),
        ("08:30", "13:00"),
        ("10:45", "13:15"),
    ),
    "pm": (("14:00", "17:00"), ("13:30", "16:00"), ("14:00", "16:00"), ("13:15", "18:00")),
}
WEIGHTS = ("rest_normal", "rest_flexible", "rest_session", "usual_staff", "animators", "referent", "avoid",
           "prefer", "travel", "spread", "single", "urgent_wait", "extra")  # fmt: skip
LEVELS = ("unmet_permanences", "changes", "unmet_rest", "continuity", "fairness", "comfort")


def generate_small(seed: int, first_on: date | None = None) -> Problem:
    """Two or three people, two to four sites, five to ten days, a handful of needs of every sort."""
    dice = Random(f"escale small {seed}")  # noqa: S311
    start = first_on or STARTS[seed % len(STARTS)]
    span = Span(
        dice.choice(("Europe/Paris",) * 5 + ("America/Guadeloupe", "Indian/Reunion")),
        start,
        start + timedelta(days=dice.randint(4, 9)),
    )
    return _draw(dice, span, (dice.randint(2, 3), dice.randint(2, 4), dice.randint(3, 7), dice.randint(1, 3)))


def generate_tiny(seed: int, first_on: date | None = None) -> Problem:
    """Two people, two sites, two or three days, few needs: every plan of it can be enumerated."""
    dice = Random(f"escale tiny {seed}")  # noqa: S311
    start = first_on or STARTS[seed % len(STARTS)]
    weekday = dice.choice((1, 2, 4, 5))
    start += timedelta(days=(weekday - start.isoweekday()) % 7)
    span = Span("Europe/Paris", start, start + timedelta(days=dice.randint(1, 2)))
    return _draw(dice, span, (2, 2, dice.randint(1, 3), dice.randint(1, 2)))


def _draw(dice: Random, span: Span, sizes: tuple[int, int, int, int]) -> Problem:
    staff_count, site_count, interview_count, cadence_count = sizes
    sites = tuple(_site(dice, index, span) for index in range(site_count))
    staff = tuple(draw_staff(dice, index, sites, span) for index in range(staff_count))
    people = tuple(_participant(dice, index) for index in range(dice.randint(1, 3)))
    today_on = _today(dice, span)
    draft = Draft(dice, span, sites, staff, people, today_on)
    promotions = draw_promotion(draft) if chance(dice, 0.5) else ()
    cadences = draw_cadences(draft, cadence_count, promotions)
    interviews = draw_interviews(draft, interview_count)
    needs = Needs(cadences, promotions, interviews)
    pins, booked = draw_pins(draft, needs)
    return Problem(
        format="escale-problem/1",
        territory="petit",
        zone=span.zone,
        first_on=span.first_on,
        last_on=span.last_on,
        today_on=None if chance(dice, 0.2) else today_on,
        notice_days=dice.choice((0, 0, 0, 1, 2)),
        holidays=french_holidays(span.first_on - timedelta(days=20), span.last_on + timedelta(days=20)),
        default_travel_minutes=dice.choice((30, 45, 90)),
        weights={name: dice.randint(0, 9) for name in WEIGHTS if chance(dice, 0.1)},
        tolerances={name: dice.randint(1, 4) for name in LEVELS if chance(dice, 0.05)},
        sites=sites,
        travel=_travel(dice, sites),
        staff=staff,
        cadences=cadences,
        promotions=promotions,
        participants=people,
        interviews=interviews,
        pins=pins,
        booked=booked,
        published=draw_published(draft, needs) if chance(dice, 0.2) else None,
    )


def _today(dice: Random, span: Span) -> date:
    if chance(dice, 0.7):
        return span.first_on
    return span.first_on + timedelta(days=dice.choice((-9, -3, -1, 1, 2)))


def _site(dice: Random, index: int, span: Span) -> Site:
    kind = "bureau" if index == 0 else dice.choice(KINDS)
    return Site(
        id=("bureau", "gare", "nord", "sud")[index],
        name=("Bureau", "Gare", "Nord", "Sud")[index],
        kind=kind,
        demands_accreditation=kind != "bureau" and chance(dice, 0.3),
        access_notice_days=dice.choice((0, 2, 4)) if kind != "bureau" and chance(dice, 0.3) else 0,
        far=chance(dice, 0.3),
        open_on_holidays=chance(dice, 0.2),
        interview_places=dice.choice((1, 2, 99)),
        rooms=tuple(
            Room(id=f"salle-{n + 1}", seats=dice.choice((2, 6, 12))) for n in range(dice.choice((0, 1, 1, 2)))
        ),
        openings=_openings(dice, span),
        closures=_closures(dice, span),
    )


def _openings(dice: Random, span: Span) -> tuple[Opening, ...]:
    """Most half-days of the week; now and then one whose hours change within the horizon."""
    found = []
    for weekday in (1, 2, 3, 4, 5, 6, 7):
        for half_day in HALF_DAYS:
            if chance(dice, 0.12 if weekday <= 5 else 0.85):
                continue
            middle = dice.choice(list(dates(span.first_on, span.last_on)))
            if chance(dice, 0.1):
                found.append(_opening(dice, weekday, half_day, (None, middle)))
                found.append(_opening(dice, weekday, half_day, (middle + timedelta(days=1), None)))
            else:
                found.append(_opening(dice, weekday, half_day, (None, None)))
    return tuple(found)


def _opening(
    dice: Random, weekday: int, half_day: HalfDay, between: tuple[date | None, date | None]
) -> Opening:
    hours = dice.choice(HOURS[half_day])
    return Opening(
        weekday=weekday,
        half_day=half_day,
        from_hour=hours[0],
        to_hour=hours[1],
        slot_minutes=dice.choice((60, 60, 45, 90)),
        buffer_minutes=dice.choice((0, 0, 10)),
        from_on=between[0],
        until_on=between[1],
    )


def _closures(dice: Random, span: Span) -> tuple[Closure, ...]:
    if not chance(dice, 0.3):
        return ()
    from_on = dice.choice(list(dates(span.first_on, span.last_on)))
    half_day: HalfDay | None = dice.choice((None, "am", "pm"))
    return (
        Closure(
            id="fermeture",
            from_on=from_on,
            until_on=from_on + timedelta(days=dice.choice((0, 2))),
            half_day=half_day,
        ),
    )


def _travel(dice: Random, sites: tuple[Site, ...]) -> tuple[Travel, ...]:
    """Some pairs, some of them with another way back; the others take the default."""
    return tuple(
        Travel(from_site=a.id, to_site=b.id, minutes=dice.choice((10, 40, 75, 130)))
        for a in sites
        for b in sites
        if a.id != b.id and chance(dice, 0.4)
    )


def _participant(dice: Random, index: int) -> Participant:
    if chance(dice, 0.65):
        return Participant(id=f"KM{1000 + index}")
    from_hour, to_hour = dice.choice((("09:00", "12:00"), ("13:00", "17:00"), ("10:00", "15:00")))
    hours = tuple(
        ParticipantHours(weekday=weekday, from_hour=from_hour, to_hour=to_hour)
        for weekday in (1, 2, 3, 4, 5, 6, 7)
        if chance(dice, 0.8)
    )
    return Participant(id=f"KM{1000 + index}", hours=hours)
