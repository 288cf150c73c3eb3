"""Months in which a permanence fits nowhere for a known set of reasons: one fact a half-day, or a day."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import msgspec

from planner.plan import Plan, PlannedPermanence
from planner.problem import Absence, Busy, Closure, Meeting, Pin, Problem, Site, StaffMember
from planner.records import HalfDay
from planner.why.fact import Fact
from tests.planner.build import at, cadence, day, person, problem, site

HOURS: dict[HalfDay, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}


class Plant(NamedTuple):
    """A fact that blocks one half-day of `on` (both, if `half` is null), and how the answer names it."""

    kind: str
    on: date
    half: HalfDay | None

    @property
    def name(self) -> str:
        return f"{self.kind} {self.on} {self.half}"


def _hours(plant: Plant) -> tuple[str, str]:
    return HOURS[plant.half] if plant.half else ("08:00", "18:00")


def _with_staff(facts: Problem, **changes: object) -> Problem:
    (first, *others) = facts.staff
    grown = {name: (*getattr(first, name), value) for name, value in changes.items()}
    return msgspec.structs.replace(facts, staff=(msgspec.structs.replace(first, **grown), *others))


def _absence(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    start, end = _hours(plant)
    absence = Absence(id=plant.name, starts_at=at(plant.on, start), ends_at=at(plant.on, end))
    return _with_staff(facts, absences=absence), Fact(kind="absence", staff="A", about=plant.name)


def _busy(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    start, end = _hours(plant)
    busy = Busy(starts_at=at(plant.on, start), ends_at=at(plant.on, end))
    about = f"busy {at(plant.on, start).isoformat()}"
    return _with_staff(facts, busy=busy), Fact(kind="busy", staff="A", about=about)


def _meeting(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    start, end = _hours(plant)
    meeting = Meeting(id=plant.name, starts_at=at(plant.on, start), ends_at=at(plant.on, end))
    return _with_staff(facts, meetings=meeting), Fact(kind="meeting", staff="A", about=plant.name)


def _closure(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    closure = Closure(id=plant.name, from_on=plant.on, until_on=plant.on, half_day=plant.half)
    return (
        _with_site(facts, lambda one: msgspec.structs.replace(one, closures=(*one.closures, closure))),
        Fact(kind="closure", site="prison", about=plant.name),
    )


def _opening(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    weekday = plant.on.isoweekday()

    def shut(one: Site) -> Site:
        kept = tuple(o for o in one.openings if (o.weekday, o.half_day) != (weekday, plant.half))
        return msgspec.structs.replace(one, openings=kept)

    fact = Fact(kind="opening", site="prison", weekday=weekday, half_day=plant.half)
    return _with_site(facts, shut), fact


def _pattern(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    weekday = plant.on.isoweekday()
    (first, *others) = facts.staff
    kept = tuple(one for one in first.availability if (one.weekday, one.half_day) != (weekday, plant.half))
    team = (msgspec.structs.replace(first, availability=kept), *others)
    fact = Fact(kind="pattern", staff="A", weekday=weekday, half_day=plant.half)
    return msgspec.structs.replace(facts, staff=team), fact


def _pin(facts: Problem, plant: Plant) -> tuple[Problem, Fact]:
    """A permanence pinned elsewhere with the same person."""
    assert plant.half
    pin = Pin(cadence="elsewhere", on=plant.on, half_day=plant.half, staff=("A",))
    fact = Fact(kind="pin", about=f"permanence elsewhere {plant.on} {plant.half}")
    return msgspec.structs.replace(facts, pins=(*facts.pins, pin)), fact


def _with_site(facts: Problem, change: Callable[[Site], Site]) -> Problem:
    (first, *others) = facts.sites
    return msgspec.structs.replace(facts, sites=(change(first), *others))


PLANTS: dict[str, Callable[[Problem, Plant], tuple[Problem, Fact]]] = {
    "absence": _absence,
    "busy": _busy,
    "meeting": _meeting,
    "closure": _closure,
    "opening": _opening,
    "pattern": _pattern,
    "pin": _pin,
}
OF_A_DAY = ("absence", "busy", "meeting", "closure")
"""Kinds of which one record can block a whole day."""


def base(days: int, team: tuple[StaffMember, ...] = (person("A"),)) -> Problem:
    """From Monday 2 March on, one permanence asked at the prison and nothing in its way."""
    return problem(
        first_on=day(2),
        last_on=day(1 + days),
        sites=(site("prison"), site("annex")),
        staff=team,
        cadences=(cadence(), cadence("elsewhere", site="annex", asked=0, up_to=9)),
    )


def planted(plants: tuple[Plant, ...], days: int) -> tuple[Problem, Plan, frozenset[Fact]]:
    """The month with these facts, the plan of its pins alone, and the facts as answers name them."""
    facts, named = base(days), set()
    for plant in plants:
        facts, fact = PLANTS[plant.kind](facts, plant)
        named.add(fact)
    return facts, pins_of(facts), frozenset(named)


def pins_of(facts: Problem) -> Plan:

    return Plan(
        permanences=tuple(
            PlannedPermanence(
                cadence=pin.cadence or "", on=pin.on, half_day=pin.half_day or "am", staff=pin.staff
            )
            for pin in facts.pins
        )
    )
