"""What happened to a draft between its making and its publication that is no broken rule, in French."""

from datetime import date

from service.catalogue import counted, text
from service.french_text import day_date, half_day
from service.messages.assignment_words import Things

MEANWHILE = {
    "unknown": "Ce brouillon nomme ce que les données ne connaissent plus, le tableau dit où : il ne peut pas être vérifié",
    "place_taken": "Une place de ce brouillon vient d’être prise par quelqu’un d’autre",
    "claimed": "Une personne de ce brouillon vient d’être engagée ailleurs au même moment",
}
"""By the code of what no longer holds, or by its rule."""


def meanwhile_sentence(rule: str, code: str) -> str:
    """Empty of a broken rule."""
    known = MEANWHILE.get(code) or MEANWHILE.get(rule)
    return f"{text(known)}." if known else ""


def called_off_sentence(about: str, on: date, things: Things) -> str:
    return text(
        "Annulation depuis que ce brouillon est fait : {what}, {day}. Pour publier, retirez ce rendez-vous du brouillon ou replanifiez ; pour le maintenir, retirez-le puis remettez-le à la main.",
        what=things.named(about),
        day=day_date(on),
    )


def booked_sentence(cadence: str, on: date, half: str, count: int, things: Things) -> str:
    """Of a permanence that a draft has no more, and the places of it that partners hold or booked."""
    return text(
        "{what}, {day}, {half} : ce brouillon n’a plus cette permanence, où {places}. Pour publier, remettez-la, ou annulez-la d’abord dans ce qui est publié : les partenaires en sont prévenus.",
        what=things.named(cadence),
        day=day_date(on),
        half=half_day("pm" if half == "pm" else "am"),
        places=counted(
            "{n} place est tenue par un partenaire", "{n} places sont tenues par des partenaires", count
        ),
    )
