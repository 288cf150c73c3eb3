"""What may be supposed otherwise: a few short forms, each of one fact."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Any

import msgspec

from planner.fact_changes import (
    CadenceAsks,
    FactChange,
    NeedAsks,
    SiteCloses,
    SiteHours,
    SiteOpens,
    StaffAway,
    StaffLeaves,
)
from planner.problem import Interview, Problem
from service.catalogue import text
from service.french_text import capital, clock_text, half_day, initials, plain_period, weekday_named
from service.messages.assignment_words import Things
from service.pages.forms import Answers, Field

Values = dict[str, Any]
WEEKDAYS = range(1, 7)
MOST_A_MONTH = 60


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One form: `path` names it in addresses, `check` adds what only several answers together show."""

    path: str
    title: str
    fields: Callable[[Problem, Things], tuple[Field, ...]]
    make: Callable[[Values], FactChange]
    check: Callable[[Answers], Answers] = lambda answers: answers


def _halves(whole: str) -> tuple[tuple[str, str], ...]:
    return (("day", whole), ("am", text("Le matin")), ("pm", text("L’après-midi")))


def _people(problem: Problem) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, initials(one.id)) for one in problem.staff)


def _sites(problem: Problem) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((one.id, one.name) for one in problem.sites), key=lambda one: one[1]))


def _half(values: Values) -> Any:
    return None if values["part"] in ("", "day") else values["part"]


def _in_order(answers: Answers) -> Answers:
    start, end = answers.values.get("from_on"), answers.values.get("until_on")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        return answers.with_problem("until_on", text("Au"), text("la fin précède le début"))
    return answers


# A person


def _absence_fields(problem: Problem, _: Things) -> tuple[Field, ...]:
    whole = _halves(text("Toute la journée"))
    return (
        Field(name="staff", label=text("Qui"), kind="select", options=_people(problem), required=True),
        Field(name="from_on", label=text("Du"), kind="date", required=True, default=(problem.first_on.isoformat(),)),
        Field(name="until_on", label=text("Au"), kind="date", hint=text("Vide : la personne part pour de bon.")),
        Field(name="part", label=text("Quand dans la journée"), kind="select", options=whole, required=True, default=("day",)),
    )  # fmt: skip


def _absence(values: Values) -> FactChange:
    if values["until_on"] is None:
        return StaffLeaves(staff=values["staff"], on=values["from_on"])
    return StaffAway(
        staff=values["staff"],
        from_on=values["from_on"],
        until_on=values["until_on"],
        half_day=_half(values),
    )


# A site


def _opening_fields(problem: Problem, _: Things) -> tuple[Field, ...]:
    days = tuple((str(day), weekday_named(day).capitalize()) for day in WEEKDAYS)
    usual = text("Vide : comme ses autres ouvertures de cette demi-journée.")
    return (
        Field(name="site", label=text("Lieu"), kind="select", options=_sites(problem), required=True),
        Field(name="weekday", label=text("Jour de la semaine"), kind="select", options=days, required=True),
        Field(name="part", label=text("Demi-journée"), kind="select", options=_halves("")[1:], required=True),
        Field(name="starts", label=text("De"), kind="time", hint=usual),
        Field(name="ends", label=text("À"), kind="time"),
    )


def _opening(values: Values) -> FactChange:
    return SiteOpens(
        site=values["site"],
        weekday=int(values["weekday"]),
        half_day=values["part"],
        from_hour=values["starts"] or None,
        to_hour=values["ends"] or None,
    )


def _hours_in_order(answers: Answers) -> Answers:
    start, end = answers.values.get("starts"), answers.values.get("ends")
    if bool(start) != bool(end):
        return answers.with_problem("ends", text("À"), text("les deux heures, ou aucune"))
    if start and end and end <= start:
        return answers.with_problem("ends", text("À"), text("la fin précède le début"))
    return answers


def _closure_fields(problem: Problem, _: Things) -> tuple[Field, ...]:
    whole = _halves(text("Toute la journée"))
    return (
        Field(name="site", label=text("Lieu"), kind="select", options=_sites(problem), required=True),
        Field(name="from_on", label=text("Du"), kind="date", required=True, default=(problem.first_on.isoformat(),)),
        Field(name="until_on", label=text("Au"), kind="date", required=True, hint=text("Ce jour compris.")),
        Field(name="part", label=text("Quand dans la journée"), kind="select", options=whole, required=True, default=("day",)),
    )  # fmt: skip


