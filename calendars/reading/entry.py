"""One VEVENT as far as time is concerned: its identity, its first time, how it repeats, whether it blocks."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import msgspec

from calendars.reading.budget import Budget
from calendars.reading.doubt import Doubts
from calendars.reading.lines import Line
from calendars.reading.rule import BadRule, Rule, rule_of
from calendars.reading.stream import Component
from calendars.reading.values import Length, Moment, duration, instant, moment, period
from calendars.reading.zones import ZoneFinder

MOST_DATES: Final = 10_000
LONG: Final = timedelta(days=366)
_FREE_IN_OUTLOOK: Final = {"FREE", "WORKINGELSEWHERE"}
_BUSY_IN_OUTLOOK: Final = {"BUSY", "TENTATIVE", "OOF"}


class BadEntry(ValueError):
    """An event that cannot be used: the code of the doubt and its detail."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Addition(msgspec.Struct, frozen=True):
    """An RDATE: one more start, with a length of its own when it was given as a period."""

    start: Moment
    length: Length | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An event or, with `replaces`, what one of its occurrences became. `version` orders copies of the same.

    `zone` is where it lives: its own zone, the floating one, for whole days the territory's.
    """

    uid: str
    line: int
    version: tuple[int, str]
    start: Moment
    zone: tzinfo
    length: Length
    blocks: bool
    replaces: Moment | None = None
    and_later: bool = False
    rules: tuple[Rule, ...] = ()
    excluded_rules: tuple[Rule, ...] = ()
    additions: tuple[Addition, ...] = ()
    excluded: tuple[Moment, ...] = ()

    @property
    def repeats(self) -> bool:
        return bool(self.rules or self.additions or self.excluded)


class Surroundings(msgspec.Struct):
    """What an entry needs of the file around it: zones, that of floating times, that of days, where to report."""

    zones: ZoneFinder
    floating: tzinfo
    territory: tzinfo
    doubts: Doubts
    budget: Budget
    cancelled: bool = False

    def zone_of(self, start: Moment) -> tzinfo:
        """The zone an event lives in: its own, the floating one, for whole days the territory's."""
        return start.zone or (self.territory if start.whole_day else self.floating)


def entry_of(component: Component, around: Surroundings) -> Entry:
    """Reads an event. Raises BadEntry."""
    start_line = component.first("DTSTART")
    if component.broken or start_line is None:
        raise BadEntry("bad_event", "DTSTART")
    start = _moment(start_line, around)
    replaced = component.first("RECURRENCE-ID")
    return Entry(
        uid=_text(component, "UID"),
        line=component.number,
        version=_version(component),
        start=start,
        zone=around.zone_of(start),
        length=_length(component, start, around),
        blocks=_blocks(component, around),
        replaces=_moment(replaced, around) if replaced else None,
        and_later=replaced is not None and replaced.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
        rules=_rules(component, "RRULE", around),
        excluded_rules=_rules(component, "EXRULE", around),
        additions=_additions(component, around),
        excluded=_excluded(component, start, around),
    )


def _text(component: Component, name: str) -> str:
    line = component.first(name)
    return line.value.strip() if line else ""


def _version(component: Component) -> tuple[int, str]:
    sequence = _text(component, "SEQUENCE")
    changed = _text(component, "LAST-MODIFIED") or _text(component, "DTSTAMP")
    return (int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 19 else 0, changed)


def _moment(line: Line, around: Surroundings) -> Moment:
    try:
        return _moments(line, around)[0]
    except ValueError as problem:
        raise BadEntry("bad_event", line.name) from problem


def _moments(line: Line, around: Surroundings) -> list[Moment]:
    zone_name = line.parameters.get("TZID")
    zone = around.zones.zone(zone_name, line.number) if zone_name else None
    whole_day = line.parameters.get("VALUE", "").upper() == "DATE"
    return [moment(text, zone, whole_day=whole_day) for text in line.value.split(",")[:MOST_DATES]]


def _length(component: Component, start: Moment, around: Surroundings) -> Length:
    end_line, duration_line = component.first("DTEND"), component.first("DURATION")
    if end_line is not None:
        length = _until(start, _moment(end_line, around), around, component)
    elif duration_line is not None:
        length = _duration(duration_line)
    else:
        length = Length(nominal=timedelta(days=int(start.whole_day)))
    if length.about > LONG:
        around.doubts.add("long", component.number)
    return length


