"""Places that partners hold or booked in permanences that a publication moves or takes away."""

from collections import Counter
from collections.abc import Iterable

from planner.problem import Booked
from service.catalogue import counted, text
from service.french_text import day_date, half_day
from service.pages.comparison import Change

PERMANENCE = "permanence"


def lost_bookings(changes: Iterable[Change], booked: Iterable[Booked]) -> tuple[str, ...]:
    """One sentence a permanence that has such places and does not stay where it is."""
    held = Counter(f"{PERMANENCE}:{one.cadence}:{one.on}:{one.half_day}" for one in booked)
    first = {f"{PERMANENCE}:{one.cadence}:{one.on}:{one.half_day}": one for one in booked}
    found = []
    for change in changes:
        if change.old_key not in held or (change.key == change.old_key and change.after):
            continue
        one = first[change.old_key]
        places = counted(
            "{n} place tenue par un partenaire", "{n} places tenues par des partenaires", held[change.old_key]
        )
        when = f"{day_date(one.on)}, {half_day(one.half_day)}"
        found.append(
            text(
                "{where}, {when} : {places}. Publier les libère ; les partenaires sont prévenus.",
                where=change.where,
                when=when,
                places=places,
            )
        )
    return tuple(found)
