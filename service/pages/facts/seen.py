"""Forms that are filled in from an address: what stood there when one was shown, so that nobody overwrites what they never saw."""

from hashlib import sha256

from db.records.facts import Facts
from service.pages.facts.resource import Resource
from service.pages.forms import Typed

SEEN = "seen"
"""The name under which a form sends back what it was shown with."""


def seen_now(kind: Resource, typed: Typed, facts: Facts) -> str:
    """A mark of what the answers name and of what is noted of it; empty where nothing is named."""
    named = [typed.get(name, ()) for name in kind.names]
    if kind.present is None or not all(named):
        return ""
    return f"{_mark(named)}.{_mark(sorted(kind.present(typed, facts).items()))}"


def is_overtaken(seen: str, now: str) -> bool:
    """Whether the same thing was shown otherwise than it is now."""
    named, _, shown = seen.partition(".")
    return bool(seen and now) and named == now.partition(".")[0] and shown != now.partition(".")[2]


def _mark(words: object) -> str:
    return sha256(repr(words).encode()).hexdigest()[:16]
