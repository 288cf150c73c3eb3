"""Forms that are filled in from an address: what stood there when one was shown, so that nobody overwrites what they never saw."""

from hashlib import sha256

from db.records.facts import Facts
from service.pages.facts.resource import Resource
from service.pages.forms import Typed

SEEN = "seen"
"""The name under which a form sends back what it was shown with."""
EVERY = "each."
"""Before the marks of every part that could be named: pairs of one of what names it and one of what is noted."""
LENGTH = 12


def seen_now(kind: Resource, typed: Typed, facts: Facts) -> str:
    """A mark of what the answers name and of what is noted of it; a pair for each part where any may still be named."""
    if kind.present is None:
        return ""
    if kind.noted is not None:
        return EVERY + "".join(_pair(named, shown) for named, shown in kind.noted(facts).items())
    named = _named(kind, typed)
    return _pair(named, kind.present(typed, facts)) if all(named) else ""


def is_overtaken(seen: str, kind: Resource, typed: Typed, facts: Facts) -> bool:
    """Whether what the answers name was shown otherwise than it is now, or was noted by somebody since."""
    if not seen or kind.present is None:
        return False
    now, shown = kind.present(typed, facts), _shown(seen).get(_mark(_named(kind, typed)))
    if kind.noted is None:
        return shown is not None and shown != _mark_of(now)
    return (shown or _mark_of({})) != _mark_of(now) and _is_noted_otherwise(now, typed)


def _named(kind: Resource, typed: Typed) -> tuple[str, ...]:
    return tuple(" ".join(typed.get(name, ())).strip() for name in kind.names)


def _is_noted_otherwise(now: Typed, typed: Typed) -> bool:
    return not now or any(
        tuple(words) != tuple(filter(None, typed.get(name, ()))) for name, words in now.items()
    )


def _shown(seen: str) -> dict[str, str]:
    """The marks that a form sent back, by those of what they are of."""
    marks = seen.removeprefix(EVERY)
    starts = range(0, len(marks), 2 * LENGTH)
    return {marks[at : at + LENGTH]: marks[at + LENGTH : at + 2 * LENGTH] for at in starts}


def _pair(named: tuple[str, ...], shown: Typed) -> str:
    return f"{_mark(named)}{_mark_of(shown)}"


def _mark_of(shown: Typed) -> str:
    return _mark(sorted(shown.items()))


def _mark(words: object) -> str:
    return sha256(repr(words).encode()).hexdigest()[:LENGTH]
