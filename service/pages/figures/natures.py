"""What may be looked at alone: interviews of one kind, collective sessions."""

from db.records.assignment import Assignment
from service.catalogue import text
from service.errors import BadInput

NATURES = {
    "": "Entretiens individuels",
    "diagnostic": "Diagnostics",
    "suivi": "Suivis",
    "bilan": "Bilans",
    "session": "Séances collectives",
}


def read_nature(code: str) -> str:
    """Raises `BadInput`."""
    if code not in NATURES:
        raise BadInput(text("Cette nature n’existe pas."))
    return code


def is_of_nature(nature: str, one: Assignment) -> bool:
    """An interview without a kind is a follow-up."""
    if one.kind != "interview":
        return one.kind == nature
    return nature in ("", one.interview_kind or "suivi")
