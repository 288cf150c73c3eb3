"""What may be typed about a participant: references that tell nothing, notes without name, health or offence.

Each function answers with the fault in French, or None. A fault never quotes what was typed.
"""

import re
import unicodedata

from db.records.base import Fact
from db.records.participant import Participant
from service.catalogue import text
from service.errors import BadInput

REFERENCE = re.compile(r"^[A-Z]{2}[0-9]{4}\Z")
LONGEST_NOTE = 80
_DATE = re.compile(r"\b\d{1,2}[/.\- ]\d{1,2}[/.\- ](19|20)?\d{2}\b|\b(19|20)\d{2}-\d{2}-\d{2}\b|\b\d{8}\b")
_NUMBER = re.compile(r"\b[a-z]?\d{5,}\b|ecrou|numero de dossier", re.IGNORECASE)
_CIVILITY = re.compile(r"\b(m\.|mr|mme|mlle|monsieur|madame|nom|prenom|ne le|nee le)(?=\W|$)", re.IGNORECASE)
_TWO_NAMES = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:[ -][A-ZÀ-Ý][a-zà-ÿ]{2,}|\s+[A-ZÀ-Ý]{3,})\b")
_LETTERS = re.compile(r"^[^\W\d_]+([ '’-][^\W\d_]+)*\.?$")
_CONTACT = re.compile(r"@|\b0[1-9](?:[ .]?\d{2}){4}\b|\+33")
_HEALTH = [
    "sante",
    "malad",
    "medec",
    "medic",
    "traitement",
    "hopital",
    "psych",
    "addict",
    "alcool",
    "drogue",
    "toxico",
    "handicap",
    "enceinte",
    "suicid",
    "depress",
    "vih",
    "soins",
    "therap",
]
_OFFENCE = [
    "condamn",
    "infraction",
    "delit",
    "crime",
    "peine",
    "vol",
    "violence",
    "stup",
    "viol",
    "agression",
    "trafic",
    "recidiv",
    "detenu",
    "detention",
    "ecroue",
    "bracelet",
    "juge",
    "tribunal",
    "jap",
    "prison",
    "incarcer",
    "victime",
]
_HEALTH_WORDS = re.compile(rf"\b({'|'.join(_HEALTH)})", re.IGNORECASE)
_OFFENCE_WORDS = re.compile(
    rf"\b({'|'.join(word for word in _OFFENCE if word not in ('vol', 'viol', 'jap'))}|vols?\b|viols?\b|jap\b)",
    re.IGNORECASE,
)


def fault_of_reference(typed: str) -> str | None:
    """What is wrong with a reference typed by hand: only what escale gives tells nothing."""
    if REFERENCE.match(typed):
        return None
    if _DATE.search(typed):
        return text("cela ressemble à une date de naissance")
    if _NUMBER.search(_plain(typed)) or typed.strip().isdigit():
        return text("cela ressemble à un numéro d’écrou ou de dossier")
    if _LETTERS.match(typed.strip()) or _CIVILITY.search(_plain(typed)):
        return text("cela ressemble à un nom")
    return text("une référence a deux capitales et quatre chiffres")


def fault_of_note(typed: str) -> str | None:
    """What is wrong with the practical note: « apporter CV » is what it is for."""
    plain = _plain(typed)
    if len(typed) > LONGEST_NOTE:
        return text("{most} caractères au plus", most=LONGEST_NOTE)
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in typed):
        return text("contient un caractère qui ne s’affiche pas")
    if _identifies(typed):
        return text("cela ressemble à un nom, une date de naissance, des coordonnées ou un numéro d’écrou")
    if _HEALTH_WORDS.search(plain):
        return text("rien sur la santé")
    if _OFFENCE_WORDS.search(plain):
        return text("rien sur la condamnation ni la détention")
    return None


def refuse_telling(record: Fact) -> None:
    """Raises `BadInput` on a participant whose reference or note tells who it is, whatever way it came in."""
    if not isinstance(record, Participant):
        return
    fault = fault_of_reference(record.code)
    if fault is not None:
        raise BadInput(f"Référence : {fault}.")
    fault = fault_of_note(record.practical_note)
    if fault is not None:
        raise BadInput(f"Note pratique : {fault}.")


def _identifies(typed: str) -> bool:
    plain = _plain(typed)
    return bool(
        _DATE.search(typed)
        or _NUMBER.search(plain)
        or _CIVILITY.search(plain)
        or _TWO_NAMES.search(typed)
        or _CONTACT.search(typed)
    )


def _plain(typed: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", typed)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
