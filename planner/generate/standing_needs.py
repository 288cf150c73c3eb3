"""Cadences and promotions of a generated territory, as the kinds of places ask for them."""

from datetime import date, timedelta
from random import Random

from planner.generate.chances import HALF_DAYS, chance, dates, is_closed, opening_on
from planner.generate.places import kind_of
from planner.generate.team import Span
from planner.problem import (
    Cadence,
    CadenceException,
    HistoryDate,
    Promotion,
    Sequence,
    Site,
    StaffMember,
)
from planner.records import HalfDay

MONTHLY = {
    "gagny": 3, "sante": 2, "villejuif": 2, "noisy-qsl": 1, "spip-93": 2, "villepinte": 2, "fleury": 2,
    "fresnes": 1, "spip-amiens": 1, "noisy-sas": 2,
}  # fmt: skip
STEPS = ("collective", "parcours", "tension", "codes", "simulation", "bilan")
TITLES = {
    "collective": "Information collective",
    "parcours": "Analyse du parcours",
    "tension": "Secteurs en tension",
    "codes": "Codes de l'entreprise",
    "simulation": "Simulation d'entretien",
    "bilan": "Bilan",
    "intervention": "Intervention d'un partenaire",
}


def make_cadences(
    dice: Random,
    sites: tuple[Site, ...],
    staff: tuple[StaffMember, ...],
    promotions: tuple[Promotion, ...],
    span: Span,
) -> tuple[Cadence, ...]:
    found: list[Cadence] = []
    for site in sites:
        found += _site_cadences(dice, site, staff, span)
    return tuple(found) + tuple(_mornings(promotion, sites) for promotion in promotions)


def _site_cadences(dice: Random, site: Site, staff: tuple[StaffMember, ...], span: Span) -> list[Cadence]:
    code = kind_of(site).code
    usual = tuple(sorted(s.id for s in dice.sample(staff, min(2, len(staff)))))
    if code in MONTHLY:
        return [_monthly(dice, site, MONTHLY[code], usual, span)]
    if code == "doullens":
        return [Cadence(id=f"{site.id}-mardi", site=site.id, weekdays=(2,), length="day", usual_staff=usual,
                        exceptions=_exceptions(dice, 2, span))]  # fmt: skip
    if code == "flixecourt":
        return [Cadence(id=f"{site.id}-jeudi", site=site.id, weekdays=(4,), length="pm", usual_staff=usual,
                        partner_places=1, exceptions=_exceptions(dice, 4, span))]  # fmt: skip
    if code == "chemin-vert":
        return _workshops(site)
    if code == "bureau-idf":
        return _outings(site)
    if code == "bureau-amiens":
        return [Cadence(id=f"{site.id}-atelier", site=site.id, kind="session", weekdays=(3,), length="am",
                        seats=8, needs_room=True, duration_minutes=120)]  # fmt: skip
    return []


def _monthly(dice: Random, site: Site, asked: int, usual: tuple[str, ...], span: Span) -> Cadence:
    return Cadence(
        id=f"{site.id}-permanence",
        site=site.id,
        asked=asked,
        up_to=1 if chance(dice, 0.3) else 0,
        min_days=dice.choice((5, 7)) if asked > 1 else 7,
        usual_staff=usual if chance(dice, 0.7) else (),
        partner_places=dice.choice((0, 1, 2)),
        history=_history(dice, site, span.first_on),
    )


def _history(dice: Random, site: Site, first_on: date) -> tuple[HistoryDate, ...]:
    """One or two occurrences of the weeks before, where the site was open."""
    before = [
        HistoryDate(on=on, half_day=half_day)
        for on in dates(first_on - timedelta(days=21), first_on - timedelta(days=1))
        for half_day in HALF_DAYS
        if opening_on(site, on, half_day) and not is_closed(site.closures, on, half_day)
    ]
    if not before:
        return ()
    last = dice.choice(before)
    earlier = [one for one in before if (last.on - one.on).days >= 7]
    return (dice.choice(earlier), last) if earlier else (last,)


def _exceptions(dice: Random, weekday: int, span: Span) -> tuple[CadenceException, ...]:
    days = [on for on in dates(span.first_on, span.last_on) if on.isoweekday() == weekday]
    if not days or not chance(dice, 0.4):
        return ()
    return (CadenceException(on=dice.choice(days), to_on=None),)


