"""Bytes become components. Only lines about time are kept: titles, places and people are dropped unread."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from calendars.reading.doubt import Doubts

MAX_OCTETS: Final = 10_000_000
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BEGIN_CALENDAR = re.compile(rb"(?:^|[\r\n])[ \t]*BEGIN:VCALENDAR[ \t]*(?:$|[\r\n])", re.IGNORECASE)
_PARAMETER = re.compile(r';([^=;:"]+)=("[^"]*"|[^;:"]*)')
_KEPT = frozenset(
    {
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "LAST-MODIFIED",
        "METHOD",
        "STATUS",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
    | {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
    | {"TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-TIMEZONE"}
)
_TOP = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"})


class NotACalendar(ValueError):
    """The bytes hold no calendar at all, or more of it than is read."""


class Line(msgspec.Struct, frozen=True):
    """One unfolded property; parameter names are in capitals, their quotes gone."""

    name: str
    parameters: dict[str, str]
    value: str
    number: int


class Component(msgspec.Struct):
    """A component with the lines kept of it; `broken` when its end or one of its lines cannot be trusted."""

    name: str
    number: int
    lines: list[Line] = []
    children: list["Component"] = []
    broken: bool = False

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The value of the first such line in capitals, empty when there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def calendars_in(data: bytes, doubts: Doubts) -> list[Component]:
    """Every VCALENDAR of the stream. Raises NotACalendar when there is none or the stream is too long."""
    if len(data) > MAX_OCTETS:
        raise NotACalendar("too_long")
    plain = _as_ascii_compatible(data)
    if not _BEGIN_CALENDAR.search(plain):
        raise NotACalendar("no_calendar")
    root = Component("", 0)
    stack = [root]
    for number, content in _contents(plain):
        _take(content, number, stack, doubts)
    for component in stack[1:]:
        component.broken = component.name in _TOP
        doubts.add("unfinished", component.number, component.name)
    strays = [component for component in root.children if component.name in _TOP]
    if strays:
        doubts.add("outside", strays[0].number, strays[0].name)
        root.children.append(Component("VCALENDAR", 0, [], strays))
    return [component for component in root.children if component.name == "VCALENDAR"]


def _as_ascii_compatible(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _contents(data: bytes) -> Iterator[tuple[int, str]]:
    """Unfolded lines with the number of their first line; unfolding comes before decoding."""
    number = 1
    for raw in _LINE_END.split(_FOLD.sub(b"\x00", data.replace(b"\x00", b""))):
        if raw.strip(b"\x00 \t"):
            yield number, raw.replace(b"\x00", b"").decode("utf-8", "replace")
        number += 1 + raw.count(b"\x00")


def _take(content: str, number: int, stack: list[Component], doubts: Doubts) -> None:
    head, colon, value = content.partition(":")
    name = head.partition(";")[0].strip().upper()
    if not colon:
        doubts.add("unreadable_line", number)
    elif name == "BEGIN":
        _begin(value.strip().upper(), number, stack, doubts)
    elif name == "END":
        _end(value.strip().upper(), number, stack, doubts)
    elif name in _KEPT:
        stack[-1].lines.append(_line(content, name, number))


def _begin(name: str, number: int, stack: list[Component], doubts: Doubts) -> None:
    inside = next((depth for depth, open_one in enumerate(stack) if open_one.name in _TOP), None)
    if name == "VCALENDAR" or (name in _TOP and inside is not None):
        depth = 1 if name == "VCALENDAR" else inside or 1
        for left_open in stack[depth:]:
            left_open.broken = left_open.name in _TOP
            doubts.add("unfinished", left_open.number, left_open.name)
        del stack[depth:]
    component = Component(name, number)
    stack[-1].children.append(component)
    stack.append(component)


def _end(name: str, number: int, stack: list[Component], doubts: Doubts) -> None:
    depth = next((d for d in range(len(stack) - 1, 0, -1) if stack[d].name == name), None)
    if depth is None:
        doubts.add("stray_end", number, name)
        return
    for left_open in stack[depth + 1 :]:
        left_open.broken = left_open.name in _TOP
        doubts.add("unfinished", left_open.number, left_open.name)
    del stack[depth:]


def _line(content: str, name: str, number: int) -> Line:
    head, _, value = content.partition(":")
    if ";" not in head:
        return Line(name, {}, value, number)
    if '"' in head:
        head, value = _split_after_quotes(content)
    parameters = {key.strip().upper(): text.strip('"') for key, text in _PARAMETER.findall(head)}
    return Line(name, parameters, value, number)


def _split_after_quotes(content: str) -> tuple[str, str]:
    """Head and value at the first colon outside quotes."""
    quoted = False
    for index, character in enumerate(content):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return content[:index], content[index + 1 :]
    return content, ""
