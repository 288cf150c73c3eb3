"""What the first page of a process would otherwise wait for, done beside its start: it is ready meanwhile."""

from datetime import date

from service.pages.rendering import know_templates
from service.public_holidays import public_holidays

MAINLAND, ANY_DAY = "75", date(2026, 1, 1)


def warm_up() -> None:
    """Templates are compiled, the calendars of the library of holidays are loaded: about a second in all."""
    know_templates()
    public_holidays(MAINLAND, ANY_DAY, ANY_DAY)
