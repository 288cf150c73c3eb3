"""How an orientation is told to its partner: its state in the SPIP's words, by what the convention lets it learn."""

from datetime import datetime
from typing import Literal

import msgspec
import structlog

from db.queries.followed import Followed
from db.queries.promotions import FirstSession
from db.records.assignment import Assignment
from db.records.orientation import Orientation
from db.records.partner import Partner
from service.catalogue import counted, text
from service.french_text import plain_date

log = structlog.get_logger(__name__)
Learns = Literal["nothing", "first", "presence", "path"]
FOLLOWS: tuple[Learns, ...] = ("presence", "path")
"""What a convention may let a partner learn of what came after the first appointment."""
STATUS_WORDS = {
    "planned": "Planifié",
    "honoured": "Honoré",
    "missed": "Manqué",
    "excused": "Excusé",
    "cancelled": "Annulé",
    "waiting": "En attente",
    "past": "Passé",
    "unnoted": "Passé, présence non renseignée",
}
_OF_INTERVIEW = {"held": "honoured", "missed": "missed", "excused": "excused", "cancelled": "cancelled"}


class Convention(msgspec.Struct, frozen=True, kw_only=True):
    """`partner.convention`: what the partner learns afterwards. Nothing; whether the `first`, oriented appointment
    took place; with `presence` how often the person came since, in numbers; with `path` also when the path ended.
    """

    learns: Learns = "first"


def convention_of(partner: Partner) -> Convention:
    """What was written; of what cannot be read the partner learns nothing."""
    known = {
        name: value for name, value in partner.convention.items() if name in Convention.__struct_fields__
    }
    try:
        return msgspec.convert(known, Convention)
    except msgspec.ValidationError:
        log.warning("convention not readable", partner_id=str(partner.id))
        return Convention(learns="nothing")


def status_of(
    partner: Partner,
    one: Orientation,
    interview: Assignment | None,
    first: FirstSession | None,
    now: datetime,
) -> str:
    """A key of `STATUS_WORDS`, of the first appointment alone; of a seat, when its first session was."""
    if one.state != "planned":
        return one.state
    if interview is None:
        return "past" if first is not None and first.ends_at <= now else "planned"
    if interview.starts_at > now:
        return "cancelled" if interview.status == "cancelled" else "planned"
    if convention_of(partner).learns == "nothing":
        return "past"
    return _OF_INTERVIEW.get(interview.status, "unnoted" if interview.ends_at <= now else "planned")


def follow_words(partner: Partner, one: Orientation, known: Followed | None) -> str:
    """`2 présences, 1 absence depuis l’orientation. Parcours terminé le 3 mars 2027.`; empty when nothing may be told."""
    learns = convention_of(partner).learns
    if one.state != "planned" or known is None or learns not in FOLLOWS:
        return ""
    counts = known.counts(one.confirmed_at or one.created_at)
    parts = [
        counted("{n} présence", "{n} présences", counts["honoured"]),
        counted("{n} absence", "{n} absences", counts["missed"]),
    ]
    if counts["excused"]:
        parts.append(counted("{n} absence excusée", "{n} absences excusées", counts["excused"]))
    told = text("Depuis l’orientation : {counts}.", counts=", ".join(parts))
    if learns == "path" and known.ended_on is not None:
        told += " " + text("Parcours terminé le {day}.", day=plain_date(known.ended_on))
    return told
