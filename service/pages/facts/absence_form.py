"""Absences: of several people at once, whole days or the same half of several days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.records.facts import Facts
from db.records.staff import Absence
from service.actions.create_absence import AlreadyNoted, is_noted
from service.catalogue import text
from service.french_text import half_day, short_period
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import Resource, Values, staff_options
from service.pages.forms import Answers, Field
from service.slugs import slug

NOON = 13
"""The hour at which the two halves of an absence meet."""
MOST_HALVES = timedelta(days=61)
Interval = tuple[str, tuple[datetime, datetime]]
"""A person, and from when until when: the end is not included."""
ABSENCE_KINDS = (("leave", "Congé"), ("training", "Formation"), ("unavailable", "Indisponible"))


def absence_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in ABSENCE_KINDS)
    return (
        Field(name="staff", label=text("Qui"), kind="checks", options=staff_options(facts), required=True,
              hint=text("Une ou plusieurs personnes à la fois.")),
        Field(name="from_on", label=text("Du"), kind="date", required=True),
        Field(name="until_on", label=text("Au"), kind="date", hint=text("Ce jour compris. Vide : un seul jour.")),
        Field(name="part", label=text("Dans la journée"), kind="select", required=True, default=("day",),
              options=(("day", text("Toute la journée")), ("am", text("Le matin")), ("pm", text("L’après-midi")))),
        Field(name="kind", label=text("Nature"), kind="select", options=kinds, required=True, default=("leave",),
              hint=text("Vue de la coordination seulement ; les collègues lisent « absent ». Jamais de raison de santé.")),
    )  # fmt: skip


def absence_typed(absence: Absence, facts: Facts) -> dict[str, tuple[str, ...]]:
    first_on, last_on = local_days(absence, facts.territory.zone)
    return {
        "staff": (absence.staff,),
        "from_on": (first_on.isoformat(),),
        "until_on": (last_on.isoformat(),),
        "part": (day_part(absence, facts.territory.zone),),
        "kind": (absence.kind,),
    }


def local_days(absence: Absence, zone: str) -> tuple[date, date]:
    """The first and last day of an absence, in the territory's time."""
    local = ZoneInfo(zone)
    last = absence.ends_at.astimezone(local) - timedelta(seconds=1)
    return absence.starts_at.astimezone(local).date(), last.date()


def day_part(absence: Absence, zone: str) -> str:
    """`am` when it ends at noon, `pm` when it begins then, else `day`."""
    local = ZoneInfo(zone)
    last = absence.ends_at.astimezone(local) - timedelta(seconds=1)
    return "pm" if absence.starts_at.astimezone(local).hour == NOON else "am" if last.hour < NOON else "day"


def absence_words(absence: Absence, zone: str) -> str:
    """7 – 9 déc., or 7 déc. matin"""
    part, (first_on, last_on) = day_part(absence, zone), local_days(absence, zone)
    words = short_period(first_on, last_on)
    if part == "day":
        return words
    half = half_day(part)
    return f"{words} {half}" if first_on == last_on else text("{words} ({half})", words=words, half=half)


def make_absences(values: Values, facts: Facts) -> tuple[Absence, ...]:
    """One absence a person, and a half-day's one for each of its days; days that are noted already are not noted twice.

    Raises `AlreadyNoted` where nothing is left to note.
    """
    refuse_noted(values, facts)
    return _noted(_to_note(values, facts), values, facts)


def _noted(asked: list[Interval], values: Values, facts: Facts) -> tuple[Absence, ...]:
    taken = {one.code for one in facts.absences}
    made: list[Absence] = []
    for person, (starts_at, ends_at) in asked:
        code = slug(f"{person}-{starts_at.date()}", frozenset(taken))
        taken.add(code)
        made.append(
            Absence(code=code, staff=person, starts_at=starts_at, ends_at=ends_at, kind=values["kind"])
        )
    return tuple(made)


def refuse_noted(values: Values, facts: Facts) -> None:
    """Where all that is asked lies within absences that stand. Raises `AlreadyNoted`."""
    if not _to_note(values, facts):
        raise AlreadyNoted(values["staff"])


