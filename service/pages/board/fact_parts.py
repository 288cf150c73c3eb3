"""What people enter of a month, part by part and thing by thing: nothing of what is published or held meanwhile.

A problem knows more than its dates need: what begins later or was over before tells nothing of them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from planner.problem import (
    Accreditation,
    Cadence,
    Closure,
    Opening,
    Problem,
    Promotion,
    Site,
    StaffMember,
    WeeklyAvailability,
)
from service.catalogue import counted, text
from service.french_text import initials, listed
from service.pages.board.labels import Labels
from service.translate.covering import is_left_alone

Things = Mapping[str, tuple[object, ...]]
"""By their names; things of one name stand together."""
Dated = TypeVar("Dated", Accreditation, Closure, Opening, WeeklyAvailability)
MOST_NAMED = 3


def changed_parts(
    before: Problem, now: Problem, labels: Labels, covered: Collection[str] = ()
) -> tuple[str, ...]:
    """équipe (A.R. et F.M.), lieux (Gagny): what of two problems of the same dates is not the same.

    `covered`: what the version promises, as it names it; what it leaves alone follows what is published.
    """
    found = []
    before, now = _promised(before, covered), _promised(now, covered)
    for name, part in PARTS:
        was, stands = part(before, labels), part(now, labels)
        names = [one for one in dict.fromkeys([*was, *stands]) if was.get(one) != stands.get(one)]
        if names:
            found.append(_told(text(name), names))
    return tuple(found)


def _told(part: str, names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = names if more <= 1 else [*names[:MOST_NAMED], counted("{n} autre", "{n} autres", more)]
    return f"{part} ({listed(shown)})"


def _promised(problem: Problem, covered: Collection[str]) -> Problem:
    return replace(
        problem,
        cadences=tuple(one for one in problem.cadences if not is_left_alone(covered, one.kind)),
        promotions=() if is_left_alone(covered, "session") else problem.promotions,
    )


def _named(found: Iterable[tuple[str, object]]) -> Things:
    things: dict[str, tuple[object, ...]] = {}
    for name, thing in found:
        things[name] = (*things.get(name, ()), thing)
    return things


def _sites(problem: Problem, labels: Labels) -> Things:
    del labels
    ways = {(one.from_site, one.to_site): one.minutes for one in problem.travel}
    return _named(
        [
            *((one.name, _site(one, problem)) for one in problem.sites),
            (text("trajets"), (ways, problem.default_travel_minutes)),
            (text("jours fériés"), problem.holidays),
        ]
    )


def _site(site: Site, problem: Problem) -> Site:
    return replace(site, openings=_within(site.openings, problem), closures=_within(site.closures, problem))


def _staff(problem: Problem, labels: Labels) -> Things:
    """Who works in these dates. Balances and days elsewhere are counted, not entered."""
    del labels
    members = [_member(one, problem) for one in problem.staff]
    return _named((initials(one.id), one) for one in members if one.availability)


def _member(person: StaffMember, problem: Problem) -> StaffMember:
    return replace(
        person,
        ledger={},
        engaged_outside=(),
        availability=_within(person.availability, problem),
        accreditations=_within(person.accreditations, problem),
        wishes=tuple(one for one in person.wishes if one.on is None or _is_in(one.on, problem)),
    )


def _cadences(problem: Problem, labels: Labels) -> Things:
    """Those that ask for something in these dates."""
    asking = (one for one in problem.cadences if one.asked or one.up_to or one.weekdays or one.follows)
    return _named((_cadence_name(one, problem, labels), _cadence(one, problem)) for one in asking)


def _cadence_name(cadence: Cadence, problem: Problem, labels: Labels) -> str:
    sites = {one.id: one.name for one in problem.sites}
    return labels.cadences.get(cadence.id) or sites.get(cadence.site, cadence.id)


def _cadence(cadence: Cadence, problem: Problem) -> Cadence:
    kept = (
        one
        for one in cadence.exceptions
        if _is_in(one.on, problem) or (one.to_on is not None and _is_in(one.to_on, problem))
    )
    return replace(cadence, history=(), exceptions=tuple(kept))


def _promotions(problem: Problem, labels: Labels) -> Things:
    return _named((labels.promotion(one.id), _promotion(one, problem)) for one in problem.promotions)


def _promotion(promotion: Promotion, problem: Problem) -> Promotion:
    """With the sequences of these dates, without who led which and when: that follows from what is published."""
    steps = tuple(
        replace(one, done_on=None)
        for one in promotion.sequences
        if one.from_on <= problem.last_on and one.until_on >= problem.first_on
    )
    return replace(promotion, animators_before=(), sequences=steps)


def _settings(problem: Problem, labels: Labels) -> Things:
    del labels
    return _named(
        [
            (text("poids des objectifs"), (problem.weights, problem.tolerances)),
            (text("délai promis à l’équipe"), problem.notice_days),
        ]
    )


PARTS: tuple[tuple[str, Callable[[Problem, Labels], Things]], ...] = (
    ("lieux", _sites),
    ("équipe", _staff),
    ("cadences", _cadences),
    ("promotions", _promotions),
    ("réglages", _settings),
)
"""By its name each part that is compared, as its things by theirs."""


def _within(found: Iterable[Dated], problem: Problem) -> tuple[Dated, ...]:
    """Those that touch the dates of a problem, cut to them."""
    cut = []
    for one in found:
        from_on = max(one.from_on or date.min, problem.first_on)
        until_on = min(one.until_on or date.max, problem.last_on)
        if from_on <= until_on:
            cut.append(replace(one, from_on=from_on, until_on=until_on))
    return tuple(cut)


def _is_in(on: date, problem: Problem) -> bool:
    return problem.first_on <= on <= problem.last_on
