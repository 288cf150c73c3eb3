"""Under the board by person: the widest gaps to the fair share, the month's absences, authorisations that end."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import NBSP, text
from service.french_text import (
    half_day,
    initials,
    plain_date,
    short_day_month,
    short_period,
    signed,
    weekday_named,
)
from service.pages.board.absence_effects import Effects
from service.pages.board.cells import Row
from service.pages.board.labels import Labels
from service.pages.board.wishes import Wishes

COUNTS = ("Permanences", "Lieux éloignés", "Lundis matin, vendredis après-midi", "Séances collectives")
WISH_WORDS = {"prefer": "Souhait", "avoid": "À éviter"}


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """The largest deviation of one count, and those who are beyond half a unit."""

    name: str
    largest: str
    notable: bool
    who: tuple[str, ...]


class Away(msgspec.Struct, frozen=True, kw_only=True):
    dates: str
    who: str
    what: str
    effect: str = ""
    hurts: bool = False


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """An authorisation that ends, or has ended."""

    day: str
    words: str
    over: bool


class PeopleCards(msgspec.Struct, frozen=True, kw_only=True):
    gaps: tuple[Gap, ...]
    away: tuple[Away, ...]
    endings: tuple[Ending, ...]


def people_cards(problem: Problem, labels: Labels, rows: tuple[Row, ...], plan: Plan | None) -> PeopleCards:
    return PeopleCards(
        gaps=tuple(_gap(rank, text(name), rows) for rank, name in enumerate(COUNTS)),
        away=(*absences(problem, labels, plan), *_wishes(problem, plan)),
        endings=tuple(_endings(problem)),
    )


def _gap(rank: int, name: str, rows: tuple[Row, ...]) -> Gap:
    counted = [(row.name, row.counts[rank].deviation) for row in rows if row.counts]
    widest = max((deviation for _, deviation in counted), key=abs, default=0.0)
    beyond = sorted((pair for pair in counted if abs(pair[1]) > 0.5), key=lambda pair: -abs(pair[1]))
    who = tuple(f"{person}{NBSP}{'▲' if deviation > 0 else '▼'}" for person, deviation in beyond[:3])
    return Gap(name=name, largest=signed(widest, 1), notable=abs(widest) > 0.5, who=who)


def absences(problem: Problem, labels: Labels, plan: Plan | None = None) -> list[Away]:
    """Those of the month, in the order of their days; with a plan what each costs it."""
    effects = Effects(problem, plan, labels) if plan else None
    zone = ZoneInfo(problem.zone)
    dated = sorted(
        ((one.starts_at, person.id, one) for person in problem.staff for one in person.absences),
        key=lambda known: known[:2],
    )
    found = []
    for _, who, one in dated:
        start, end = one.starts_at.astimezone(zone).date(), one.ends_at.astimezone(zone)
        last = (end - timedelta(minutes=1)).date()
        label = labels.absences.get(one.id) or text("Absence")
        effect, hurts = effects.words(who, one) if effects else ("", False)
        found.append(
            Away(
                dates=short_period(start, max(start, last)),
                who=initials(who),
                what=label,
                effect=effect,
                hurts=hurts,
            )
        )
    return found


def _wishes(problem: Problem, plan: Plan | None) -> list[Away]:
    kept, found = Wishes(problem, plan or Plan()), []
    for person in problem.staff:
        for wish in person.wishes:
            if wish.on is not None and not problem.first_on <= wish.on <= problem.last_on:
                continue
            day = short_day_month(wish.on) if wish.on else weekday_named(wish.weekday or 1)
            found.append(
                Away(
                    dates=f"{day} {half_day(wish.half_day)}",
                    who=initials(person.id),
                    what=text(WISH_WORDS[wish.wish]),
                    effect=kept.words(person.id, wish) if plan else "",
                )
            )
    return found


def _endings(problem: Problem) -> list[Ending]:
    """Those that end within the horizon and the two months after, soonest first."""
    names = {site.id: site.name for site in problem.sites}
    ends = sorted(
        (one.until_on, person.id, one.site)
        for person in problem.staff
        for one in person.accreditations
        if one.until_on
    )
    return [
        Ending(
            day=plain_date(until),
            words=text("{who} — {site}", who=initials(who), site=names.get(site, site)),
            over=until < (problem.today_on or problem.first_on),
        )
        for until, who, site in ends
        if (until - problem.last_on).days <= 60
    ]
