"""How many pins of the draft before a draft did not keep, since facts entered meanwhile forbid them."""

from db.states import EDITABLE_PLANS
from service.pages.board.source import Month
from service.translate.kept_pins import FREED_PINS


def freed_pins(month: Month) -> int:
    """Of the newest computation alone, whose page says which and why."""
    shown = month.shown
    if shown is None or shown.state not in EDITABLE_PLANS or shown != month.plans[0]:
        return 0
    return int(shown.figures.get(FREED_PINS, 0)) if shown.options.get("pins_of") else 0
