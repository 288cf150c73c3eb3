"""What each person carries of the four shared burdens, against their fair share."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import signed
from service.pages.board.activities import Activity
from service.pages.board.calendar import Half
from service.pages.board.cells import Count

KINDS = ("permanences", "far", "edges", "sessions")
CARRIED = {
    "permanences": ("{n} permanence", "{n} permanences"),
    "far": ("{n} lieu éloigné", "{n} lieux éloignés"),
    "edges": ("{n} lundi matin ou vendredi après-midi", "{n} lundis matin ou vendredis après-midi"),
    "sessions": ("{n} séance", "{n} séances"),
}


def counts(
    problem: Problem, found: list[Activity], available: dict[str, set[Half]]
) -> dict[str, tuple[Count, ...]]:
    """By person, the four counts in the order of `KINDS`; the ledger of earlier months is included."""
    turns = {kind: carried(kind, problem, found) for kind in KINDS}
    most = max((len(halves) for halves in available.values()), default=0)
    weights = {code: max(1, 100 * len(halves) // most) for code, halves in available.items() if halves}
    whole = sum(weights.values())
    ledgers = {person.id: person.ledger for person in problem.staff}
    return {
        person.id: tuple(
            _count(turns[kind], kind, person.id, weights.get(person.id, 0) / whole if whole else 0.0, ledgers)
            for kind in KINDS
        )
        for person in problem.staff
    }


def shifted(problem: Problem, before: list[Activity], after: list[Activity]) -> dict[str, str]:
    """By person whose load is another afterwards, in words: 5 permanences au lieu de 4."""
    told: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        old, new = carried(kind, problem, before), carried(kind, problem, after)
        for person in sorted(old.keys() | new.keys()):
            if old[person] != new[person]:
                now = counted(*CARRIED[kind], new[person])
                told[person].append(text("{now} au lieu de {before}", now=now, before=old[person]))
    return {person: ", ".join(words) for person, words in told.items()}


def _count(
    carried: Counter[str], kind: str, person: str, share: float, ledgers: dict[str, dict[str, int]]
) -> Count:
    owed = ledgers[person].get(kind, 0) / 100
    deviation = round(carried[person] - share * carried.total() + owed, 1) if share else 0.0
    words = text("{value} par rapport à la juste part", value=signed(deviation, 1))
    return Count(count=carried[person], deviation=deviation, words=words)


def carried(kind: str, problem: Problem, found: Iterable[Activity]) -> Counter[str]:
    """How many of one of `KINDS` each person has."""
    far = {site.id for site in problem.sites if site.far}
    weigh: dict[str, Callable[[Activity], int]] = {
        "permanences": lambda one: len(one.halves) if one.kind == "permanence" else 0,
        "far": lambda one: int(one.kind in ("permanence", "promotion", "workshop") and one.site in far),
        "edges": lambda one: int(
            one.kind in ("permanence", "promotion", "workshop") and _at_an_edge(one.on, one)
        ),
        "sessions": lambda one: int(one.kind in ("promotion", "workshop")),
    }
    turns: Counter[str] = Counter()
    for one in found:
        for person in one.staff:
            turns[person] += weigh[kind](one)
    return turns


def _at_an_edge(on: date, one: Activity) -> bool:
    return (on.weekday() == 0 and "am" in one.halves) or (on.weekday() == 4 and "pm" in one.halves)
