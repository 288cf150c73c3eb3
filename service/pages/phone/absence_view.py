"""Absences and wishes of one person: the questions, what is declared, on what an absence lands."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.records.facts import Facts
from db.records.staff import Absence, Wish
from service.actions.landed_on import Landed
from service.catalogue import counted, text
from service.french_text import capital, day_date, half_day, listed, short_period, weekday_named
from service.pages.facts.absence_form import ABSENCE_KINDS, absence_fields
from service.pages.forms import Answers, Field

WISHES = {"prefer": "Souhait", "avoid": "À éviter"}
KIND_WORDS = {"permanence": ("permanence", "permanences"), "session": ("séance", "séances")}


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """One line: an absence or a wish."""

    code: str
    what: str
    when: str


def own_absence_fields(facts: Facts, today_on: date) -> tuple[Field, ...]:
    """Those of the coordination's form without the people; today alone unless said otherwise."""
    usual = {one.name: one for one in absence_fields(facts) if one.name != "staff"}
    return (
        msgspec.structs.replace(usual.pop("from_on"), default=(today_on.isoformat(),)),
        msgspec.structs.replace(
            usual.pop("until_on"), required=False, hint=text("Ce jour compris. Vide : un seul jour.")
        ),
        *usual.values(),
    )


def whole_span(answers: Answers) -> Answers:
    """Without a last day it is the first one's; a last day before the first is a problem of its field."""
    if answers.problems:
        return answers
    values = answers.values | {"until_on": answers.values["until_on"] or answers.values["from_on"]}
    whole = msgspec.structs.replace(answers, values=values)
    if values["until_on"] < values["from_on"]:
        return whole.with_problem("until_on", text("Au"), text("la fin précède le début"))
    return whole


def absences_of(facts: Facts, staff: str, now: datetime) -> tuple[Declared, ...]:
    """Those not over yet, by start."""
    kinds = dict(ABSENCE_KINDS)
    mine = sorted(
        (one for one in facts.absences if one.staff == staff and one.ends_at > now),
        key=lambda one: one.starts_at,
    )
    return tuple(Declared(code=one.code, what=text(kinds[one.kind]), when=_span(one, now)) for one in mine)


def _span(one: Absence, now: datetime) -> str:
    first = one.starts_at.astimezone(now.tzinfo)
    last = (one.ends_at - timedelta(seconds=1)).astimezone(now.tzinfo)
    if first.date() == last.date():
        part = half_day("am") if last.hour < 13 else half_day("pm") if first.hour >= 13 else ""
        return f"{capital(day_date(first.date()))}{', ' + part if part else ''}"
    return short_period(first.date(), last.date())


def absence_on(one: Absence, on: date, zone: ZoneInfo) -> str:
    """Congé; Formation, matin; empty on a day that it does not touch."""
    midnight = datetime.combine(on, time(), zone)
    noon, next_midnight = midnight.replace(hour=13), datetime.combine(on + timedelta(days=1), time(), zone)
    if one.ends_at <= midnight or one.starts_at >= next_midnight:
        return ""
    part = half_day("am") if one.ends_at <= noon else half_day("pm") if one.starts_at >= noon else ""
    return ", ".join(word for word in (text(dict(ABSENCE_KINDS)[one.kind]), part) if word)


def wishes_of(facts: Facts, staff: str, today_on: date) -> tuple[Declared, ...]:
    """Weekly ones first; those of a date until it is past."""
    mine = [
        one
        for one in facts.wishes
        if one.staff == staff and (one.wished_on is None or one.wished_on >= today_on)
    ]
    ordered = sorted(mine, key=lambda one: (one.wished_on or date.min, one.weekday or 0, one.half_day))
    return tuple(
        Declared(
            code=one.code,
            what=text(WISHES[one.wish]),
            when=f"{_wish_day(one)}, {half_day(one.half_day)}",
        )
        for one in ordered
    )


def _wish_day(one: Wish) -> str:
    if one.wished_on is not None:
        return capital(day_date(one.wished_on))
    return text("Chaque {day}", day=weekday_named(one.weekday or 1))


def landing_words(landed: Landed) -> str:
    """1 permanence et 3 entretiens publiés; empty when it lands on nothing."""
    hosts = [one for one in landed.landings if one.kind in KIND_WORDS]
    interviews = sum(one.kind == "interview" for one in landed.landings)
    parts = []
    for kind, (one, several) in KIND_WORDS.items():
        count = sum(host.kind == kind for host in hosts)
        if count:
            parts.append(counted(f"{{n}} {one}", f"{{n}} {several}", count))
    if interviews:
        parts.append(counted("{n} entretien", "{n} entretiens", interviews))
    return listed(parts)
