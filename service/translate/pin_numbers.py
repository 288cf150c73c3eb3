"""Pins of open sessions under the numbers of a plan: a number counts within one plan only, the place stays."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, count

import msgspec

from planner.plan import PlannedSession
from planner.problem import Pin
from service.translate.horizon import Horizon

Place = tuple[str | None, date, str | None]
"""An open session's cadence, date and local start, as in its key."""


def numbered_as(pins: Iterable[Pin], numbers: Mapping[Place, int]) -> tuple[Pin, ...]:
    """Each pin of an open session with the number of the session that stands at its place.

    A pin at whose place nothing stands keeps its own, unless another has it: then it takes a free one.
    """
    taken = {(cadence, number) for (cadence, _, _), number in numbers.items()}
    found = []
    for pin in pins:
        if pin.number is None or pin.cadence is None:
            found.append(pin)
            continue
        number = numbers.get((pin.cadence, pin.on, pin.start)) or _free(pin, taken)
        taken.add((pin.cadence, number))
        found.append(msgspec.structs.replace(pin, number=number))
    return tuple(found)


def numbers_of(sessions: Iterable[PlannedSession], horizon: Horizon) -> dict[Place, int]:
    """The numbers of the open sessions among these."""
    return {
        (one.cadence, horizon.date_of(one.starts_at), horizon.hour_of(one.starts_at)): one.number
        for one in sessions
        if one.cadence is not None and one.number is not None
    }


def _free(pin: Pin, taken: set[tuple[str | None, int]]) -> int:
    """Its own number where nothing else has it, else the first that is free."""
    numbers = chain((pin.number or 1,), count(1))
    return next(number for number in numbers if (pin.cadence, number) not in taken)
