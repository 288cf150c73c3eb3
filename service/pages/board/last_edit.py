"""What "Annuler" would take back."""

from db.states import EDITABLE_PLANS
from service.actions.edit_draft import read_steps
from service.pages.board.source import Month


async def last_edit(found: Month) -> str:
    """What "Annuler" would take back, in words; empty when there is nothing."""
    if found.shown is None or found.shown.state not in EDITABLE_PLANS:
        return ""
    steps = await read_steps(found.shown.id)
    return steps[-1].words if steps else ""
