"""From a TZID as programs write it to a zone: IANA, prefixed, Windows, defined in the file, by display name."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from calendars.reading.doubt import Doubts
from calendars.reading.windows_zones import WINDOWS_ZONES

_MACHINE_OWN: Final = {"localtime", "posixrules", "factory"}
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?:[:.h]?(\d{2}))?")
_SHOWN_OFFSET = re.compile(r"\((?:utc|gmt)\s*(?:([+-])(\d{1,2})[:.]?(\d{2}))?\)\s*(.*)")
_OTHER_NAMES: Final = {
    "bruxelles": "Europe/Brussels",
    "copenhague": "Europe/Copenhagen",
    "londres": "Europe/London",
    "lisbonne": "Europe/Lisbon",
    "edinburgh": "Europe/London",
    "edimbourg": "Europe/London",
    "berne": "Europe/Zurich",
    "bern": "Europe/Zurich",
    "vienne": "Europe/Vienna",
    "varsovie": "Europe/Warsaw",
    "athenes": "Europe/Athens",
    "bucarest": "Europe/Bucharest",
    "le caire": "Africa/Cairo",
    "moscou": "Europe/Moscow",
    "jerusalem": "Asia/Jerusalem",
    "central european time": "Europe/Paris",
    "central europe": "Europe/Paris",
    "heure d'europe centrale": "Europe/Paris",
    "coordinated universal time": "Etc/UTC",
    "temps universel coordonne": "Etc/UTC",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
}


class ZoneFinder:
    """Answers each name once; what it had to guess or give up is reported with the line that asked."""

    def __init__(self, fallback: tzinfo, doubts: Doubts) -> None:
        self.fallback = fallback
        self.defined: dict[str, tzinfo] = {}
        self._doubts = doubts
        self._found: dict[str, tzinfo] = {}

    def zone(self, name: str, line: int) -> tzinfo:
        """The zone of that name; the territory's own when nothing fits."""
        if name not in self._found:
            self._found[name] = self._find(name.strip(), line)
        return self._found[name]

    def _find(self, name: str, line: int) -> tzinfo:
        known = named_zone(name) or self.defined.get(name)
        if known is None:
            known = offset_zone(name) or shown_zone(name)
            if known is not None:
                self._doubts.add("guessed_zone", line, name)
        if known is None:
            self._doubts.add("unknown_zone", line, name)
        return known or self.fallback


def named_zone(name: str) -> tzinfo | None:
    """An IANA name in any letters, behind any prefix (`/vendor/version/Europe/Paris`), or a name of Windows."""
    parts = [part for part in name.split("/") if part]
    for start in range(len(parts)):
        found = _iana("/".join(parts[start:]))
        if found is not None:
            return found
    windows = WINDOWS_ZONES.get(name.lower())
    return ZoneInfo(windows) if windows else None


def offset_zone(name: str) -> tzinfo | None:
    """`UTC+1`, `GMT+01:00`, `+0100`."""
    match = _OFFSET.fullmatch(name.lower())
    return _fixed(*match.groups()) if match else None


def shown_zone(name: str) -> tzinfo | None:
    """A name as shown in a list: `(UTC+01:00) Brussels, Copenhagen, Madrid, Paris`; the offset has to agree."""
    plain = _plain(name)
    match = _SHOWN_OFFSET.fullmatch(plain)
    sign, hours, minutes, cities = match.groups() if match else (None, None, None, plain)
    wanted = _fixed(sign, hours, minutes) if match else None
    for city in (_plain_city(part) for part in re.split(r"[,;/&]", cities)):
        key = _OTHER_NAMES.get(city) or _cities().get(city)
        if key and (wanted is None or _standard_offset(ZoneInfo(key)) == wanted.utcoffset(None)):
            return ZoneInfo(key)
    return wanted


def _iana(name: str) -> tzinfo | None:
    key = _keys().get(name.lower())
    if key is None:
        return None
    return UTC if key in ("UTC", "Etc/UTC") else ZoneInfo(key)


@cache
def _keys() -> dict[str, str]:
    return {key.lower(): key for key in available_timezones() if key.lower() not in _MACHINE_OWN}


@cache
def _cities() -> dict[str, str]:
    places = sorted(key for key in available_timezones() if "/" in key and not key.startswith("Etc/"))
    return {_plain(key.rpartition("/")[2].replace("_", " ")): key for key in places}


def _plain(name: str) -> str:
    """Small letters without accents, plain apostrophes."""
    split = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    return "".join(character for character in split if not unicodedata.combining(character)).strip()


def _plain_city(part: str) -> str:
    return re.sub(r"\s*\(.*?\)|\s+standard$|\s+time zone$", "", part).strip()


def _fixed(sign: str | None, hours: str | None, minutes: str | None) -> tzinfo | None:
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if offset > timedelta(hours=14):
        return None
    return timezone(-offset if sign == "-" else offset)


def _standard_offset(zone: ZoneInfo) -> timedelta | None:
    """The smaller of the offsets of January and July."""
    offsets = [datetime(2026, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7)]
    return min(offsets)
