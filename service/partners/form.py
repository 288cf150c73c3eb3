"""What an officer types to orient a person, checked: a label that tells nobody who it is, who to call back."""

import re
from collections.abc import Callable
from datetime import date

import msgspec

from service.catalogue import text
from service.partners.errors import WrongForm
from service.partners.settings import PartnerSettings

LONGEST_LABEL = 12
_SIGNS = re.compile(r"[A-Za-z0-9À-ÿ][A-Za-z0-9À-ÿ ./_-]*")
_WORD = re.compile(r"[^\W\d_]{4,}|[^\W\d_]*[a-zà-ÿ][^\W\d_]{2,}|[^\W\d_]{2,}[a-zà-ÿ]")
_ONLY_LETTERS = re.compile(r"[^\W\d_][^\d]{2,}")
_BIRTH_DATE = re.compile(
    r"(0[1-9]|[12]\d|3[01])[ ./_-]?(0[1-9]|1[0-2])[ ./_-]?(19|20)?\d\d|(19|20)\d\d[ ./_-]?(0[1-9]|1[0-2])[ ./_-]?(0[1-9]|[12]\d|3[01])"
)
_REGISTER_NUMBER = re.compile(r"\d{5,7}[ ./_-]?[A-Za-z]?")
_INITIALS = re.compile(r"[^\W\d_]{1,2}([. -]{0,2}[^\W\d_]{1,2}){0,3}\.?")


class OrientationForm(msgspec.Struct, frozen=True, kw_only=True):
    """`need` is a code of the territory's list; `leave_by_on` is by when the autorisation de sortie is asked."""

    label: str
    need: str
    officer: str
    officer_phone: str
    asks_leave: bool = False
    leave_by_on: date | None = None


def checked(form: OrientationForm, settings: PartnerSettings) -> OrientationForm:
    """The form with its spaces tidied. Raises `WrongForm` with every problem."""
    tidy = msgspec.structs.replace(
        form,
        label=" ".join(form.label.split()),
        officer=" ".join(form.officer.split()),
        officer_phone=" ".join(form.officer_phone.split()),
        leave_by_on=form.leave_by_on if form.asks_leave else None,
    )
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("label", lambda: label_problem(tidy.label)),
        ("need", lambda: "" if tidy.need in settings.needs else text("Choisissez un besoin dans la liste.")),
        ("officer", lambda: _initials_problem(tidy.officer)),
        ("officer_phone", lambda: _phone_problem(tidy.officer_phone)),
    )
    problems = [(field, found) for field, check in checks if (found := check())]
    if problems:
        raise WrongForm(problems)
    return tidy


def label_problem(label: str) -> str:
    """Why a label is refused, empty when it is good."""
    if not label:
        return text("Donnez votre référence de la personne.")
    if len(label) > LONGEST_LABEL:
        return text("Douze caractères au plus.")
    if not _SIGNS.fullmatch(label):
        return text("Des lettres, des chiffres, un tiret : rien d’autre.")
    if _BIRTH_DATE.fullmatch(label):
        return text("Cela ressemble à une date de naissance : prenez une référence à vous.")
    if _REGISTER_NUMBER.fullmatch(label):
        return text("Cela ressemble à un numéro d’écrou : prenez une référence à vous.")
    if _WORD.search(label) or _ONLY_LETTERS.fullmatch(label):
        return text("Cela ressemble à un nom : prenez une référence à vous, par exemple 94-1211.")
    return ""


def _initials_problem(officer: str) -> str:
    if _INITIALS.fullmatch(officer) and len(officer) <= 12:
        return ""
    return text("Signez de vos initiales, par exemple M.D.")


def _phone_problem(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    if 10 <= len(digits) <= 15 and re.fullmatch(r"\+?[\d ().-]+", phone):
        return ""
    return text("Écrivez un numéro de téléphone complet, par exemple 01 45 67 89 10.")
