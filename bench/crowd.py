"""A territory as large as wanted: the example's facts side by side several times, each under codes of its own."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from db.records.facts import FactSet
from service.facts_file.records import MonthFacts

LETTERED = re.compile(r"[A-Z]{2}(\d{4})?")
ONCE = ("programmes", "holidays")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def crowded(month: MonthFacts, times: int) -> MonthFacts:
    """The same month for a team `times` as large, at `times` as many places."""
    codes = frozenset(_codes(month.facts))
    kinds = {name: list(getattr(month.facts, name) or ()) for name in FactSet.__struct_fields__}
    pins = list(month.pins)
    for copy in range(1, times):
        for name, found in kinds.items():
            if name not in ONCE:
                found += _renamed(getattr(month.facts, name) or (), codes, copy)
        pins += _renamed(month.pins, codes, copy)
    values = {name: tuple(found) or getattr(month.facts, name) for name, found in kinds.items()}
    return MonthFacts(**{**vars(month), "facts": FactSet(**values), "pins": tuple(pins)})


def _codes(facts: FactSet) -> Iterable[str]:
    """Codes of everything that is there several times."""
    for name in FactSet.__struct_fields__:
        if name not in ONCE:
            yield from (one.code for one in getattr(facts, name) or () if getattr(one, "code", ""))


def _renamed(found: Iterable[msgspec.Struct], codes: frozenset[str], copy: int) -> list[Any]:
    return [msgspec.convert(_walk(msgspec.to_builtins(one), codes, copy), type(one)) for one in found]


def _walk(value: Any, codes: frozenset[str], copy: int) -> Any:
    if isinstance(value, Mapping):
        return {key: _walk(one, codes, copy) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(one, codes, copy) for one in value]
    if not isinstance(value, str):
        return value
    return ":".join(_word(part, codes, copy) for part in value.split(":"))


def _word(word: str, codes: frozenset[str], copy: int) -> str:
    """A code whole, or what it is made of; other words stay."""
    made = "".join(_other(part, copy) if part in codes else part for part in re.split(r"([/ ])", word))
    return _other(word, copy) if word in codes and made == word else made


def _other(code: str, copy: int) -> str:
    """References and initials stay such: their first letter turns; other codes get a number."""
    if LETTERED.fullmatch(code):
        return LETTERS[(LETTERS.index(code[0]) + 3 * copy) % 26] + code[1:]
    return f"{code}{copy + 1}"
