"""Places that partners hold or booked, and that a publication moves, takes away, or leaves at hours that are no more."""

from collections import Counter
from collections.abc import Iterable

from planner.problem import Booked, Problem, Site
from service.catalogue import counted, text
from service.french_text import day_date, half_day
from service.pages.board.presence import opening, slot_count
from service.pages.comparison import Change

PERMANENCE = "permanence"


def lost_bookings(changes: Iterable[Change], now: Problem) -> tuple[str, ...]:
    """One sentence a permanence that has such places and does not stay where it is, then one where it stays with fewer slots.

    `now`: the facts of this moment, bookings included.
    """
    held = Counter(map(_key, now.booked))
    first = {_key(one): one for one in now.booked}
    gone = [
        change
        for change in changes
        if change.old_key in held and not (change.key == change.old_key and change.after)
    ]
    lost = [
        text(
            "{where}, {when} : {places}. Publier les libère ; les partenaires sont prévenus.",
            where=change.where,
            when=_when(first[change.old_key]),
            places=counted(
                "{n} place tenue par un partenaire",
                "{n} places tenues par des partenaires",
                held[change.old_key],
            ),
        )
        for change in gone
    ]
    return *lost, *_without_slot(now, {change.old_key for change in gone})


def _without_slot(now: Problem, told: set[str]) -> list[str]:
    """Of the permanences that stay, from today on."""
    sites = {site.id: site for site in now.sites}
    homes = {cadence.id: sites[cadence.site] for cadence in now.cadences}
    late = [
        one
        for one in now.booked
        if _key(one) not in told
        and one.on >= (now.today_on or now.first_on)
        and not _has_slot(homes[one.cadence], one)
    ]
    counts, first = Counter(map(_key, late)), {_key(one): one for one in late}
    return [
        text(
            "{where}, {when} : {places}. Convenez d’une autre heure avec le partenaire.",
            where=homes[first[key].cadence].name,
            when=_when(first[key]),
            places=counted(
                "{n} place tenue par un partenaire est à une heure que le lieu n’ouvre plus",
                "{n} places tenues par des partenaires sont à des heures que le lieu n’ouvre plus",
                count,
            ),
        )
        for key, count in counts.items()
    ]


def _has_slot(site: Site, one: Booked) -> bool:
    hours = opening(site, one.on, one.half_day)
    return hours is not None and one.slot < slot_count(hours)


def _key(one: Booked) -> str:
    return f"{PERMANENCE}:{one.cadence}:{one.on}:{one.half_day}"


def _when(one: Booked) -> str:
    return f"{day_date(one.on)}, {half_day(one.half_day)}"