def _workshops(site: Site) -> list[Cadence]:
    """A job search workshop every week, culture every other week, at the second office."""
    search = Cadence(id=f"{site.id}-recherche", site=site.id, kind="session", weekdays=(2,), length="pm",
                     skills=("atelier",), seats=10, needs_room=True, duration_minutes=120)  # fmt: skip
    culture = Cadence(id=f"{site.id}-culture", site=site.id, kind="session", asked=4, length="half",
                      min_days=4, seats=8, needs_room=True, duration_minutes=150)  # fmt: skip
    return [search, culture]


def _outings(site: Site) -> list[Cadence]:
    """A month: two sport sessions with a club, two cultural outings of a whole day, two company visits."""
    sport = Cadence(id=f"{site.id}-sport", site=site.id, kind="session", asked=2, weekdays=(3, 5), length="am",
                    skills=("sport",), min_days=7, seats=8, duration_minutes=120, offset_minutes=30)  # fmt: skip
    outing = Cadence(id=f"{site.id}-sortie", site=site.id, kind="session", asked=2, up_to=1, length="day",
                     staff_count=2, min_days=8, seats=6, duration_minutes=420)  # fmt: skip
    visit = Cadence(id=f"{site.id}-visite", site=site.id, kind="session", asked=2, length="pm", min_days=7,
                    seats=8, duration_minutes=150)  # fmt: skip
    return [sport, outing, visit]


def _mornings(promotion: Promotion, sites: tuple[Site, ...]) -> Cadence:
    """Interviews in the other half-day of each session, by one of its animators."""
    site = next(site for site in sites if site.id == promotion.site)
    length: HalfDay = "am" if promotion.half_day == "pm" else "pm"
    if not any(opening.half_day == length for opening in site.openings):
        length = "am"
    return Cadence(id=f"{promotion.id}-entretiens", site=site.id, length=length, follows=promotion.id)


def make_promotions(
    dice: Random, count: int, sites: tuple[Site, ...], span: Span, people: tuple[str, ...]
) -> tuple[Promotion, ...]:
    """Promotions at the places with a room, on different weekdays, of the first `people`."""
    fit = [site for site in sites if site.rooms and any(o.half_day == "pm" for o in site.openings)]
    fit.sort(key=lambda site: site.kind == "bureau")
    found: list[Promotion] = []
    for index in range(count if fit else 0):
        size, start = dice.randint(8, 12), sum(len(one.participants) for one in found)
        found.append(_promotion(dice, index, fit[index % len(fit)], span, people[start : start + size]))
    return tuple(found)


def _promotion(dice: Random, index: int, site: Site, span: Span, people: tuple[str, ...]) -> Promotion:
    weekdays = sorted({opening.weekday for opening in site.openings if opening.half_day == "pm"})
    start_on = span.first_on + timedelta(days=dice.randint(-25, 8))
    return Promotion(
        id=f"promo-{index + 1}",
        site=site.id,
        weekday=weekdays[(index * 2 + 1) % len(weekdays)],
        half_day="pm",
        participants=people,
        seats=max(8, len(people)),
        animators_before=(),
        sequences=_sequences(dice, start_on, span),
    )


def _sequences(dice: Random, start_on: date, span: Span) -> tuple[Sequence, ...]:
    """Weekly steps, those before the horizon done; at times one joined, one doubled, an intervention."""
    steps = [*STEPS, *(("intervention",) if chance(dice, 0.7) else ())]
    if chance(dice, 0.3):
        steps.remove("codes")
    staff_count, found = dice.choice((1, 1, 2)), []
    for index, step in enumerate(steps):
        due_on = start_on + timedelta(days=7 * index)
        found.append(
            Sequence(
                id=step,
                title=TITLES[step],
                from_on=start_on,
                until_on=start_on + timedelta(days=7 * len(steps) + 20),
                duration_minutes=dice.choice((120, 150)),
                staff_count=1 if step == "intervention" else staff_count,
                skills=("atelier",) if step in ("simulation", "parcours") else (),
                speaker_dates=_speaker_dates(due_on) if step == "intervention" else None,
                min_days=5 if index else 1,
                max_days=16,
                compulsory=step != "intervention",
                intervention=step == "intervention",
                done_on=due_on if due_on < span.first_on else None,
            )
        )
    return tuple(found)


def _speaker_dates(due_on: date) -> tuple[date, ...]:
    """The speaker's dates: the weeks around the due one, on the same weekday or a neighbour."""
    return tuple(due_on + timedelta(days=days) for days in (-7, -6, 0, 1, 7, 8))
