"""Property lines become components: calendars, events, zones; damage is reported and stays where it is."""

from typing import Final

import msgspec

from calendars.reading.budget import Budget, OutOfTime
from calendars.reading.doubt import Doubts
from calendars.reading.lines import Line, Text

MAX_OCTETS: Final = 10_000_000
MAX_DEPTH: Final = 12
_TOP = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"})


class NotACalendar(ValueError):
    """The bytes hold no calendar at all, or more of it than is read."""


class Component(msgspec.Struct):
    """A component with the lines kept of it; `broken` when its end or one of its lines cannot be trusted."""

    name: str
    number: int
    lines: dict[str, list[Line]] = {}
    children: list["Component"] = []
    broken: bool = False

    def first(self, name: str) -> Line | None:
        lines = self.lines.get(name)
        return lines[0] if lines else None

    def all(self, name: str) -> list[Line]:
        return self.lines.get(name, [])

    def text(self, name: str) -> str:
        """The value of the first such line in capitals, empty when there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def calendars_in(data: bytes, doubts: Doubts, budget: Budget) -> list[Component]:
    """Every VCALENDAR of the stream, up to where the time is over.

    Raises NotACalendar when there is none or the stream is too long.
    """
    if len(data) > MAX_OCTETS:
        raise NotACalendar("too_long")
    text, tree = Text(data), _Tree(doubts)
    if not text.holds_calendar:
        raise NotACalendar("no_calendar")
    try:
        for count, line in enumerate(text.lines(doubts)):
            budget.tick(count)
            tree.take(line)
    except OutOfTime:
        doubts.add("out_of_time")
    tree.close(1)
    return tree.calendars()


class _Tree:
    """The components opened so far; the first of the stack is the file itself."""

    def __init__(self, doubts: Doubts) -> None:
        self._stack = [Component("", 0)]
        self._doubts = doubts

    def take(self, line: Line) -> None:
        if line.name == "BEGIN":
            self._begin(line.value.strip().upper(), line.number)
        elif line.name == "END":
            self._end(line.value.strip().upper(), line.number)
        else:
            self._stack[-1].lines.setdefault(line.name, []).append(line)

    def close(self, depth: int) -> None:
        """Ends what is still open from that depth on, and says so."""
        for component in self._stack[depth:]:
            component.broken = component.name in _TOP
            self._doubts.add("unfinished", component.number, component.name)
        del self._stack[depth:]

    def calendars(self) -> list[Component]:
        """The calendars; events outside any make one more, without a line of its own."""
        calendars = [child for child in self._stack[0].children if child.name == "VCALENDAR"]
        strays = [child for child in self._stack[0].children if child.name in _TOP]
        if strays:
            self._doubts.add("outside", strays[0].number, strays[0].name)
            calendars.append(Component("VCALENDAR", 0, {}, strays))
        return calendars

    def _begin(self, name: str, number: int) -> None:
        if name == "VCALENDAR":
            self.close(1)
        elif name in _TOP:
            inside = (depth for depth, component in enumerate(self._stack) if component.name in _TOP)
            self.close(next(inside, len(self._stack)))
        if len(self._stack) > MAX_DEPTH:
            self._doubts.add("too_deep")
            return
        component = Component(name, number)
        self._stack[-1].children.append(component)
        self._stack.append(component)

    def _end(self, name: str, number: int) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].name == name:
                self.close(depth + 1)
                self._stack.pop()
                return
        self._doubts.add("stray_end", number, name)
