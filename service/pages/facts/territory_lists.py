"""What lists say beside sites and people: travel, days off, meetings, interviews that are asked for."""

from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from db.records.facts import Facts
from db.records.participant import InterviewNeed
from service.catalogue import counted, text
from service.french_text import clock, day_date, initials, listed, plain_date, short_period
from service.pages.facts.dated import Dated
from service.pages.facts.need_form import NEED_KINDS


def journeys(facts: Facts) -> tuple[Dated, ...]:
    """Travel times that are noted, each with the end of the address that changes it."""
    names = {site.code: site.short_name or site.name for site in facts.sites}
    return tuple(
        Dated(
            code=urlencode({"from_site": one.from_site, "to_site": one.to_site, "minutes": one.minutes}),
            words=text(
                "{start} – {end} : {n} min",
                start=names.get(one.from_site, one.from_site),
                end=names.get(one.to_site, one.to_site),
                n=one.minutes,
            ),
        )
        for one in sorted(facts.travel, key=lambda one: (one.from_site, one.to_site))
    )


def days_changed(facts: Facts, today_on: date) -> tuple[Dated, ...]:
    """Days to come that differ from the calendar."""
    found = []
    for one in sorted(facts.holidays, key=lambda one: one.held_on):
        if one.held_on >= today_on:
            what = "off" if one.is_holiday else "worked"
            known = {"held_on": one.held_on, "what": what, "name": one.name, "said_by": one.said_by or ""}
            state = text("férié") if one.is_holiday else text("travaillé")
            words = text("{day} : {what}", day=plain_date(one.held_on), what=one.name or state)
            found.append(Dated(code=urlencode(known), words=words))
    return tuple(found)


def meetings(facts: Facts, today_on: date) -> tuple[Dated, ...]:
    """Those of the next sixty days, the nearest first."""
    zone = ZoneInfo(facts.territory.zone)
    found = []
    for one in sorted(facts.meetings, key=lambda one: one.starts_at):
        starts, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
        if today_on <= starts.date() <= today_on + timedelta(days=60) and one.status == "planned":
            words = text(
                "{title}, {day}, {start} – {end} ({who})",
                title=one.title,
                day=day_date(starts.date()),
                start=clock(starts.time()),
                end=clock(ends.time()),
                who=listed(initials(code) for code in one.attendees),
            )
            found.append(Dated(code=one.code, words=words))
    return tuple(found)


def typed_needs(facts: Facts, today_on: date) -> tuple[Dated, ...]:
    """Interviews asked for by hand whose window is not over; those fixed with the person are on their page."""
    coming = [
        one
        for one in facts.needs
        if one.state == "open" and one.origin == "typed" and one.participant and one.until_on >= today_on
    ]
    ordered = sorted(coming, key=lambda one: (one.until_on, one.code))
    return tuple(Dated(code=one.code, words=_need(one)) for one in ordered)


def _need(one: InterviewNeed) -> str:
    kind = text(dict(NEED_KINDS)[one.kind]).lower()
    times = counted("{n} fois", "{n} fois", one.needed_count) if one.needed_count > 1 else ""
    urgent = text("urgent") if one.priority == "urgent" else ""
    parts = [one.participant or "", kind, times, short_period(one.from_on, one.until_on), urgent]
    return ", ".join(part for part in parts if part)