def _duration(line: Line) -> Length:
    try:
        return duration(line.value)
    except ValueError as problem:
        raise BadEntry("bad_event", "DURATION") from problem


def _until(start: Moment, end: Moment, around: Surroundings, component: Component) -> Length:
    """From start to end: by the wall clock in one zone, exactly between two."""
    start_zone, end_zone = around.zone_of(start), around.zone_of(end)
    starts_at, ends_at = instant(start.wall, start_zone), instant(end.wall, end_zone)
    if start.whole_day and end.whole_day and start.wall == end.wall:
        around.doubts.add("empty_day", component.number)
        return Length(nominal=timedelta(days=1))
    if ends_at < starts_at:
        raise BadEntry("bad_order")
    if start.whole_day != end.whole_day:
        around.doubts.add("date_and_time", component.number)
    if start_zone is end_zone and end.wall >= start.wall:
        return Length(nominal=end.wall - start.wall)
    return Length(exact=ends_at - starts_at)


def _blocks(component: Component, around: Surroundings) -> bool:
    """Cancelled never blocks; then Outlook's own word wins over TRANSP."""
    if around.cancelled or component.text("STATUS") == "CANCELLED":
        return False
    outlook = component.text("X-MICROSOFT-CDO-BUSYSTATUS")
    if outlook in _FREE_IN_OUTLOOK or outlook in _BUSY_IN_OUTLOOK:
        return outlook in _BUSY_IN_OUTLOOK
    transparency = component.text("TRANSP")
    if transparency not in ("", "OPAQUE", "TRANSPARENT"):
        around.doubts.add("unknown_status", component.number, "TRANSP")
    return transparency != "TRANSPARENT"


def _rules(component: Component, name: str, around: Surroundings) -> tuple[Rule, ...]:
    rules = []
    for line in component.all(name):
        try:
            rules.append(rule_of(line.value))
        except BadRule as problem:
            raise BadEntry("bad_rule", str(problem)) from problem
        if "COUNT=-" in line.value.upper():
            around.doubts.add("negative_count", line.number)
    return tuple(rules)


def _additions(component: Component, around: Surroundings) -> tuple[Addition, ...]:
    additions: list[Addition] = []
    for line in component.all("RDATE"):
        around.budget.look()
        for text in line.value.split(",")[:MOST_DATES]:
            try:
                additions.append(_addition(text, line, around))
            except ValueError:
                around.doubts.add("bad_part", line.number, "RDATE")
    return tuple(additions)


def _addition(text: str, line: Line, around: Surroundings) -> Addition:
    if "/" not in text:
        return Addition(_moments(Line(line.name, line.parameters, text, line.number), around)[0])
    zone_name = line.parameters.get("TZID")
    start, end = period(text, around.zones.zone(zone_name, line.number) if zone_name else None)
    if isinstance(end, Length):
        return Addition(start, end)
    exact = end.at(around.floating) - start.at(around.floating)
    if exact < timedelta():
        raise ValueError("a period that ends before it begins")
    return Addition(start, Length(exact=exact))


def _excluded(component: Component, start: Moment, around: Surroundings) -> tuple[Moment, ...]:
    excluded: list[Moment] = []
    for line in component.all("EXDATE"):
        around.budget.look()
        try:
            moments = _moments(line, around)
        except ValueError:
            around.doubts.add("bad_part", line.number, "EXDATE")
            continue
        if not start.whole_day and any(one.whole_day for one in moments):
            around.doubts.add("date_exception", line.number)
        excluded += moments
    return tuple(excluded)


def local_date(moment_of: Moment, zone: tzinfo) -> date:
    """The day of a moment in the zone of its event."""
    if moment_of.zone is None:
        return moment_of.wall.date()
    return moment_of.at(zone).astimezone(zone).date()


def wall_in(moment_of: Moment, zone: tzinfo) -> datetime:
    """The wall time of a moment in another zone."""
    if moment_of.zone is None or moment_of.zone is zone:
        return moment_of.wall
    return moment_of.at(zone).astimezone(zone).replace(tzinfo=None)
