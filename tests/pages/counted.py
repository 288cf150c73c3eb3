"""What each of a coordinator's tasks takes: clicks by mouse, keys by keyboard, fields to fill. It may only fall."""

from typing import NamedTuple


class Count(NamedTuple):
    """Arrows that lead to a cell are not among the keys: they are as many as the way is long."""

    clicks: int
    keys: int
    fields: int = 0


COUNTED = {
    "Planifier le mois": Count(2, 7),
    "Comprendre pourquoi un besoin n’est pas placé": Count(1, 1),
    "Essayer et appliquer une réparation": Count(2, 5),
    "Déplacer une permanence": Count(1, 3),
    "Épingler": Count(2, 1),
    "Publier, après avoir vu qui sera prévenu": Count(2, 6),
    "Saisir une absence pour deux personnes": Count(3, 14, 2),
    "Replanifier en changeant le moins possible": Count(2, 12),
}
