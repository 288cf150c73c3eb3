"""What each task takes: clicks by mouse, keys by keyboard, taps on a telephone, fields to fill. It may only fall."""

from typing import NamedTuple


class Count(NamedTuple):
    """Arrows that lead to a cell are not among the keys: they are as many as the way is long."""

    clicks: int
    keys: int
    fields: int = 0


COUNTED = {
    "Planifier le mois": Count(2, 3),
    "Comprendre pourquoi un besoin n’est pas placé": Count(1, 1),
    "Essayer et appliquer une réparation": Count(2, 4),
    "Déplacer une permanence": Count(1, 3),
    "Épingler": Count(2, 1),
    "Publier, après avoir vu qui sera prévenu": Count(2, 2),
    "Saisir une absence pour deux personnes": Count(3, 11, 2),
    "Replanifier en changeant le moins possible": Count(1, 1),
}

COUNTED_ON_A_PHONE = {
    "Lire ma semaine": (0, 0),
    "Abonner mon téléphone à mon agenda": (3, 0),
    "Dire qui est venu et fixer la prochaine date": (3, 0),
    "Annuler aujourd’hui, jusqu’à la liste des personnes à prévenir": (2, 0),
    "Prévenir d’un retard": (2, 0),
    "Rappeler une personne et le cocher": (3, 0),
    "Déclarer une absence aujourd’hui": (2, 0),
    "Déclarer plusieurs jours d’absence": (2, 2),
    "Dire un souhait": (3, 1),
    "Voir ma part": (1, 0),
}
"""Taps from « Ma semaine », the one on a link that another application answers included, and fields."""

COUNTED_OF_A_PARTNER = {
    "Trouver les places d’un lieu": (1, 1),
    "Orienter une première personne, de la place à la confirmation": (3, 3),
    "Orienter la suivante, dans la même session": (3, 1),
    "La retrouver plus tard, avec son texte": (1, 0),
    "La déplacer": (2, 0),
    "L’annuler": (2, 0),
    "Imprimer les places libres": (1, 0),
    "Deux dates d’un lieu, sur la page reçue par courriel": (3, 0),
}
"""Clicks from « Places libres », or from the page of what is moved or called off; fields that are typed or chosen in a list."""
