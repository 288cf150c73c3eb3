"""Cadences: how often a site is asked to be served."""

import msgspec

from db.records.cadence import Cadence, CadenceException
from db.records.facts import Facts
from service.catalogue import text
from service.pages.facts.closure_form import check_dates
from service.pages.facts.how_often import (
    check_often,
    more_often_fields,
    often_answered,
    often_fields,
    often_typed,
    preview_of,
)
from service.pages.facts.resource import Noted, Resource, Values, chosen, site_options, staff_options
from service.pages.facts.rhythms import LENGTHS
from service.pages.facts.skills import asked_skill_fields, check_skills, skills_from
from service.pages.forms import Answers, Field, Typed
from service.slugs import slug


def cadence_fields(facts: Facts) -> tuple[Field, ...]:
    lengths = tuple((code, text(words)) for code, words in LENGTHS.items())
    rest = (
        Field(name="name", label=text("Nom"), hint=text("Vide : celui du lieu."), longest=60),
        Field(name="staff_count", label=text("Combien de personnes"), kind="number", least=1, most=9, default=("1",)),
        Field(name="partner_places", label=text("Places gardées pour les partenaires"), kind="number", most=20, default=("0",)),
        *asked_skill_fields(facts),
    )  # fmt: skip
    return (
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts), required=True),
        *often_fields(facts, may_follow=True),
        Field(name="length", label=text("Durée"), kind="select", options=lengths, required=True, default=("half",)),
        Field(name="usual_staff", label=text("Personnes habituelles"), kind="checks", options=staff_options(facts)),
        *more_often_fields(facts, may_follow=True),
        *(msgspec.structs.replace(one, more=True) for one in rest),
    )  # fmt: skip


def cadence_typed(cadence: Cadence, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        **often_typed(cadence),
        "site": (cadence.site,),
        "name": chosen(cadence.name),
        "length": (cadence.length,),
        "staff_count": (str(cadence.staff_count),),
        "usual_staff": cadence.usual_staff,
        "skills": cadence.skills,
        "partner_places": (str(cadence.partner_places),),
    }


def make_cadence(values: Values, facts: Facts) -> tuple[Cadence, ...]:
    taken = frozenset(one.code for one in facts.cadences)
    name = values["name"] or f"{values['site']} permanence"
    blank = Cadence(code=slug(name, taken), name=name, site=values["site"], position=len(facts.cadences))
    return (change_cadence(blank, values, facts),)


def change_cadence(cadence: Cadence, values: Values, facts: Facts) -> Cadence:
    sites = {site.code: site.name for site in facts.sites}
    return msgspec.structs.replace(
        cadence,
        site=values["site"],
        name=values["name"] or sites.get(values["site"], cadence.name),
        length=values["length"],
        staff_count=values["staff_count"] or 1,
        usual_staff=values["usual_staff"],
        skills=skills_from(values, cadence.skills),
        partner_places=values["partner_places"] or 0,
        **often_answered(cadence, values),
    )


def check_cadence(answers: Answers, facts: Facts) -> Answers:
    return check_dates(check_often(check_skills(answers, facts), facts), facts)


def preview_cadence(values: Values, facts: Facts) -> str:
    return preview_of(make_cadence(values, facts), facts)


CADENCE = Resource(
    path="cadences", place="lieux", kind="cadences", new_title="Ajouter une cadence",
    lead="Une cadence est un besoin qui revient : le planning choisit les dates, vous dites combien. Visible de l’équipe ; un lieu ne voit que ses propres dates.",
    fields=cadence_fields, typed=cadence_typed, make=make_cadence, change=change_cadence, check=check_cadence,
    preview=preview_cadence,
    take_away="Ne plus demander cette cadence",
    ends="Le planning n’en placera plus, et ce qui en est publié sera à replanifier. Le passé reste ; vous pourrez la remettre.",
    shows=lambda cadence: cadence.kind != "session",
)  # fmt: skip


def occurrence_fields(facts: Facts) -> tuple[Field, ...]:
    asked = tuple((one.code, one.name) for one in facts.cadences if one.archived_at is None)
    ways = (
        ("dropped", text("N’a pas lieu")),
        ("moved", text("Est déplacée")),
        ("kept", text("A lieu comme prévu")),
    )
    return (
        Field(name="cadence", label=text("Cadence"), kind="select", options=asked, required=True),
        Field(name="from_on", label=text("La date du"), kind="date", required=True),
        Field(name="what", label=text("Ce jour-là, la permanence"), kind="radios", options=ways, required=True,
              default=("dropped",)),
        Field(name="to_on", label=text("Au"), kind="date", hint=text("Seulement si elle est déplacée.")),
        Field(name="said_by", label=text("Qui l’a dit"), longest=60),
    )  # fmt: skip


def present_occurrence(typed: Typed, facts: Facts) -> dict[str, tuple[str, ...]]:
    """What is noted of that date; nothing where it takes place as the cadence asks."""
    return noted_occurrences(facts).get((*typed["cadence"], *typed["from_on"]), {})


def noted_occurrences(facts: Facts) -> Noted:
    return {
        (cadence.code, one.from_on.isoformat()): {
            "what": ("moved" if one.to_on else "dropped",),
            "to_on": chosen(one.to_on),
            "said_by": chosen(one.said_by),
        }
        for cadence in facts.cadences
        for one in cadence.exceptions
    }


def make_occurrence(values: Values, facts: Facts) -> tuple[Cadence, ...]:
    """The cadence with that one date changed, or back to what it was."""
    cadence = next(one for one in facts.cadences if one.code == values["cadence"])
    others = tuple(one for one in cadence.exceptions if one.from_on != values["from_on"])
    to_on = values["to_on"] if values["what"] == "moved" else None
    new = CadenceException(from_on=values["from_on"], to_on=to_on, said_by=values["said_by"] or None)
    exceptions = others if values["what"] == "kept" else (*others, new)
    return (msgspec.structs.replace(cadence, exceptions=exceptions),)


def check_occurrence(answers: Answers, _: Facts) -> Answers:
    if answers.values.get("what") == "moved" and answers.values.get("to_on") is None:
        return answers.with_problem("to_on", text("Au"), text("à remplir quand la date est déplacée"))
    return answers


OCCURRENCE = Resource(
    path="dates", place="lieux", kind="cadences", new_title="Changer une seule date",
    lead="Une date d’une cadence est annulée ou déplacée ; les autres restent. Visible de l’équipe.",
    fields=occurrence_fields, make=make_occurrence, check=check_occurrence,
    names=("cadence", "from_on"), present=present_occurrence, noted=noted_occurrences,
)  # fmt: skip
