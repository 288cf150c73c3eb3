"""Pins that a hand lifted in a draft: the permanence or session that was pinned stands elsewhere there, or nowhere."""

from collections.abc import Collection, Iterable

import msgspec

from db.records.plan import PlanItem
from planner.problem import Pin, Problem
from service.translate.covering import covers
from service.translate.draft import pin_of
from service.translate.horizon import Horizon

Place = tuple[object, ...]


def lifted_pins(
    problem: Problem, items: Iterable[PlanItem], covered: Collection[str] = ()
) -> tuple[Pin, ...]:
    """Those of a draft's own problem, from today on, that no item of it meets: a computation never leaves one.

    `covered` are the kinds that the draft promises, all of them when empty: of others it has no say. What is
    fixed with a person is freed with that person, never by moving something.
    """
    today_on = problem.today_on or problem.first_on
    horizon = Horizon(problem.first_on, problem.last_on, today_on, problem.zone)
    own = (pin_of(item, horizon) for item in items if item.need_code is None)
    held = {_place(pin) for pin in own if pin is not None}
    return tuple(
        pin
        for pin in problem.pins
        if today_on <= pin.on <= problem.last_on
        and pin.need is None
        and covers(covered, _kind(pin))
        and _place(pin) not in held
    )


def without_pins(problem: Problem, lifted: Collection[Pin]) -> Problem:
    """The problem without the pins that hold the same things at the same places."""
    if not lifted:
        return problem
    gone = {_place(pin) for pin in lifted}
    kept = tuple(pin for pin in problem.pins if _place(pin) not in gone)
    return msgspec.structs.replace(problem, pins=kept)


def key_of(pin: Pin) -> str:
    """What the pin of a permanence or a session is stored under."""
    if pin.half_day is not None:
        return f"permanence:{pin.cadence}:{pin.on}:{pin.half_day}"
    if pin.promotion is not None:
        return f"session:{pin.promotion}:{pin.sequence}"
    return f"session:{pin.cadence}:{pin.on}:{pin.start}"


def _kind(pin: Pin) -> str:
    return "permanence" if pin.half_day is not None else "session"


def _place(pin: Pin) -> Place:
    """An open session is told by its place alone: its number is another once an earlier one is called off."""
    about = (pin.need, pin.promotion, pin.sequence, pin.cadence)
    return (*about, pin.on, pin.half_day, pin.start, pin.room, frozenset(pin.staff))
