"""Public holidays of mainland France, for generated months (the service has its own, by département)."""

from datetime import date, timedelta

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
DAYS_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday."""


def easter_on(year: int) -> date:
    """Gregorian Easter Sunday, by the anonymous algorithm of 1876."""
    golden, century, rest = year % 19, *divmod(year, 100)
    leap, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (8 * century + 13) // 25 + 15) % 30
    years, rest_years = divmod(rest, 4)
    sunday = (32 + 2 * century_rest + 2 * years - moon - rest_years) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def french_holidays(first_on: date, last_on: date) -> tuple[date, ...]:
    """The holidays between two dates, both included, in order."""
    found = set()
    for year in range(first_on.year, last_on.year + 1):
        found |= {date(year, month, day) for month, day in FIXED}
        found |= {easter_on(year) + timedelta(days=days) for days in DAYS_AFTER_EASTER}
    return tuple(sorted(on for on in found if first_on <= on <= last_on))
