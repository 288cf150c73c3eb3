"""What "Annuler" would take back."""

from db.states import EDITABLE_PLANS
from service.actions.edit_draft import Edit
from service.pages.board.source import Month


def last_edit(found: Month) -> Edit | None:
    """The step that "Annuler" would take back; none of what is no draft."""
    if found.shown is None or found.is_past or found.shown.state not in EDITABLE_PLANS:
        return None
    return found.steps[-1] if found.steps else None
