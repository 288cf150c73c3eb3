"""What "Annuler" would take back."""

from db.states import EDITABLE_PLANS
from service.pages.board.source import Month


def last_edit(found: Month) -> str:
    """What "Annuler" would take back, in words; empty when there is nothing."""
    if found.shown is None or found.shown.state not in EDITABLE_PLANS:
        return ""
    return found.steps[-1].words if found.steps else ""
