"""The texts of the interface: French sentences, ready to be translated through gettext catalogues.

Messages are written in French with plain spaces; what is shown has the non-breaking spaces that
French asks for before : ; ? ! and inside numbers. Catalogues are `locale/<language>/LC_MESSAGES/*.po`,
read as they are: nothing to compile.
"""

import re
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LOCALE = Path(__file__).parent / "locale"
LANGUAGE = "fr"
NBSP = "\N{NO-BREAK SPACE}"
MOST_KEPT = 4096
"""Sentences kept as they are shown: they name people, and are without end."""
_BEFORE = re.compile(r" (?=[:;?!»%](?!\())|(?<=«) |(?<=n°) |(?<=\d) (?=h\b|min\b|s\b|€)|(?<=\bh) (?=\d)")


@cache
def translations(language: str = LANGUAGE) -> NullTranslations:
    """The merged catalogues of a language; an empty one answers every message with itself."""
    merged = Translations()
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        merged.merge(_read(path, language))
    return merged


def _read(path: Path, language: str) -> Translations:
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


@lru_cache(MOST_KEPT)
def typographic(text: str) -> str:
    """Puts French non-breaking spaces where the plain text has ordinary ones."""
    return _BEFORE.sub(NBSP, text)


@cache
def gettext(message: str) -> str:
    return typographic(str(translations().gettext(message)))


def ngettext(singular: str, plural: str, count: int) -> str:
    """French counts 0 and 1 as one."""
    return typographic(str(translations().ngettext(singular, plural, count if count else 1)))


def text(message: str, **fields: object) -> str:
    """A message of the catalogue with its `{fields}` filled in."""
    return typographic(gettext(message).format(**fields))


def counted(singular: str, plural: str, count: int, **fields: object) -> str:
    """`counted("{n} lieu", "{n} lieux", 2)` is "2 lieux"; `fields` fill what else the message names."""
    return typographic(ngettext(singular, plural, count).format(n=count, **fields))
