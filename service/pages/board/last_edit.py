"""What "Annuler" would take back, and where that stands then."""

from db.states import EDITABLE_PLANS
from service.actions.edit_draft import Edit
from service.pages.board.place_word import place_word
from service.pages.board.source import Month


def last_edit(found: Month) -> Edit | None:
    """The step that "Annuler" would take back; none of what is no draft."""
    if found.shown is None or found.is_past or found.shown.state not in EDITABLE_PLANS:
        return None
    return found.steps[-1] if found.steps else None


def comes_back_to(found: Month, step: Edit) -> str:
    """The cell, in one word, to which a step that is taken back leads: where its thing was, else where it was put."""
    items = (*step.put, *(one for one in found.items if one.key in step.drop))
    return place_word(found.facts.problem, items[0]) if items else ""
