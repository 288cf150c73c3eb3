"""Small problems and plans for tests: two sites, two people, March 2026, and one thing at a time.

Monday 2 March 2026 is the day on which most things happen: `MONDAY`.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from planner.audit import AuditReport, audit
from planner.breach import Breach
from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import (
    Cadence,
    Interview,
    Opening,
    Participant,
    Pin,
    Problem,
    Promotion,
    Room,
    Sequence,
    Site,
    StaffMember,
    WeeklyAvailability,
)
from planner.records import HalfDay

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    """A day of March 2026."""
    return date(2026, 3, number)


def at(on: date, hour: str) -> datetime:
    """An instant of a date in Paris."""
    return datetime.fromisoformat(f"{on.isoformat()}T{hour}").replace(tzinfo=PARIS)


def openings(**changes: Any) -> tuple[Opening, ...]:
    """Every weekday 09:00-12:00 and 14:00-17:00 in slots of an hour."""
    found = []
    for weekday in range(1, 6):
        for half_day, start, end in (("am", "09:00", "12:00"), ("pm", "14:00", "17:00")):
            given = {"weekday": weekday, "half_day": half_day, "from_hour": start, "to_hour": end}
            found.append(Opening(**{**given, **changes}))
    return tuple(found)


def site(id: str = "prison", **changes: Any) -> Site:
    return Site(**{"id": id, "name": id, "kind": "semi_liberte", "openings": openings(), **changes})


def bureau(**changes: Any) -> Site:
    return site("bureau", **{"kind": "bureau", **changes})


def weekly(where: str = "field", weekdays: range = range(1, 8)) -> tuple[WeeklyAvailability, ...]:
    """08:00-13:00 and 13:00-19:00 of every day."""
    return tuple(
        WeeklyAvailability(weekday=weekday, half_day=half_day, from_hour=start, to_hour=end, where=where)
        for weekday in weekdays
        for half_day, start, end in (("am", "08:00", "13:00"), ("pm", "13:00", "19:00"))
    )


def person(id: str = "A", **changes: Any) -> StaffMember:
    return StaffMember(**{"id": id, "name": id, "availability": weekly(), **changes})


def cadence(id: str = "visits", **changes: Any) -> Cadence:
    """Permanences at the prison, one a month, any half-day."""
    return Cadence(**{"id": id, "site": "prison", "asked": 1, **changes})


def sequence(id: str, **changes: Any) -> Sequence:
    """Two hours in March without a room."""
    given = {"id": id, "title": id, "from_on": day(1), "until_on": day(31), "duration_minutes": 120}
    return Sequence(**{**given, "needs_room": False, **changes})


def promotion(*sequences: Sequence, **changes: Any) -> Promotion:
    return Promotion(**{"id": "spring", "site": "prison", "seats": 8, "sequences": sequences, **changes})


def need(id: str = "n1", **changes: Any) -> Interview:
    """A follow-up by A, at the bureau or the prison, any day of March."""
    given = {"id": id, "kind": "suivi", "from_on": day(1), "until_on": day(31), "referent": "A"}
    return Interview(**{**given, "sites": ("bureau", "prison"), **changes})


def problem(**changes: Any) -> Problem:
    """March 2026 in Paris: a prison and a bureau at no distance, people A and B."""
    given: dict[str, Any] = {
        "format": "escale-problem/1",
        "territory": "idf",
        "zone": "Europe/Paris",
        "first_on": day(1),
        "last_on": day(31),
        "default_travel_minutes": 0,
        "sites": (site(), bureau()),
        "staff": (person("A"), person("B")),
    }
    return Problem(**{**given, **changes})


def permanence(
    on: date = MONDAY, half_day: HalfDay = "am", *staff: str, cadence: str = "visits"
) -> PlannedPermanence:
    return PlannedPermanence(cadence=cadence, on=on, half_day=half_day, staff=staff or ("A",))


def session(
    of: str | None, on: date = MONDAY, start: str = "09:00", end: str = "11:00", **changes: Any
) -> PlannedSession:
    given = {"promotion": "spring", "sequence": of, "site": "prison", "staff": ("A",)}
    return PlannedSession(**{**given, "starts_at": at(on, start), "ends_at": at(on, end), **changes})


def workshop(
    number: int = 1, on: date = MONDAY, start: str = "09:00", end: str = "11:00", **changes: Any
) -> PlannedSession:
    """A session of the cadence "workshops"."""
    given = {"cadence": "workshops", "number": number, "promotion": None}
    return session(None, on, start, end, **{**given, **changes})


def interview(need: str = "n1", on: date = MONDAY, start: str = "09:00", **changes: Any) -> PlannedInterview:
    """One hour at the bureau with A."""
    ends_at = at(on, start) + timedelta(hours=1)
    given = {"need": need, "staff": "A", "site": "bureau", "starts_at": at(on, start), "ends_at": ends_at}
    return PlannedInterview(**{**given, **changes})


def office(on: date = MONDAY, half_day: HalfDay = "am", staff: str = "A") -> OfficeHalfDay:
    return OfficeHalfDay(staff=staff, site="bureau", on=on, half_day=half_day)


def plan(*items: PlannedPermanence | PlannedSession | OfficeHalfDay | PlannedInterview) -> Plan:
    """A plan of these assignments."""
    return Plan(
        permanences=tuple(item for item in items if isinstance(item, PlannedPermanence)),
        sessions=tuple(item for item in items if isinstance(item, PlannedSession)),
        office=tuple(item for item in items if isinstance(item, OfficeHalfDay)),
        interviews=tuple(item for item in items if isinstance(item, PlannedInterview)),
    )


def pin_of_permanence(on: date = MONDAY, half_day: HalfDay = "am", *staff: str) -> Pin:
    return Pin(cadence="visits", on=on, half_day=half_day, staff=staff or ("A",))


def pin_of_interview(need: str = "n1", on: date = MONDAY, start: str = "09:00", **changes: Any) -> Pin:
    return Pin(**{"need": need, "on": on, "start": start, "site": "bureau", "staff": ("A",), **changes})


def participant(id: str = "KM4821", **changes: Any) -> Participant:
    return Participant(id=id, **changes)


def room(id: str = "blue", seats: int = 8) -> Room:
    return Room(id=id, seats=seats)


def breaches(facts: Problem, planned: Plan, rule: str) -> list[Breach]:
    """What one rule says of a plan, excused or not."""
    report = audit(facts, planned)
    every = [*report.violations, *(found.breach for found in report.overruled)]
    return [breach for breach in every if breach.rule == rule]


def told(facts: Problem, planned: Plan, rule: str) -> list[tuple[str, str, int]]:
    """(code, about, amount) of each breach of one rule, in order."""
    return sorted((breach.code, breach.about, breach.amount) for breach in breaches(facts, planned, rule))


def recount(facts: Problem, planned: Plan) -> AuditReport:
    return audit(facts, planned)


def items(facts: Problem, planned: Plan, level: str) -> dict[str, int]:
    """The items of one level, which sum to its value."""
    report = audit(facts, planned)
    found = {item.about: item.cost for item in report.items[level]}
    assert sum(found.values()) == report.goals[level]
    return found


def changed(record: Any, **changes: Any) -> Any:
    """A record with some fields replaced."""
    return msgspec.structs.replace(record, **changes)
