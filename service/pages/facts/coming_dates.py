"""The next days on which a cadence is served, or may be, in words."""

from datetime import date

import msgspec

from db.records.cadence import Cadence
from db.records.facts import Facts
from db.records.site import Site
from service.catalogue import text
from service.pages.facts.dated import days_off
from service.pages.facts.rhythms import next_dates

COMING = "Prochaines dates : {days}."
POSSIBLE = "Premiers jours possibles : {days}."


def coming_dates(facts: Facts, cadence: Cadence, site: Site, today_on: date) -> tuple[str, ...]:
    """Of one that follows a promotion, days of sessions that are still to come."""
    holidays = days_off(facts, today_on)
    if cadence.follows is None:
        return next_dates(cadence, site, facts.closures, holidays, today_on)
    series = [one for one in facts.promotions if one.code == cadence.follows and one.archived_at is None]
    coming = [
        step for one in series for step in one.sequences if step.done_on is None and step.until_on >= today_on
    ]
    if not coming:
        return ()
    first_on, last_on = min(step.from_on for step in coming), max(step.until_on for step in coming)
    days = (series[0].weekday,) if series[0].weekday else cadence.weekdays
    within = msgspec.structs.replace(cadence, from_on=first_on, until_on=last_on, weekdays=days)
    return next_dates(within, site, facts.closures, holidays, today_on)


def is_exact(cadence: Cadence) -> bool:
    """Whether those days are its dates; else the plan chooses among them."""
    return bool(cadence.weekdays) and not cadence.asked and cadence.follows is None


def dates_sentence(cadence: Cadence, dates: tuple[str, ...]) -> str:
    return text(COMING if is_exact(cadence) else POSSIBLE, days=", ".join(dates) or text("aucun"))
