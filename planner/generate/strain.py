"""How much a generated month asks of its facts: usual, calm (nothing stands in the way), or tight."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Literal

import msgspec

from planner.generate.agenda import Facts
from planner.generate.chances import chance, dates, instant
from planner.generate.team import Span
from planner.problem import Absence, Accreditation, Closure, Site, StaffMember

Strain = Literal["usual", "calm", "tight"]


def strained(dice: Random, facts: Facts, strain: Strain) -> Facts:
    """The facts of a month in which almost everything fits, or much does not."""
    return _BY_STRAIN[strain](dice, facts)


def _usual(_dice: Random, facts: Facts) -> Facts:
    return facts


def _calm(_dice: Random, facts: Facts) -> Facts:
    """Everyone may enter everywhere, nobody is away, no site closes, dates need not lie far apart."""
    everywhere = tuple(Accreditation(site=site.id) for site in facts.sites if site.demands_accreditation)
    return facts._replace(
        staff=tuple(
            msgspec.structs.replace(one, accreditations=everywhere, absences=(), protected_half_days=0)
            for one in facts.staff
        ),
        sites=tuple(msgspec.structs.replace(one, closures=()) for one in facts.sites),
        cadences=tuple(msgspec.structs.replace(one, min_days=1) for one in facts.cadences),
    )


def _tight(dice: Random, facts: Facts) -> Facts:
    """Half of the authorisations gone, weeks of leave, closures at every other demanding site."""
    return facts._replace(
        staff=tuple(_stretched(dice, one, facts.span) for one in facts.staff),
        sites=tuple(_often_closed(dice, one, facts.span) for one in facts.sites),
        cadences=tuple(
            msgspec.structs.replace(one, min_days=max(one.min_days, 7) if one.asked > 1 else one.min_days)
            for one in facts.cadences
        ),
    )


def _stretched(dice: Random, member: StaffMember, span: Span) -> StaffMember:
    kept = tuple(one for one in member.accreditations if chance(dice, 0.5))
    from_on = dice.choice(list(dates(span.first_on, span.last_on)))
    leave = Absence(
        id="conge",
        starts_at=instant(span.zone, from_on, "00:00"),
        ends_at=instant(span.zone, from_on + timedelta(days=dice.choice((3, 5, 8))), "00:00"),
    )
    return msgspec.structs.replace(member, accreditations=kept, absences=(*member.absences, leave))


def _often_closed(dice: Random, site: Site, span: Span) -> Site:
    if not site.demands_accreditation or chance(dice, 0.5):
        return site
    from_on = dice.choice(list(dates(span.first_on, span.last_on)))
    closure = Closure(id=f"travaux-{site.id}", from_on=from_on, until_on=from_on + timedelta(days=9))
    return msgspec.structs.replace(site, closures=(*site.closures, closure))


_BY_STRAIN: dict[Strain, Callable[[Random, Facts], Facts]] = {
    "usual": _usual,
    "calm": _calm,
    "tight": _tight,
}
