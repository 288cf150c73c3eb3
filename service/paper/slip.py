"""The words of the slip that a person takes along: two on one sheet, one to keep, one to hand on."""

import msgspec

from service.catalogue import text
from service.partners.ready_text import Ready


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """What both halves show; `lines` are (head, words)."""

    title: str
    day: str
    hour: str
    lines: tuple[tuple[str, str], ...]
    foot: str


def slip(words: Ready) -> Slip:
    lines = (
        (text("Où"), words.place),
        (text("Adresse"), words.address),
        (text("Pour venir"), words.directions),
        (text("En cas d’empêchement"), words.contact),
    )
    return Slip(
        title=text("Votre rendez-vous"),
        day=words.day,
        hour=words.hour,
        lines=tuple(line for line in lines if line[1]),
        foot=text("Merci de prévenir si vous ne pouvez pas venir : une autre date vous sera proposée."),
    )
