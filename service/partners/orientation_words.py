"""How an orientation is told to its partner: its state in the SPIP's words, by what the convention lets it learn."""

from datetime import datetime
from typing import Literal

import msgspec

from db.records.assignment import Assignment
from db.records.orientation import Orientation
from db.records.partner import Partner

Learns = Literal["nothing", "first"]
STATUS_WORDS = {
    "planned": "Planifié",
    "honoured": "Honoré",
    "missed": "Manqué",
    "excused": "Excusé",
    "cancelled": "Annulé",
    "waiting": "En attente",
    "past": "Passé",
}
_OF_INTERVIEW = {"held": "honoured", "missed": "missed", "excused": "excused", "cancelled": "cancelled"}


class Convention(msgspec.Struct, frozen=True, kw_only=True):
    """`partner.convention`: what the partner learns of the first, oriented appointment once it is past."""

    learns: Learns = "first"


def convention_of(partner: Partner) -> Convention:
    known = {
        name: value for name, value in partner.convention.items() if name in Convention.__struct_fields__
    }
    return msgspec.convert(known, Convention)


def status_of(partner: Partner, one: Orientation, interview: Assignment | None, now: datetime) -> str:
    """A key of `STATUS_WORDS`. What came after the first appointment is never told."""
    if one.state != "planned":
        return one.state
    if interview is None or interview.starts_at > now:
        return "cancelled" if interview and interview.status == "cancelled" else "planned"
    if convention_of(partner).learns == "nothing":
        return "past"
    return _OF_INTERVIEW.get(interview.status, "planned")
