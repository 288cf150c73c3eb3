"""Bytes become property lines. Only lines about time are looked at: titles, places and people are never read."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from calendars.reading.doubt import Doubts

KEPT: Final = [
    *("BEGIN", "END", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "METHOD", "STATUS", "TRANSP"),
    *("X-MICROSOFT-CDO-BUSYSTATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE"),
    *("RECURRENCE-ID", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-TIMEZONE"),
]
LONGEST_HEAD: Final = 2000
_LINE_END = re.compile(rb"\r\n?")
_FOLD = re.compile(rb"\n[ \t]")
_PROPERTY = re.compile(
    rb'^[ \t]*(%s)((?:;(?:[^":\n]|"[^"\n]*")*+)?):(.*)$' % b"|".join(name.encode() for name in KEPT),
    re.IGNORECASE | re.MULTILINE,
)
_WITHOUT_COLON = re.compile(rb"^[ \t]*+[^:\s][^:\n]*+$", re.MULTILINE)
_BEGIN_CALENDAR = re.compile(rb"^[ \t]*BEGIN:VCALENDAR[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(r';([^=;:"]+)=("[^"]*"|[^;:"]*)')


class Line(msgspec.Struct, frozen=True):
    """One unfolded property; parameter names are in capitals, their quotes gone."""

    name: str
    parameters: dict[str, str]
    value: str
    number: int


class Text:
    """The unfolded text of a stream, in any of the encodings and line ends programs write."""

    def __init__(self, data: bytes) -> None:
        whole = _LINE_END.sub(b"\n", _as_ascii_compatible(data))
        self._folds = [match.start() - 2 * index for index, match in enumerate(_FOLD.finditer(whole))]
        self._plain = _FOLD.sub(b"", whole) if self._folds else whole

    @property
    def holds_calendar(self) -> bool:
        return _BEGIN_CALENDAR.search(self._plain) is not None

    def lines(self, doubts: Doubts) -> Iterator[Line]:
        """The lines kept, each with the number at which it begins in the file."""
        for number, _ in self._numbered(_WITHOUT_COLON):
            doubts.add("unreadable_line", number)
            if doubts.full:
                break
        for number, match in self._numbered(_PROPERTY):
            yield _line(match, number)

    def _numbered(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes]]]:
        number, counted, folds, index = 1, 0, self._folds, 0
        for match in pattern.finditer(self._plain):
            start = match.start()
            number += self._plain.count(b"\n", counted, start)
            counted = start
            while index < len(folds) and folds[index] <= start:
                index, number = index + 1, number + 1
            yield number, match


def _line(match: re.Match[bytes], number: int) -> Line:
    name, head, value = match.groups()
    shown = value.decode("utf-8", "replace")
    if not head or len(head) > LONGEST_HEAD:
        return Line(name.decode().upper(), {}, shown, number)
    parameters = _PARAMETER.findall(head.decode("utf-8", "replace"))
    return Line(
        name.decode().upper(),
        {key.strip().upper(): text.strip('"') for key, text in parameters},
        shown,
        number,
    )


def _as_ascii_compatible(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")
