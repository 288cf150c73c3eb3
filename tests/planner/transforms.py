"""The same month under other names, in another order, four weeks later, and one of which people pinned half-days."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from planner.generate.chances import HALF_DAYS, dates
from planner.problem import Pin, Problem

DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")
ORDERED = ("sequences", "cadences")
"""Lists whose order is a fact: the steps of a promotion, the first cadence of a site."""


def renamed(problem: Problem, seed: int) -> Problem:
    """Staff and participants under other ids, in another alphabetical order."""
    people = [one.id for one in (*problem.staff, *problem.participants)]
    others = [f"personne {index:03d}" for index in range(len(people))]
    Random(seed).shuffle(others)
    names = dict(zip(people, others, strict=True))
    return _walked(problem, lambda text: names.get(text, text))


def shuffled(problem: Problem, seed: int) -> Problem:
    """Every list whose order says nothing, in another order."""
    dice = Random(seed)

    def mixed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: mixed(part, name) for name, part in value.items()}
        if isinstance(value, list | tuple):
            parts = [mixed(part, key) for part in value]
            if key not in ORDERED:
                dice.shuffle(parts)
            return parts
        return value

    return _as_problem(mixed(msgspec.to_builtins(problem)))


def four_weeks_later(problem: Problem) -> Problem:
    """Every date and instant 28 days later at the same local hour."""
    zone, days = ZoneInfo(problem.zone), timedelta(days=28)

    def later(text: str) -> str:
        if DATE.match(text):
            return (date.fromisoformat(text) + days).isoformat()
        if INSTANT.match(text):
            local = datetime.fromisoformat(text).astimezone(zone).replace(tzinfo=None) + days
            return local.replace(tzinfo=zone).isoformat()
        return text

    return _walked(problem, later)


def half_pinned(problem: Problem, seed: int) -> Problem:
    """Every permanence asked for whole days, half of one of which people pinned; nothing published or booked."""
    dice, replace = Random(seed), msgspec.structs.replace
    asking = {one.id: replace(one, length="day") for one in problem.cadences if one.kind == "permanence"}
    pins = [pin for pin in problem.pins if pin.cadence not in asking]
    for cadence in asking.values():
        on, half_day = dice.choice([*dates(problem.first_on, problem.last_on)]), dice.choice(HALF_DAYS)
        staff = tuple(sorted(one.id for one in dice.sample(problem.staff, cadence.staff_count)))
        pins.append(Pin(cadence=cadence.id, on=on, half_day=half_day, staff=staff))
    cadences = tuple(asking.get(one.id, one) for one in problem.cadences)
    return replace(problem, cadences=cadences, pins=tuple(pins), booked=(), published=None)


def _walked(problem: Problem, change: Callable[[str], str]) -> Problem:
    """The problem with every string of its JSON, keys apart, passed through `change`."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: walk(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [walk(part) for part in value]
        return change(value) if isinstance(value, str) else value

    return _as_problem(walk(msgspec.to_builtins(problem)))


def _as_problem(value: Any) -> Problem:
    return msgspec.convert(value, Problem)
