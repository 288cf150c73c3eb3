"""Forms that are filled in from an address: what stood there when one was shown, so that nobody overwrites what they never saw."""

from hashlib import sha256

from db.records.facts import Facts
from service.pages.facts.resource import Resource
from service.pages.forms import Typed

SEEN = "seen"
"""The name under which a form sends back what it was shown with."""
UNNAMED = "any"
"""In the place of what is named, where nothing was yet."""


def seen_now(kind: Resource, typed: Typed, facts: Facts) -> str:
    """A mark of what the answers name and of what is noted of it; of all that could be named where nothing is yet."""
    named = [typed.get(name, ()) for name in kind.names]
    if kind.present is None:
        return ""
    if not all("".join(words) for words in named):
        return f"{UNNAMED}.{_mark(kind.around(facts))}" if kind.around is not None else ""
    return f"{_mark(named)}.{_mark(sorted(kind.present(typed, facts).items()))}"


def is_overtaken(seen: str, kind: Resource, typed: Typed, facts: Facts) -> bool:
    """Whether what the answers name was shown otherwise than it is now, or was noted by somebody since."""
    named, _, shown = seen.partition(".")
    if named == UNNAMED:
        is_other = kind.around is not None and shown != _mark(kind.around(facts))
        return is_other and _is_noted_otherwise(kind, typed, facts)
    now_named, _, now = seen_now(kind, typed, facts).partition(".")
    return bool(seen) and named == now_named and shown != now


def _is_noted_otherwise(kind: Resource, typed: Typed, facts: Facts) -> bool:
    noted = kind.present(typed, facts) if kind.present else {}
    return any(words != tuple(filter(None, typed.get(name, ()))) for name, words in noted.items())


def _mark(words: object) -> str:
    return sha256(repr(words).encode()).hexdigest()[:16]
