"""The scale of a draft is kept while the draft is as it is: each cell under a pointer that drags asks it anew."""

from collections import OrderedDict
from uuid import UUID

from service.pages.board.scale import Scale
from service.pages.desk import Desk

MOST = 4
Key = tuple[UUID, int, int]
_known: OrderedDict[Key, Scale] = OrderedDict()


def scale_of(desk: Desk) -> Scale:
    """Computes the first time: call it in a thread. Of what is published, which lives on, nothing is kept."""
    shown = desk.month.shown
    if shown is None or not desk.editable:
        return Scale(desk.problem, desk.items)
    key = (shown.id, shown.version, desk.visit.territory.facts_revision)
    found = _known.get(key) or Scale(desk.problem, desk.items)
    for other in [one for one in list(_known) if one[0] == shown.id and one != key]:
        _known.pop(other, None)
    _known[key] = found
    while len(_known) > MOST:
        _known.popitem(last=False)
    return found
