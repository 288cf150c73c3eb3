"""Readers made by others, each giving the same rows of a feed: (UID, start, end, summary).

Instants are written in UTC, whole days as dates.
"""

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
import vobject

Row = tuple[str, str, str, str]
ROOT = Path(__file__).resolve().parents[2]
JUDGES = Path(__file__).parent / "judges"
FIRST, LAST = date(2026, 1, 1), date(2028, 1, 1)


def shown(when: date | datetime) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return when.isoformat()


def by_icalendar(path: Path) -> list[Row]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return [_icalendar_row(event) for event in calendar.walk("VEVENT")]


def by_recurring_ical_events(path: Path) -> list[Row]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return [_icalendar_row(event) for event in recurring_ical_events.of(calendar).between(FIRST, LAST)]


def _icalendar_row(event: Any) -> Row:
    return str(event["UID"]), shown(event.start), shown(event.end), str(event["SUMMARY"])


def by_vobject(path: Path) -> list[Row]:
    calendar = vobject.readOne(path.read_text(encoding="utf-8"))
    return [
        (event.uid.value, shown(event.dtstart.value), shown(event.dtend.value), event.summary.value)
        for event in getattr(calendar, "vevent_list", [])
    ]


def by_ical_js(path: Path) -> list[Row]:
    return _node("ical.js", path)


def by_node_ical(path: Path) -> list[Row]:
    return _node("node-ical", path)


def by_ts_ics(path: Path) -> list[Row]:
    return _node("ts-ics", path)


def _node(reader: str, path: Path) -> list[Row]:
    if not (JUDGES / "node_modules").is_dir():
        subprocess.run([_program("npm"), "ci", "--loglevel=error"], cwd=JUDGES, check=True, timeout=300)
    command = [_program("node"), "read.mjs", reader, str(path)]
    done = subprocess.run(command, cwd=JUDGES, capture_output=True, check=True, timeout=180)
    return [tuple(row) for row in json.loads(done.stdout)]


@cache
def _program(name: str) -> str:
    """The machine's npm or node, else the one of a wheel, installed for the purpose."""
    found = shutil.which(name)
    own = Path(sys.executable).with_name(name)
    if found is None and not own.exists():
        subprocess.run([str(ROOT / ".ci" / "install"), "requirements-node.lock"], cwd=ROOT, check=True)
    return found or str(own)


class _Time(ctypes.Structure):
    """libical's icaltimetype."""

    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")] + [
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


def by_libical(path: Path) -> list[Row]:
    library = _libical()
    root = library.icalparser_parse_string(path.read_bytes())
    assert root, "libical cannot parse it"
    assert library.icalcomponent_count_errors(root) == 0, "libical finds errors in it"
    vevent = library.icalcomponent_string_to_kind(b"VEVENT")
    rows: list[Row] = []
    event = library.icalcomponent_get_first_component(root, vevent)
    while event:
        start, end = library.icalcomponent_get_dtstart(event), library.icalcomponent_get_dtend(event)
        rows.append(
            (
                library.icalcomponent_get_uid(event).decode(),
                _libical_time(library, start),
                _libical_time(library, end),
                library.icalcomponent_get_summary(event).decode(),
            )
        )
        event = library.icalcomponent_get_next_component(root, vevent)
    return rows


def _libical_time(library: Any, when: _Time) -> str:
    if when.is_date:
        return date(when.year, when.month, when.day).isoformat()
    seconds = library.icaltime_as_timet_with_zone(when, when.zone)
    return shown(datetime.fromtimestamp(seconds, UTC))


def _libical() -> Any:
    name = ctypes.util.find_library("ical") or "libical.so.3"
    library = ctypes.CDLL(name)
    pointer = ctypes.c_void_p
    signatures: dict[str, tuple[list[Any], Any]] = {
        "icalparser_parse_string": ([ctypes.c_char_p], pointer),
        "icalcomponent_count_errors": ([pointer], ctypes.c_int),
        "icalcomponent_string_to_kind": ([ctypes.c_char_p], ctypes.c_int),
        "icalcomponent_get_first_component": ([pointer, ctypes.c_int], pointer),
        "icalcomponent_get_next_component": ([pointer, ctypes.c_int], pointer),
        "icalcomponent_get_dtstart": ([pointer], _Time),
        "icalcomponent_get_dtend": ([pointer], _Time),
        "icalcomponent_get_uid": ([pointer], ctypes.c_char_p),
        "icalcomponent_get_summary": ([pointer], ctypes.c_char_p),
        "icaltime_as_timet_with_zone": ([_Time, pointer], ctypes.c_long),
    }
    for function, (takes, gives) in signatures.items():
        getattr(library, function).argtypes = takes
        getattr(library, function).restype = gives
    return library


READERS: dict[str, Callable[[Path], list[Row]]] = {
    "icalendar": by_icalendar,
    "recurring-ical-events": by_recurring_ical_events,
    "vobject": by_vobject,
    "libical": by_libical,
    "ical.js": by_ical_js,
    "node-ical": by_node_ical,
    "ts-ics": by_ts_ics,
}
