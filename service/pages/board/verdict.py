"""The strip of goals: what each is worth, and whether it could be better."""

from typing import Literal

import msgspec

from planner.plan import LEVEL_NAMES, Level, Plan
from service.catalogue import gettext, text
from service.messages.levels import gap, gap_words, is_proven, level_title

State = Literal["proved", "gap", "not_reached"]
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Non placés", ("unmet_sessions", "unmet_permanences", "unmet_urgent", "unmet_rest")),
    ("Changements", ("changes",)),
    ("Continuité", ("continuity",)),
    ("Équité", ("fairness",)),
    ("Confort", ("comfort",)),
)


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """One goal of the strip, or one level of the details."""

    rank: int
    name: str
    value: int
    bound: int
    state: State
    words: str
    """prouvé; écart 0,6 %; pas encore calculé"""


def unplaced_count(plan: Plan) -> int:
    return sum(one.count for one in plan.unplaced)


def state(level: Level) -> State:
    if is_proven(level):
        return "proved"
    return "gap" if level.status == "bounded" else "not_reached"


def goals(plan: Plan) -> tuple[Goal, ...]:
    """The eight levels under five words; what is not placed is counted in needs, not in weights."""
    levels = {level.name: level for level in plan.levels}
    strip = []
    for rank, (name, members) in enumerate(GROUPS, 1):
        found = [levels[member] for member in members if member in levels]
        value = unplaced_count(plan) if rank == 1 else sum(level.value for level in found)
        strip.append(_goal(rank, gettext(name), found, value))
    return tuple(strip)


def details(plan: Plan) -> tuple[Goal, ...]:
    """The eight levels, each for itself, in their order."""
    levels = {level.name: level for level in plan.levels}
    return tuple(
        _goal(rank, level_title(name), [levels[name]], levels[name].value)
        for rank, name in enumerate(LEVEL_NAMES, 1)
        if name in levels
    )


def _goal(rank: int, name: str, found: list[Level], value: int) -> Goal:
    states = [state(level) for level in found]
    bound = sum(level.bound for level in found)
    if not states or "not_reached" in states:
        return Goal(
            rank=rank, name=name, value=value, bound=bound, state="not_reached", words=text("pas de preuve")
        )
    if "gap" in states:
        widest = max(found, key=gap)
        words = gap_words(widest.value, widest.bound)
        return Goal(rank=rank, name=name, value=value, bound=bound, state="gap", words=words)
    return Goal(rank=rank, name=name, value=value, bound=bound, state="proved", words=text("prouvé"))
