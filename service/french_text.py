"""Dates, hours, numbers and lists as French people write them. Pure functions, all cached or cheap."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal

from service.catalogue import LANGUAGE, NBSP, gettext

TRUE_MINUS = "\N{MINUS SIGN}"
DAY = timedelta(days=1)
FIRST = re.compile(r"\b1\b")


@cache
def long_date(on: date) -> str:
    """lundi 14 décembre 2026"""
    return _first(on, format_date(on, "EEEE d MMMM y", locale=LANGUAGE))


@cache
def day_date(on: date) -> str:
    """lundi 14 décembre"""
    return _first(on, format_date(on, "EEEE d MMMM", locale=LANGUAGE))


@cache
def plain_date(on: date) -> str:
    """14 décembre 2026"""
    return _first(on, format_date(on, "d MMMM y", locale=LANGUAGE))


@cache
def day_month(on: date) -> str:
    """14 décembre"""
    return _first(on, format_date(on, "d MMMM", locale=LANGUAGE))


@cache
def short_date(on: date) -> str:
    """lun. 14 déc."""
    return _first(on, format_date(on, "EEE d MMM", locale=LANGUAGE))


@cache
def short_day_month(on: date) -> str:
    """14 déc."""
    return _first(on, format_date(on, "d MMM", locale=LANGUAGE))


@cache
def weekday_and_day(on: date) -> str:
    """lundi 14"""
    return _first(on, format_date(on, "EEEE d", locale=LANGUAGE))


@cache
def weekday(on: date) -> str:
    """lundi"""
    return format_date(on, "EEEE", locale=LANGUAGE)


@cache
def weekday_named(number: int) -> str:
    """1 is lundi, 7 dimanche."""
    return weekday(date(2024, 1, number))


@cache
def month_title(on: date) -> str:
    """décembre 2026"""
    return format_date(on, "MMMM y", locale=LANGUAGE)


@cache
def of_month(on: date) -> str:
    """de mars 2027, d’avril 2027"""
    month = month_title(on)
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


@cache
def short_month(on: date) -> str:
    """déc. 2026"""
    return format_date(on, "MMM y", locale=LANGUAGE)


def _first(on: date, formatted: str) -> str:
    """The first of a month is 1er, wherever it stands in the date."""
    return FIRST.sub("1er", formatted, count=1) if on.day == 1 else formatted


def sentence(words: str) -> str:
    """With a capital and one final stop, also after initials that bring their own."""
    return capital(words) if words.endswith(".") else f"{capital(words)}."


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def period(first_on: date, last_on: date) -> str:
    """du lundi 14 au vendredi 18 décembre 2026"""
    same_month = (first_on.year, first_on.month) == (last_on.year, last_on.month)
    start = weekday_and_day(first_on) if same_month else day_date(first_on)
    return gettext("du {start} au {end}").format(start=start, end=long_date(last_on))


@cache
def plain_period(first_on: date, last_on: date) -> str:
    """du 14 au 18 décembre 2026, le 14 décembre 2026"""
    if first_on == last_on:
        return gettext("le {day}").format(day=plain_date(last_on))
    if (first_on.year, first_on.month) == (last_on.year, last_on.month):
        start = _first(first_on, f"{first_on.day} ").strip()
    else:
        start = day_month(first_on) if first_on.year == last_on.year else plain_date(first_on)
    return gettext("du {start} au {end}").format(start=start, end=plain_date(last_on))


@cache
def short_period(first_on: date, last_on: date) -> str:
    """14 – 18 déc., or 30 nov. – 4 déc."""
    if first_on == last_on:
        return short_day_month(first_on)
    same_month = (first_on.year, first_on.month) == (last_on.year, last_on.month)
    start = _first(first_on, f"{first_on.day} ").strip() if same_month else short_day_month(first_on)
    return f"{start} – {short_day_month(last_on)}"


@cache
def clock(at: time, *, padded: bool = False) -> str:
    """9 h 30; a full hour is 9 h, or 9 h 00 when padded for columns."""
    minutes = f"{NBSP}{at.minute:02d}" if at.minute or padded else ""
    return f"{at.hour}{NBSP}h{minutes}"


def clock_text(hour: str) -> str:
    """The same from "09:30"."""
    return clock(time.fromisoformat(hour))


def lasting(minutes: int) -> str:
    """45 min, 2 h, 3 h 45"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def half_day(code: str) -> str:
    return gettext("matin") if code == "am" else gettext("après-midi")


def half_day_of(on: date, half: str | None) -> str:
    """lundi 14 décembre, matin; without a half-day the whole day is meant."""
    return f"{day_date(on)}, {half_day(half)}" if half else day_date(on)


@cache
def number(value: float, digits: int = 0) -> str:
    """1 234,5 with non-breaking thousands."""
    shown = format_decimal(value, format=f"#,##0.{'0' * digits}" if digits else "#,##0", locale=LANGUAGE)
    return shown.replace("\N{NARROW NO-BREAK SPACE}", NBSP).replace("-", TRUE_MINUS)


@cache
def signed(value: float, digits: int = 0) -> str:
    """+0,6 or −1,4; nothing moves: ="""
    if round(value, digits) == 0:
        return "="
    return ("+" if value > 0 else "") + number(value, digits)


def percent(value: float, digits: int = 0) -> str:
    """0.75 is 75 %."""
    return f"{number(100 * value, digits)}{NBSP}%"


def initials(identifier: str) -> str:
    """AR is A.R.; a name that is not initials stays as it is."""
    if 2 <= len(identifier) <= 3 and identifier.isalpha() and identifier.isupper():
        return "".join(f"{letter}." for letter in identifier)
    return identifier


def listed(words: Iterable[str], last: str = "et") -> str:
    """A.R., F.M. et L.D."""
    names = list(words)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {gettext(last)} {names[-1]}"


@cache
def ordinal(rank: int, *, feminine: bool = True) -> str:
    """1re, 2e; 1er in the masculine."""
    return ("1re" if feminine else "1er") if rank == 1 else f"{rank}e"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """2 lieux; the French plural starts at two."""
    word = singular if count < 2 else plural_form or f"{singular}s"
    return f"{number(count)}{NBSP}{word}"
