"""What refers to a fact that somebody wants to remove, in French."""

from collections.abc import Iterable

import msgspec

from db.records.referrer import Referrers
from service.catalogue import counted, text
from service.errors import StillUsed
from service.french_text import listed

KINDS = {
    "assignment": ("{n} rendez-vous publié", "{n} rendez-vous publiés"),
    "attendance": ("{n} présence notée", "{n} présences notées"),
    "cadence": ("{n} cadence", "{n} cadences"),
    "interview_need": ("{n} entretien demandé", "{n} entretiens demandés"),
    "meeting": ("{n} rencontre", "{n} rencontres"),
    "orientation": ("{n} orientation", "{n} orientations"),
    "path": ("{n} parcours", "{n} parcours"),
    "promotion": ("{n} promotion", "{n} promotions"),
    "staff_member": ("{n} membre de l’équipe", "{n} membres de l’équipe"),
    "taken_place": ("{n} place prise", "{n} places prises"),
    "volume": ("{n} volume d’entretiens", "{n} volumes d’entretiens"),
}
"""By the name of the table that refers."""
OTHERS = ("{n} autre chose", "{n} autres choses")
NAMED = frozenset({"cadence", "meeting", "promotion", "staff_member"})
"""Things that people know by a name; the rest is counted."""


def still_used_by(found: Iterable[Referrers]) -> str:
    """Encore utilisé : 2 cadences, 14 rendez-vous publiés"""
    return text("Encore utilisé : {by}", by=listed(_counted(one) for one in found))


def in_the_way(error: StillUsed) -> str:
    """The same for who may read names: 2 cadences (Permanence, Sport), 14 rendez-vous publiés"""
    found = msgspec.convert(error.fields.get("used_by", []), list[Referrers])
    return text("Encore utilisé : {by}", by=listed(_named(one) for one in found)) if found else error.title


def _counted(one: Referrers) -> str:
    singular, plural = KINDS.get(one.kind, OTHERS)
    return counted(singular, plural, one.count)


def _named(one: Referrers) -> str:
    if one.kind not in NAMED:
        return _counted(one)
    names = [thing.name or thing.code for thing in one.things]
    more = ", …" if one.count > len(names) else ""
    return f"{_counted(one)} ({', '.join(names)}{more})"
