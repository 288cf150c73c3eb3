"""What an answer shows of participants: found by their references, whoever wrote the handler; withheld where it must be."""

import re
from collections.abc import Collection
from typing import Any

import msgspec

REFERENCE = re.compile(r"[A-Z](?<=\b[A-Z])[A-Z]\d{4}\b")
"""Begins with a letter, not with an edge: a whole page is searched three times as fast."""
_WRITTEN = re.compile(REFERENCE.pattern, re.IGNORECASE)
WITHHELD = "(référence)"


def references_in(content: Any) -> tuple[str, ...]:
    """Each once, in order; `content` is text, bytes, or what becomes JSON."""
    return tuple(sorted(set(REFERENCE.findall(_text_of(content)))))


def without_references(content: Any, but: Collection[str] = ()) -> Any:
    """The same with every reference replaced, in codes made of it too, `but` some; plain JSON values."""

    def withheld(found: re.Match[str]) -> str:
        return found[0] if found[0].upper() in but else WITHHELD

    return msgspec.json.decode(_WRITTEN.sub(withheld, _text_of(content)))


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, bytes):
        return content.decode(errors="replace")
    return msgspec.json.encode(content, enc_hook=str).decode()
