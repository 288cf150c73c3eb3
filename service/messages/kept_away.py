"""Why what was put away does not come back, in French, for who may read names."""

from typing import Any

from service.catalogue import text
from service.errors import NameTaken, StillAway
from service.french_text import listed


def kept_away(error: NameTaken | StillAway) -> str:
    """Cela dépend de ce qui est retiré : remettez d’abord Gagny, ou choisissez autre chose dans le formulaire."""
    told: Any = error.fields
    if isinstance(error, StillAway):
        return text(
            "Cela dépend de ce qui est retiré : remettez d’abord {names}, ou choisissez autre chose dans le formulaire.",
            names=listed(one["name"] for one in told["away"]),
        )
    return text(
        "Le nom « {name} » est déjà pris : changez l’un des deux, puis remettez cette fiche.",
        name=told["taken_by"]["name"],
    )
