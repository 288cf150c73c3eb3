"""Participants by reference: their path, its rhythm in one or two stages, the hours when they may come."""

import re
from datetime import date

import msgspec

from db.records.facts import Facts
from db.records.participant import Hours, Participant, Path
from db.records.territory import Programme, Stage
from service.catalogue import text
from service.french_text import weekday_named
from service.pages.board.source import today_in
from service.pages.facts.resource import (
    Resource,
    Values,
    chosen,
    programme_options,
    site_options,
    staff_options,
)
from service.pages.forms import Answers, Field, hour_of
from service.privacy.wording import fault_of_note
from service.references import new_reference
from service.slugs import slug

HOURS = re.compile(r"(\w+)\s*:?\s*(?:de\s+)?([\d:h ]+?)\s*(?:-|–|à)\s*([\d:h ]+)")
HALVES = {"matin": ("08:00", "13:00"), "après-midi": ("13:00", "19:00")}
STATES = (("running", "en cours"), ("suspended", "suspendu"), ("ended", "terminé"))


def participant_fields(facts: Facts) -> tuple[Field, ...]:
    return (*_followed_how(facts), *_how_often(), *_where_and_when(facts))


def _followed_how(facts: Facts) -> tuple[Field, ...]:
    states = tuple((code, text(words)) for code, words in STATES)
    known = programme_options(facts)
    first = Field(name="programme", label=text("Dispositif"), longest=60, required=True, default=(text("Accompagnement"),),
                  hint=text("Le premier de ce territoire : son nom suffit, le reste se change ensuite."))  # fmt: skip
    return (
        Field(name="programme", label=text("Dispositif"), kind="select", options=known, required=True) if known else first,
        Field(name="referent", label=text("Référent ou référente"), kind="select", options=staff_options(facts)),
        Field(name="entry_on", label=text("Entrée le"), kind="date", hint=text("Vide : aujourd’hui. Le rythme compte à partir de là.")),
        Field(name="state", label=text("Parcours"), kind="radios", options=states, default=("running",)),
    )  # fmt: skip


def _how_often() -> tuple[Field, ...]:
    return (
        Field(name="every", label=text("Un entretien toutes les … semaines"), kind="number", least=0, most=26, default=("2",),
              hint=text("0 : aucun rythme, les rendez-vous sont demandés un à un.")),
        Field(name="during", label=text("Pendant … semaines"), kind="number", most=104, hint=text("Vide : jusqu’à la fin du parcours.")),
        Field(name="then", label=text("Puis toutes les … semaines"), kind="number", least=1, most=26),
        Field(name="tolerance", label=text("Avec combien de semaines de souplesse"), kind="number", most=8, default=("0",)),
    )  # fmt: skip


def _where_and_when(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(name="sites", label=text("Où"), kind="checks", options=site_options(facts), hint=text("Rien de coché : au bureau.")),
        Field(name="hours", label=text("Heures où venir est possible, un jour par ligne"), kind="textarea", longest=400,
              hint=text("« mardi 14h-17h », « jeudi matin ». Vide : à toute heure d’ouverture.")),
        Field(name="minor", label=text("Âge"), kind="checks", options=(("oui", text("Personne mineure (à partir de 16 ans)")),),
              hint=text("Par défaut, ni courriel ni SMS à une personne mineure.")),
        Field(name="note", label=text("Note pratique"), longest=80, hint=text("« apporter CV ». Rien sur la santé, la condamnation, ni de nom.")),
    )  # fmt: skip


def make_participant(values: Values, facts: Facts) -> tuple[Programme | Participant | Path, ...]:
    """Where no programme was known, the one that was typed comes with them."""
    reference = new_reference({one.code for one in facts.participants})
    begun: tuple[Programme, ...] = ()
    if not programme_options(facts):
        taken = frozenset(one.code for one in facts.programmes)
        begun = (Programme(code=slug(values["programme"], taken), name=values["programme"]),)
        values = {**values, "programme": begun[0].code}
    code = f"{reference}-{values['programme']}".lower()
    path = Path(code=code, programme=values["programme"], participant=reference)
    return (*begun, _described(Participant(code=reference), values), _followed(path, values, facts))


def participant_typed(path: Path, facts: Facts) -> dict[str, tuple[str, ...]]:
    """The path as the form shows it: of a rhythm with more stages, the first two."""
    first, second = (*(path.rhythm or ()), None, None)[:2]
    person = _person_of(path, facts)
    return {
        "programme": (path.programme,),
        "referent": chosen(path.referent),
        "entry_on": chosen(path.entry_on or path.starts_on),
        "state": (path.state,),
        "every": (str(first.every_weeks if first else 0),),
        "during": chosen(first.for_weeks if first else None),
        "then": chosen(second.every_weeks if second else None),
        "tolerance": (str(first.tolerance_weeks if first else 0),),
        "sites": path.sites,
        "hours": chosen("\n".join(_hours_line(one) for one in person.hours)),
        "minor": ("oui",) if person.minor else (),
        "note": chosen(person.practical_note),
    }