def _to_note(values: Values, facts: Facts) -> list[Interval]:
    """People and intervals asked, without those that lie within an absence that stands."""
    return [
        (person, one) for person, one in _asked(values, facts) if not is_noted(facts.absences, person, *one)
    ]


def _asked(values: Values, facts: Facts) -> list[Interval]:
    intervals = [edges(values["part"], *span, facts.territory.zone) for span in spans(values)]
    return [(person, one) for person in values["staff"] for one in intervals]


def spans(values: Values) -> list[tuple[date, date]]:
    last_on = values["until_on"] or values["from_on"]
    if values["part"] == "day":
        return [(values["from_on"], last_on)]
    days = (last_on - values["from_on"]).days
    return [(on, on) for on in (values["from_on"] + timedelta(days=offset) for offset in range(days + 1))]


def edges(part: str, first_on: date, last_on: date, zone: str) -> tuple[datetime, datetime]:
    local = ZoneInfo(zone)
    start = time(NOON) if part == "pm" else time()
    end = (
        datetime.combine(last_on, time(NOON), local)
        if part == "am"
        else datetime.combine(last_on + timedelta(days=1), time(), local)
    )
    return datetime.combine(first_on, start, local), end


def change_absence(absence: Absence, values: Values, facts: Facts) -> Absence:
    """The first of what is asked for; its hours stay where neither days nor half-day were touched."""
    if _same_days(absence, values, facts):
        starts_at, ends_at = absence.starts_at, absence.ends_at
    else:
        starts_at, ends_at = edges(values["part"], *spans(values)[0], facts.territory.zone)
    return msgspec.structs.replace(
        absence, staff=_keeper(absence, values), starts_at=starts_at, ends_at=ends_at, kind=values["kind"]
    )


def further_absences(absence: Absence, values: Values, facts: Facts) -> tuple[Absence, ...]:
    """Those of other people, and of the other days where a half-day was stretched over several."""
    kept = _keeper(absence, values)
    others = [one for one in facts.absences if one.code != absence.code]
    first, *rest = spans(values)
    mine = [] if _same_days(absence, values, facts) else rest
    asked = [
        (person, edges(values["part"], *span, facts.territory.zone))
        for person in values["staff"]
        for span in (mine if person == kept else [first, *rest])
    ]
    return _noted([(who, one) for who, one in asked if not is_noted(others, who, *one)], values, facts)


def _keeper(absence: Absence, values: Values) -> str:
    """Whose this absence becomes when it was given to somebody else."""
    return absence.staff if absence.staff in values["staff"] else values["staff"][0]


def _same_days(absence: Absence, values: Values, facts: Facts) -> bool:
    shown = absence_typed(absence, facts)
    typed = (values["from_on"], values["until_on"] or values["from_on"])
    return (*map(str, typed), values["part"]) == (*shown["from_on"], *shown["until_on"], *shown["part"])


def check_absence(answers: Answers, facts: Facts) -> Answers:
    """An end after its start, and no more half-days at a time than anybody means."""
    answers = check_dates(answers, facts)
    if answers.problems:
        return answers
    values = answers.values
    last_on = values["until_on"] or values["from_on"]
    if values["part"] != "day" and last_on - values["from_on"] >= MOST_HALVES:
        words = text("{n} jours au plus pour des demi-journées", n=MOST_HALVES.days)
        return answers.with_problem("until_on", text("Au"), words)
    return answers


ABSENCE = Resource(
    path="absences", place="equipe", kind="absences", new_title="Saisir une absence",
    lead="Pour une ou plusieurs personnes. Ce qui est publié ces jours-là est dit aussitôt, avec de quoi replanifier. Les collègues lisent « absent ».",
    fields=absence_fields, typed=absence_typed, make=make_absences, change=change_absence, check=check_absence,
    over_after=("until_on", "from_on"), noted_days_after=60,
    beside=further_absences,
    take_away="Retirer cette absence",
)  # fmt: skip
