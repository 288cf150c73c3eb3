"""A feed's bytes read back as a client shows them: what a person will see, from the very octets served."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from calendars.intervals import Interval

_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\([\\;,nN])")
Property = tuple[str, dict[str, str], str]


class ShownEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event; whole days have dates, the end exclusive, timed ones aware instants."""

    uid: str
    starts: date | datetime
    ends: date | datetime
    summary: str
    description: str = ""
    location: str = ""
    cancelled: bool = False
    transparent: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the description."""
        return tuple(self.description.splitlines())


class ShownCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Its name, its zone, its events in the order of the file, and free periods of a VFREEBUSY."""

    name: str
    zone: str
    events: tuple[ShownEvent, ...]
    free: tuple[Interval, ...] = ()


def shown(body: bytes) -> ShownCalendar:
    """What one of our own feeds shows. Raises ValueError on what we never write."""
    properties = [_property(line) for line in _FOLD.sub("", body.decode()).splitlines()]
    head = {name: value for name, _, value in properties[: _first_component(properties)]}
    return ShownCalendar(
        name=_text(head.get("NAME", "")),
        zone=head.get("X-WR-TIMEZONE", "UTC"),
        events=tuple(_event(lines) for lines in _components(properties, "VEVENT")),
        free=tuple(_period(value) for name, _, value in properties if name == "FREEBUSY"),
    )


def _first_component(properties: list[Property]) -> int:
    starts = (number for number, (name, _, _) in enumerate(properties) if name == "BEGIN" and number)
    return next(starts, len(properties))


def _components(properties: list[Property], kind: str) -> list[list[Property]]:
    found: list[list[Property]] = []
    inside = False
    for name, parameters, value in properties:
        if (name, value) == ("BEGIN", kind):
            found.append([])
            inside = True
        elif (name, value) == ("END", kind):
            inside = False
        elif inside:
            found[-1].append((name, parameters, value))
    return found


def _event(lines: list[Property]) -> ShownEvent:
    known = {name: (parameters, value) for name, parameters, value in lines}
    texts = {name: _text(value) for name, (_, value) in known.items()}
    return ShownEvent(
        uid=texts["UID"],
        starts=_moment(*known["DTSTART"]),
        ends=_moment(*known["DTEND"]),
        summary=texts.get("SUMMARY", ""),
        description=texts.get("DESCRIPTION", ""),
        location=texts.get("LOCATION", ""),
        cancelled=texts.get("STATUS") == "CANCELLED",
        transparent=texts.get("TRANSP") == "TRANSPARENT",
    )


def _property(line: str) -> Property:
    """None of our parameters is quoted."""
    head, _, value = line.partition(":")
    name, *parameters = head.split(";")
    return name, dict(parameter.split("=", 1) for parameter in parameters), value


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _moment(parameters: dict[str, str], value: str) -> date | datetime:
    if parameters.get("VALUE") == "DATE":
        return date.fromisoformat(value)
    if value.endswith("Z"):
        return datetime.fromisoformat(value)
    return datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(parameters["TZID"]))


def _period(value: str) -> Interval:
    start, _, end = value.partition("/")
    return datetime.fromisoformat(start).astimezone(UTC), datetime.fromisoformat(end).astimezone(UTC)
