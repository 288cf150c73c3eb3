"""Open workshops, sport, outings: a standing need like a cadence, with words of its own."""

import msgspec

from db.records.cadence import Cadence
from db.records.facts import Facts
from service.catalogue import text
from service.pages.facts.cadence_form import check_cadence
from service.pages.facts.how_often import (
    more_often_fields,
    often_answered,
    often_fields,
    often_typed,
    preview_of,
)
from service.pages.facts.resource import Resource, Values, site_options, staff_options
from service.pages.facts.skills import asked_skill_fields, skills_from
from service.pages.forms import Field
from service.slugs import slug

SORTS = (("workshop", "Atelier"), ("sport", "Sport"), ("outing", "Sortie"))
HALVES = (("half", "Matin ou après-midi"), ("am", "Le matin"), ("pm", "L’après-midi"), ("day", "La journée"))


def workshop_fields(facts: Facts) -> tuple[Field, ...]:
    sorts = tuple((code, text(words)) for code, words in SORTS)
    halves = tuple((code, text(words)) for code, words in HALVES)
    return (
        Field(name="name", label=text("Nom"), required=True, longest=60, hint=text("« Recherche d’emploi », « Musée ».")),
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts), required=True),
        Field(name="sort", label=text("Nature"), kind="radios", options=sorts, default=("workshop",)),
        *often_fields(facts, may_follow=False),
        Field(name="length", label=text("Quand dans la journée"), kind="select", options=halves, required=True, default=("half",)),
        Field(name="duration", label=text("Durée, en minutes"), kind="number", least=15, most=600, default=("120",)),
        Field(name="seats", label=text("Places"), kind="number", most=60, default=("8",)),
        Field(name="room", label=text("Salle"), kind="checks", options=(("oui", text("Il faut une salle assez grande")),)),
        Field(name="compulsory", label=text("Présence"), kind="checks", options=(("oui", text("Obligatoire pour les personnes inscrites")),)),
        Field(name="staff_count", label=text("Combien de personnes l’animent"), kind="number", least=1, most=9, default=("1",)),
        Field(name="usual_staff", label=text("Personnes habituelles"), kind="checks", options=staff_options(facts)),
        *more_often_fields(facts, may_follow=False),
        *(msgspec.structs.replace(one, more=True) for one in asked_skill_fields(facts)),
    )  # fmt: skip


def workshop_typed(workshop: Cadence, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        **often_typed(workshop),
        "name": (workshop.name,),
        "site": (workshop.site,),
        "sort": (workshop.sort if workshop.sort in dict(SORTS) else "workshop",),
        "length": (workshop.length,),
        "duration": (str(workshop.duration_minutes),),
        "seats": (str(workshop.seats),),
        "room": ("oui",) if workshop.needs_room else (),
        "compulsory": ("oui",) if workshop.compulsory else (),
        "staff_count": (str(workshop.staff_count),),
        "usual_staff": workshop.usual_staff,
        "skills": workshop.skills,
    }


def make_workshop(values: Values, facts: Facts) -> tuple[Cadence, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.cadences))
    place, position = values["site"], len(facts.cadences)
    blank = Cadence(code=code, name=values["name"], site=place, kind="session", position=position)
    return (change_workshop(blank, values, facts),)


def change_workshop(workshop: Cadence, values: Values, _: Facts) -> Cadence:
    """A sort that the form does not offer stays as long as its answer was not touched."""
    shown = workshop.sort if workshop.sort in dict(SORTS) else "workshop"
    return msgspec.structs.replace(
        workshop,
        name=values["name"],
        site=values["site"],
        sort=workshop.sort if values["sort"] in ("", shown) and workshop.version else values["sort"],
        length=values["length"],
        duration_minutes=values["duration"] or 120,
        seats=values["seats"] or 0,
        needs_room=bool(values["room"]),
        compulsory=bool(values["compulsory"]),
        staff_count=values["staff_count"] or 1,
        usual_staff=values["usual_staff"],
        skills=skills_from(values, workshop.skills),
        **often_answered(workshop, values),
    )


def preview_workshop(values: Values, facts: Facts) -> str:
    return preview_of(make_workshop(values, facts), facts)


WORKSHOP = Resource(
    path="ateliers", place="lieux", kind="cadences", new_title="Ajouter un atelier ou une sortie",
    lead="Un rendez-vous collectif qui revient, ouvert à qui le souhaite ; le planning en choisit les dates. Visible de l’équipe.",
    fields=workshop_fields, typed=workshop_typed, make=make_workshop, change=change_workshop, check=check_cadence,
    preview=preview_workshop,
    take_away="Ne plus proposer cet atelier",
    ends="Le planning n’en placera plus, et ce qui en est publié sera à replanifier. Le passé reste ; vous pourrez le remettre.",
    shows=lambda cadence: cadence.kind == "session",
)  # fmt: skip
