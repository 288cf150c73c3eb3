"""Forms in words: fields, what was typed, what it means, and what is to be corrected.

What was typed is always kept; a message says in French which field and why.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from service.catalogue import text
from service.hidden_signs import SHOWN, hidden_sign
from service.mail.outbox import is_address
from service.pages.asked_days import YEARS

FieldKind = Literal[
    "text",
    "tel",
    "email",
    "url",
    "password",
    "number",
    "date",
    "time",
    "select",
    "search",
    "radios",
    "checks",
    "textarea",
    "halves",
    "pattern",
]
Typed = Mapping[str, tuple[str, ...]]
LONGEST = 200
DIGITS = re.compile(r"[+-]?\d+")
TELEPHONE = re.compile(r"[^<>]*\d[^<>]*\d[^<>]*")
DAY_TYPED = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
HOUR_WORD = re.compile(r"h(?:eures?|rs?)?")
BREAKS = SHOWN | {"\r"}
"""Forms send a line break as two signs."""
TAB = frozenset("\t")


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `options` are pairs of a code and its words; `least` and `most` bound a number.

    A `search` is a choice among many: typed in words, or in enough of them that one option alone holds.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    required: bool = False
    one_of: bool = False
    """Of these fields of a form one is to be filled, and only one."""
    options: tuple[tuple[str, str], ...] = ()
    default: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000
    longest: int = LONGEST
    wide: bool = False
    more: bool = False
    """Folded away on an empty form: its usual answer is nearly always right."""
    autocomplete: str = ""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    label: str
    message: str


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a form means. `values` hold a name only when its field could be read."""

    typed: Typed
    values: dict[str, Any]
    problems: tuple[Problem, ...]

    def with_problem(self, field: str, label: str, message: str) -> "Answers":
        problem = Problem(field=field, label=label, message=message)
        return msgspec.structs.replace(self, problems=(*self.problems, problem))

    def at(self, field: str) -> str:
        """What is wrong with a field; empty when nothing is."""
        return next((one.message for one in self.problems if one.field == field), "")

    def or_else(self, field: Field, message: str) -> "Answers":
        """With that problem at a field, unless something is wrong already."""
        return self if self.problems else self.with_problem(field.name, field.label, message)


NOTHING_TYPED = Answers(typed={}, values={}, problems=())


class Refused(Exception):
    """The message for the field."""


def untouched(fields: tuple[Field, ...], values: Mapping[str, tuple[str, ...]] | None = None) -> Typed:
    """What a form shows before anybody types: the given values, else the defaults."""
    given = values or {}
    return {field.name: given.get(field.name, field.default) for field in fields}


def read(fields: tuple[Field, ...], sent: Mapping[str, list[str]]) -> Answers:
    """Reads what was sent. Names that are no field are left aside."""
    typed = {field.name: tuple(word.strip() for word in sent.get(field.name, [])) for field in fields}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        try:
            values[field.name] = _value(field, typed[field.name])
        except Refused as error:
            problems.append(Problem(field=field.name, label=field.label, message=str(error)))
    return Answers(typed=typed, values=values, problems=tuple(problems))


def _value(field: Field, typed: tuple[str, ...]) -> Any:
    if field.kind in ("checks", "halves"):
        return _chosen(field, typed)
    shown = BREAKS if field.kind == "textarea" else TAB
    sign = next((found for one in typed if (found := hidden_sign(one, but=shown))), "")
    if sign:
        raise Refused(text("contient un caractère qui ne s’affiche pas ({sign})", sign=sign))
    if field.kind == "pattern":
        return typed
    word = typed[0] if typed else ""
    if not word:
        if field.required:
            raise Refused(text("à choisir") if field.kind == "select" else text("à remplir"))
        return None if field.kind in ("number", "date") else ""
    if len(word) > field.longest:
        raise Refused(text("{most} caractères au plus", most=field.longest))
    return READERS.get(field.kind, _as_is)(field, word)


def _chosen(field: Field, typed: tuple[str, ...]) -> tuple[str, ...]:
    allowed = {code for code, _ in field.options}
    unknown = [word for word in typed if word not in allowed]
    if unknown:
        raise Refused(text("ce choix n’existe pas"))
    if field.required and not typed:
        raise Refused(text("choisissez au moins une réponse"))
    return typed


def _as_is(_: Field, word: str) -> str:
    return word


def day_typed(word: str) -> date:
    """As a date field sends it, or as one types it where a browser has no such field: 14/12/2026. Raises `ValueError`."""
    typed = DAY_TYPED.fullmatch(word.strip())
    if typed is None:
        return date.fromisoformat(word)
    day, month, year = map(int, typed.groups())
    return date(year, month, day)


def _number(field: Field, word: str) -> int:
    if not DIGITS.fullmatch(word):
        raise Refused(text("un nombre entier est attendu"))
    value = int(word)
    if not field.least <= value <= field.most:
        raise Refused(text("un nombre de {least} à {most} est attendu", least=field.least, most=field.most))
    return value


def _date(_: Field, word: str) -> date:
    try:
        value = day_typed(word)
    except ValueError:
        raise Refused(text("une date est attendue, par exemple 14/12/2026")) from None
    if value.year not in YEARS:
        raise Refused(text("cette date est trop lointaine"))
    return value


def _hour(_: Field, word: str) -> str:
    hour = hour_of(word)
    if hour is None:
        raise Refused(text("une heure est attendue, par exemple 09:30"))
    return hour


def hour_of(word: str) -> str | None:
    """09:30 of what people write: 9h30, 9 h 30, 9:30, 9h, 9 heures, 9; None when it is no hour of a day."""
    bare = "".join(word.lower().split())
    hours, _, minutes = HOUR_WORD.sub(":", bare).partition(":")
    if not (
        hours.isdecimal() and len(hours) <= 2 and (not minutes or (minutes.isdecimal() and len(minutes) == 2))
    ):
        return None
    found = f"{hours.zfill(2)}:{minutes or '00'}"
    return found if found < "24:00" and found[3] < "6" else None


def _option(field: Field, word: str) -> str:
    if word not in {code for code, _ in field.options}:
        raise Refused(text("ce choix n’existe pas"))
    return word


def _found(field: Field, word: str) -> str:
    sought = _plain(word)
    exact = [code for code, words in field.options if sought in (_plain(code), _plain(words))]
    found = exact or [code for code, words in field.options if sought in _plain(words)]
    if len(found) > 1:
        raise Refused(text("{n} réponses contiennent ces mots : précisez", n=len(found)))
    if not found:
        raise Refused(text("ce choix n’existe pas"))
    return found[0]


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _email(_: Field, word: str) -> str:
    if not is_address(word) or "." not in word.partition("@")[2]:
        raise Refused(text("une adresse est attendue, par exemple prenom@exemple.fr"))
    return word


def _telephone(_: Field, word: str) -> str:
    """As people write it, with what helps to reach somebody: 01 45 67 89 10, poste 12; 115."""
    if not TELEPHONE.fullmatch(word):
        raise Refused(text("un numéro de téléphone est attendu, par exemple 01 45 67 89 10"))
    return word


def _written(field: Field, word: str) -> str:
    """What names something has a letter or a figure in it: signs alone are found by nobody."""
    if field.required and not any(sign.isalnum() for sign in word):
        raise Refused(text("écrivez au moins une lettre ou un chiffre"))
    return word


READERS = {
    "text": _written,
    "tel": _telephone,
    "number": _number,
    "date": _date,
    "time": _hour,
    "select": _option,
    "search": _found,
    "radios": _option,
    "email": _email,
}
