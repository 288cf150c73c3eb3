"""A recurrence rule as it is written: `FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231`."""

import re
from typing import Final

import msgspec

from calendars.reading.values import Moment, moment

FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
WEEKDAYS: Final = {name: index for index, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
LONGEST_RULE: Final = 4000
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LIMITS: Final[dict[str, tuple[int, int, bool]]] = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 60, False),
    "BYSETPOS": (1, 366, True),
}
_OTHERS: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "RSCALE", "SKIP"}


class BadRule(ValueError):
    """A rule that cannot be read; the message is the name of the part."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule; weekdays count from Monday 0, `by_day` pairs them with a rank (0 for every such day)."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    by_month: frozenset[int] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_year_day: frozenset[int] = frozenset()
    by_week_number: frozenset[int] = frozenset()
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_hour: frozenset[int] = frozenset()
    by_minute: frozenset[int] = frozenset()
    by_second: frozenset[int] = frozenset()
    by_position: frozenset[int] = frozenset()
    week_start: int = 0


def rule_of(text: str) -> Rule:
    """The rule. Raises BadRule with the name of the part that cannot be read."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "").upper()
    if frequency not in FREQUENCIES:
        raise BadRule("FREQ")
    if parts.get("RSCALE", "GREGORIAN").upper() != "GREGORIAN":
        raise BadRule("RSCALE")
    return Rule(
        frequency=frequency,
        interval=_number(parts, "INTERVAL", 1) or 1,
        count=_number(parts, "COUNT", None),
        until=_until(parts),
        by_month=_numbers(parts, "BYMONTH"),
        by_month_day=_numbers(parts, "BYMONTHDAY"),
        by_year_day=_numbers(parts, "BYYEARDAY"),
        by_week_number=_numbers(parts, "BYWEEKNO"),
        by_day=_days(parts),
        by_hour=_numbers(parts, "BYHOUR"),
        by_minute=_numbers(parts, "BYMINUTE"),
        by_second=frozenset(min(second, 59) for second in _numbers(parts, "BYSECOND")),
        by_position=_numbers(parts, "BYSETPOS"),
        week_start=_week_start(parts),
    )


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE:
        raise BadRule("RRULE")
    parts: dict[str, str] = {}
    for part in text.strip().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        name = name.strip().upper()
        known = name in _LIMITS or name in _OTHERS
        if not equals or not value.strip() or name in parts or not (known or name.startswith("X-")):
            raise BadRule(name[:20] if known else "RRULE")
        parts[name] = value.strip()
    return parts


def _number(parts: dict[str, str], name: str, default: int | None) -> int | None:
    """A whole number from 1; a negative COUNT, seen in the wild, means no count."""
    if name not in parts:
        return default
    text = parts[name]
    if name == "COUNT" and re.fullmatch(r"-\d{1,9}", text):
        return None
    if not re.fullmatch(r"\d{1,18}", text) or int(text) < 1:
        raise BadRule(name)
    return int(text)


def _numbers(parts: dict[str, str], name: str) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    lowest, highest, signed = _LIMITS[name]
    numbers = set()
    for text in parts[name].split(","):
        if not re.fullmatch(r"\s*[+-]?\d{1,3}\s*", text):
            raise BadRule(name)
        number = int(text)
        if not lowest <= (abs(number) if signed else number) <= highest:
            raise BadRule(name)
        numbers.add(number)
    return frozenset(numbers)


def _days(parts: dict[str, str]) -> frozenset[tuple[int, int]]:
    days = set()
    for text in parts["BYDAY"].split(",") if "BYDAY" in parts else ():
        match = _DAY.fullmatch(text.strip().upper())
        if match is None or (match[1] is not None and not 1 <= abs(int(match[1])) <= 53):
            raise BadRule("BYDAY")
        days.add((int(match[1] or 0), WEEKDAYS[match[2]]))
    return frozenset(days)


def _week_start(parts: dict[str, str]) -> int:
    name = parts.get("WKST", "MO").upper()
    if name not in WEEKDAYS:
        raise BadRule("WKST")
    return WEEKDAYS[name]


def _until(parts: dict[str, str]) -> Moment | None:
    if "UNTIL" not in parts:
        return None
    try:
        return moment(parts["UNTIL"], None)
    except ValueError as problem:
        raise BadRule("UNTIL") from problem
