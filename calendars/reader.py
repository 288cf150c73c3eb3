"""The one reader: the bytes of somebody's .ics become their entries and periods, with what is doubtful."""

from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from calendars.intervals import Interval
from calendars.reading.budget import Budget, OutOfTime
from calendars.reading.doubt import Doubts
from calendars.reading.entry import BadEntry, Entry, Surroundings, entry_of
from calendars.reading.stream import Component, calendars_in
from calendars.reading.values import Length, end_of, period
from calendars.reading.zone_definition import defined_zone
from calendars.reading.zones import ZoneFinder, named_zone
from calendars.writer import UID_SUFFIX


class Agenda(msgspec.Struct):
    """What a file holds: entries by UID (an entry without one stands alone), and its busy periods."""

    entries: dict[str, list[Entry]] = {}
    periods: list[Interval] = []


def read_agenda(data: bytes, territory: ZoneInfo, doubts: Doubts, budget: Budget) -> Agenda:
    """Every calendar of the bytes, as far as the time allows. Raises NotACalendar."""
    agenda = Agenda()
    try:
        for calendar in calendars_in(data, doubts, budget):
            _take(calendar, _around(calendar, territory, doubts, budget), agenda, budget)
    except OutOfTime:
        doubts.add("out_of_time")
    return agenda


def _take(calendar: Component, around: Surroundings, agenda: Agenda, budget: Budget) -> None:
    for number, component in enumerate(calendar.children):
        budget.tick(number)
        if component.name == "VEVENT" and not _is_own(component):
            _add_entry(component, around, agenda)
        elif component.name == "VFREEBUSY" and not _is_own(component):
            agenda.periods += _busy_periods(component, around)


def _around(calendar: Component, territory: ZoneInfo, doubts: Doubts, budget: Budget) -> Surroundings:
    zones = ZoneFinder(territory, doubts)
    for component in calendar.children:
        if component.name == "VTIMEZONE":
            _define(component, zones, doubts, budget)
    return Surroundings(
        zones=zones,
        floating=_floating(calendar, zones, territory),
        territory=territory,
        doubts=doubts,
        budget=budget,
        cancelled=calendar.text("METHOD") == "CANCEL",
    )


def _define(component: Component, zones: ZoneFinder, doubts: Doubts, budget: Budget) -> None:
    name, usual = component.first("TZID"), component.first("X-LIC-LOCATION")
    if name is None:
        return
    try:
        zones.defined[name.value.strip()] = (usual and named_zone(usual.value)) or defined_zone(
            component, budget
        )
    except (ValueError, OverflowError):
        doubts.add("bad_zone", component.number, name.value)


def _floating(calendar: Component, zones: ZoneFinder, territory: tzinfo) -> tzinfo:
    line = calendar.first("X-WR-TIMEZONE")
    return zones.zone(line.value, line.number) if line and line.value.strip() else territory


def _is_own(component: Component) -> bool:
    """Whether it is one of our own events, come back through the person's agenda."""
    line = component.first("UID")
    return line is not None and line.value.strip().lower().endswith(UID_SUFFIX)


def _add_entry(component: Component, around: Surroundings, agenda: Agenda) -> None:
    try:
        entry = entry_of(component, around)
    except BadEntry as problem:
        around.doubts.add(problem.code, component.number, problem.detail)
        return
    agenda.entries.setdefault(entry.uid or f"line {entry.line}", []).append(entry)


def _busy_periods(component: Component, around: Surroundings) -> list[Interval]:
    periods: list[Interval] = []
    for line in component.all("FREEBUSY"):
        if line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
            continue
        for text in line.value.split(","):
            try:
                periods.append(_period(text, around))
            except ValueError:
                around.doubts.add("bad_period", line.number)
    return periods


def _period(text: str, around: Surroundings) -> Interval:
    start, end = period(text, None)
    starts_at = start.at(around.floating)
    if isinstance(end, Length):
        return starts_at, end_of(starts_at.replace(tzinfo=None), UTC, end)
    ends_at = end.at(around.floating)
    if ends_at - starts_at < timedelta():
        raise ValueError("a period that ends before it begins")
    return starts_at, ends_at
