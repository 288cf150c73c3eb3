"""The wishes of one person in words."""

from datetime import date

from db.records.facts import Facts
from service.catalogue import text
from service.french_text import half_day, plain_date, weekday_named
from service.pages.facts.dated import Dated

WISH_WORDS = {"prefer": "préfère {when}", "avoid": "évite {when}"}


def wish_lines(facts: Facts, staff: str, today_on: date) -> tuple[Dated, ...]:
    """Weekly ones first; those of a date until it is past."""
    mine = [one for one in facts.wishes if one.staff == staff and (one.wished_on or today_on) >= today_on]
    ordered = sorted(mine, key=lambda one: (one.wished_on or date.min, one.weekday or 0, one.half_day))
    lines = []
    for one in ordered:
        day = weekday_named(one.weekday or 1) if one.wished_on is None else plain_date(one.wished_on)
        words = text(WISH_WORDS[one.wish], when=text("le {day} {half}", day=day, half=half_day(one.half_day)))
        lines.append(Dated(code=one.code, words=words))
    return tuple(lines)
