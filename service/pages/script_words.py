"""The sentences that scripts say; they come with the page, so that every text is in one catalogue."""

import msgspec

from service.catalogue import gettext

WORDS = {
    "picked": "Pris. Flèches pour choisir, N pour la meilleure place, Entrée pour déposer, Échap pour remettre.",
    "putBack": "Remis en place.",
    "choose": "Ces entretiens se déplacent un par un : Entrée, puis « Déplacer… ».",
    "nothingHere": "Rien n’est placé dans cette case : les flèches mènent aux autres.",
    "nowhere": "Aucune autre place sans règle enfreinte.",
    "close": "Fermer",
    "alsoHere": "{who} travaille aussi sur ce planning.",
    "copied": "Copié",
    "minutes": "{n} min {s} s",
    "seconds": "{s} s",
    "underWay": "En cours…",
    "unreachable": "Le service ne répond pas : recommencez dans un instant.",
    "computed": "Le planning est calculé.",
}


def script_words() -> str:
    """Names to sentences, as JSON."""
    return msgspec.json.encode({name: gettext(words) for name, words in WORDS.items()}).decode()
