"""The scales of a draft are kept while it is as it is: each cell under a pointer that drags asks for one anew."""

from uuid import UUID

from service.kept_for import KeptFor
from service.pages.board.scale import Scale
from service.pages.desk import Desk

MOST = 4
kept: KeptFor[tuple[UUID, bool], Scale] = KeptFor(MOST)
"""By draft, and whether it is weighed by the facts of this moment although it was made on others."""


def scale_of(desk: Desk) -> Scale:
    """Computes the first time: call it in a thread. Of what is published, which lives on, nothing is kept."""
    shown = desk.month.shown
    if shown is None or not desk.editable:
        return Scale(desk.problem, desk.items)
    given = (desk.problem, desk.items)
    return kept.of((shown.id, desk.is_by_now), given, lambda: Scale(desk.problem, desk.items))
