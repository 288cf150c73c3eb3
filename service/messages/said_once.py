"""Two things at one hour leave no way between them either: that is said once."""

from collections.abc import Iterable

from planner.breach import Breach

EXCLUDED = ("two_presences", "occupied")


def said_once(breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """In their order, without the travel that is short between two things that exclude each other anyway."""
    found = tuple(breaches)
    excluded = {_two(one, " + ") for one in found if one.code in EXCLUDED}
    return tuple(one for one in found if one.code != "travel" or _two(one, " > ") not in excluded)


def _two(breach: Breach, sign: str) -> tuple[object, ...]:
    return breach.about, breach.on, frozenset(breach.fact.split(sign))
