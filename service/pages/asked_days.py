"""Days and months that an address names: of this century, so that weeks and months around them can be counted."""

from datetime import date, datetime, timedelta

YEARS = range(2000, 2101)
FRIDAY = 4


def day_asked(word: str) -> date:
    """`2026-12-14`. Raises ValueError on what is none, or too far."""
    return near(date.fromisoformat(word))


def month_asked(word: str) -> date:
    """The first of `2026-12`. Raises ValueError on what is none, or too far."""
    return near(date.fromisoformat(f"{word}-01"))


def instant_asked(word: str) -> datetime:
    """`2026-12-14T09:00:00+01:00`, as our own addresses have it. Raises ValueError on what is none, has no zone, or is too far."""
    at = datetime.fromisoformat(word)
    near(at)
    if at.tzinfo is None:
        raise ValueError(f"{word} has no zone")
    return at


def monday_of(on: date) -> date:
    """The first day of its week."""
    return on - timedelta(days=on.weekday())


def coming_monday(today: date) -> date:
    """That of the week in which one still works: at a week-end the next one."""
    return monday_of(today + timedelta(days=2)) if today.weekday() > FRIDAY else monday_of(today)


def near(on: date) -> date:
    """The day. Raises ValueError when it is too far."""
    if on.year not in YEARS:
        raise ValueError(f"{on} is too far")
    return on