def _person_of(path: Path, facts: Facts) -> Participant:
    return next(one for one in facts.participants if one.code == path.participant)


def _hours_line(one: Hours) -> str:
    return f"{weekday_named(one.weekday)} {one.from_hour}-{one.to_hour}"


def _hours(lines: str) -> tuple[Hours, ...] | None:
    """None when a line is not a day and its hours, or a half of that day."""
    found = [_day_and_hours(line.strip().lower()) for line in lines.splitlines() if line.strip()]
    return None if None in found else tuple(one for one in found if one is not None)


def _day_and_hours(line: str) -> Hours | None:
    days = {weekday_named(day): day for day in range(1, 8)}
    day, _, half = line.partition(" ")
    if day in days and half.strip() in HALVES:
        from_hour, to_hour = HALVES[half.strip()]
        return Hours(weekday=days[day], from_hour=from_hour, to_hour=to_hour)
    told = HOURS.fullmatch(line)
    start, end = (hour_of(told[2]), hour_of(told[3])) if told else (None, None)
    if told is None or told[1] not in days or start is None or end is None or start >= end:
        return None
    return Hours(weekday=days[told[1]], from_hour=start, to_hour=end)


def _described(person: Participant, values: Values) -> Participant:
    hours = _hours(values["hours"]) or ()
    return msgspec.structs.replace(
        person, practical_note=values["note"], minor=bool(values["minor"]), hours=hours, any_hour=not hours
    )


def _beside(path: Path, values: Values, facts: Facts) -> tuple[Participant, ...]:
    """The person with what was changed of them; nobody when it stays."""
    person = _person_of(path, facts)
    changed = _described(person, values)
    return (changed,) if changed != person else ()


def _followed(path: Path, values: Values, facts: Facts) -> Path:
    entry_on: date = values["entry_on"] or path.entry_on or today_in(facts.territory)
    state = values["state"] or path.state
    ends = state == "ended" and path.state != "ended"
    return msgspec.structs.replace(
        path,
        programme=values["programme"],
        referent=values["referent"] or None,
        entry_on=entry_on,
        state=state,
        exit_on=today_in(facts.territory) if ends else path.exit_on,
        sites=values["sites"],
        rhythm=_rhythm(path.rhythm, values),
    )


def _rhythm(before: tuple[Stage, ...] | None, values: Values) -> tuple[Stage, ...] | None:
    """Answers that were not touched leave the stages as they are, those beyond the second too."""
    every, tolerance = values["every"] or 0, values["tolerance"] or 0
    shown = tuple((one.every_weeks, one.for_weeks) for one in (before or ())[:2])
    typed = ((every, values["during"]), *([(values["then"], None)] if values["then"] else []))
    if before and before[0].tolerance_weeks == tolerance and _same(shown, typed):
        return before
    stages = tuple(
        Stage(every_weeks=weeks, tolerance_weeks=min(tolerance, weeks - 1), for_weeks=length)
        for weeks, length in typed
        if weeks
    )
    return stages or None


def _same(shown: tuple[tuple[int, int | None], ...], typed: tuple[tuple[int, int | None], ...]) -> bool:
    return shown[:1] == typed[:1] and [one[0] for one in shown[1:]] == [one[0] for one in typed[1:]]


def check_participant(answers: Answers, _: Facts) -> Answers:
    """A note that tells who, health or offence is refused at its field, as are hours that cannot be read."""
    fault = fault_of_note(answers.values.get("note") or "")
    if fault is not None:
        answers = answers.with_problem("note", text("Note pratique"), fault)
    if _hours(answers.values.get("hours") or "") is None:
        label = text("Heures où venir est possible, un jour par ligne")
        answers = answers.with_problem(
            "hours", label, text("un jour et ses heures par ligne, par exemple mardi 14:00-17:00")
        )
    if answers.values.get("then") and not answers.values.get("during"):
        label = text("Pendant … semaines")
        answers = answers.with_problem("during", label, text("à remplir quand le rythme change ensuite"))
    return answers


PARTICIPANT = Resource(
    path="personnes", place="personnes", kind="paths", new_title="Ajouter une personne accompagnée",
    lead="escale lui donne une référence ; son nom reste dans votre dossier. Visible de la coordination et de qui suit cette personne.",
    fields=participant_fields, typed=participant_typed, make=make_participant,
    change=_followed, check=check_participant, beside=_beside,
)  # fmt: skip
