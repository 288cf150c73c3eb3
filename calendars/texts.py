"""The French texts of events and of import warnings: the message catalogue of this room."""

from datetime import datetime
from typing import Final

NBSP: Final = "\N{NO-BREAK SPACE}"

CANCELLED: Final = "Annulé : "
CHANGED: Final = "Modifié : "

EVENT: Final[dict[str, str]] = {
    "permanence": "Permanence · {place} · {taken}/{all}",
    "interview": "Entretien · {place}",
    "session": "{kind} · {place} · {title}",
    "session_elsewhere": "{kind} · {title}",
    "session_title": "{position}/{count} {title}",
    "office": "Bureau (suivis)",
    "protected": "Temps protégé",
    "closure": "Fermé · {place}",
    "free_place": "Place libre · {place}",
    "orientation": "Orientation · {place}",
    "by_telephone": "téléphone",
    "by_video": "visio",
    "at_office": "Bureau",
    "somewhere": "sur place",
}

LINE: Final[dict[str, str]] = {
    "taken": "Places prises : {times}",
    "none_taken": "Aucune place prise",
    "count_taken": "Places prises : {taken}/{all}",
    "with": "Avec : {staff}",
    "present": "Présence : {staff}",
    "phone": "Téléphone du site : {phone}",
    "phones_outside": "Pas de téléphone à l'intérieur : imprimer la feuille",
    "room": "Salle : {room}",
    "animators": "Animation : {staff}",
    "speaker": "Intervention : {speaker}",
    "place": "Lieu : {place}",
    "kind": "Entretien : {kind}",
    "length": "Durée : {minutes} minutes",
    "reference": "Référence : {reference}",
    "label": "Repère : {label}",
    "book": "Place à réserver sur la page",
}

KIND: Final[dict[str, str]] = {"diagnostic": "diagnostic", "suivi": "suivi", "bilan": "bilan"}

CANCELLED_BY: Final[dict[str, str]] = {
    "us": "Annulé par l'équipe",
    "site": "Annulé par le site",
    "person": "Annulé par la personne",
    "partner": "Annulé par le partenaire",
    "replaced": "Présence confiée à quelqu'un d'autre",
}


def clock(at: datetime) -> str:
    """9 h 05, with spaces that do not break, in the zone the instant carries."""
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02d}"