def _closure(values: Values) -> FactChange:
    return SiteCloses(
        site=values["site"],
        from_on=values["from_on"],
        until_on=values["until_on"],
        half_day=_half(values),
    )


def _hours_fields(problem: Problem, words: Things) -> tuple[Field, ...]:
    known = {
        f"{site.id}/{one.weekday}/{one.half_day}": text(
            "{site}, le {day} {half} ({start} à {end})",
            site=words.site(site.id),
            day=weekday_named(one.weekday),
            half=half_day(one.half_day),
            start=clock_text(one.from_hour),
            end=clock_text(one.to_hour),
        )
        for site in problem.sites
        for one in site.openings
    }
    return (
        Field(name="opening", label=text("Ouverture"), kind="select", options=tuple(known.items()), required=True),
        Field(name="starts", label=text("De"), kind="time", required=True),
        Field(name="ends", label=text("À"), kind="time", required=True),
    )  # fmt: skip


def _hours(values: Values) -> FactChange:
    site, weekday, half = values["opening"].rsplit("/", 2)
    return SiteHours(
        site=site, weekday=int(weekday), half_day=half, from_hour=values["starts"], to_hour=values["ends"]
    )


# A need


def _need_fields(problem: Problem, words: Things) -> tuple[Field, ...]:
    cadences = [
        (f"cadence/{one.id}", text("{name} : {n} par mois", name=words.name(one.id), n=one.asked))
        for one in problem.cadences
        if one.follows is None and (one.asked or not one.weekdays)
    ]
    needs = [(f"need/{one.id}", _need_words(one, words)) for one in problem.interviews]
    options = _told_apart([*sorted(cadences, key=itemgetter(1)), *sorted(needs, key=itemgetter(1))])
    return (
        Field(name="need", label=text("Besoin"), kind="search", options=options, required=True, wide=True,
              hint=text("Tapez une référence, un nom ou une date, puis choisissez.")),
        Field(name="count", label=text("Combien"), kind="number", required=True, most=MOST_A_MONTH,
              hint=text("0 : ce besoin n’est plus demandé.")),
    )  # fmt: skip


def _need_words(need: Interview, words: Things) -> str:
    """Entretien KM4821 à Gagny, du 7 au 18 décembre 2026 : 1 fois; the place where there is one only."""
    what = capital(words.need(need.id).removeprefix(text("l’")))
    if len(need.sites) == 1:
        what = text("{what} à {site}", what=what, site=words.site(need.sites[0]))
    when = plain_period(need.from_on, need.until_on)
    return text("{what}, {when} : {n} fois", what=what, when=when, n=need.count)


def _told_apart(options: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The same words a second time are numbered: what is picked has to be one thing."""
    seen: Counter[str] = Counter()
    found = []
    for code, words in options:
        seen[words] += 1
        found.append((code, text("{words} ({n})", words=words, n=seen[words]) if seen[words] > 1 else words))
    return tuple(found)


def _need(values: Values) -> FactChange:
    kind, _, code = values["need"].partition("/")
    if kind == "cadence":
        return CadenceAsks(cadence=code, asked=values["count"])
    return NeedAsks(need=code, count=values["count"])


KINDS = {
    kind.path: kind
    for kind in (
        Kind(path="absence", title="Une personne s’absente ou part", fields=_absence_fields, make=_absence, check=_in_order),
        Kind(path="ouverture", title="Un lieu ouvre", fields=_opening_fields, make=_opening, check=_hours_in_order),
        Kind(path="fermeture", title="Un lieu ferme", fields=_closure_fields, make=_closure, check=_in_order),
        Kind(path="heures", title="Un lieu change d’heures", fields=_hours_fields, make=_hours, check=_hours_in_order),
        Kind(path="besoin", title="Un besoin de plus ou de moins", fields=_need_fields, make=_need),
    )
}  # fmt: skip
"""In the order in which they are offered."""
