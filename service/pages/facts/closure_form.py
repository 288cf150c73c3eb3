"""Closures of a site: dated, with who said so."""

import msgspec

from db.records.facts import Facts
from db.records.site import Closure
from service.catalogue import text
from service.pages.facts.resource import Resource, Values, chosen, site_options
from service.pages.forms import Answers, Field
from service.slugs import slug


def closure_fields(facts: Facts) -> tuple[Field, ...]:
    halves = (("", text("Toute la journée")), ("am", text("Le matin")), ("pm", text("L’après-midi")))
    return (
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts), required=True),
        Field(name="from_on", label=text("Du"), kind="date", required=True),
        Field(
            name="until_on", label=text("Au"), kind="date", hint=text("Ce jour compris. Vide : un seul jour.")
        ),
        Field(name="half_day", label=text("Quand dans la journée"), kind="select", options=halves[1:]),
        Field(name="said_by", label=text("Qui l’a dit"), longest=60),
    )


def closure_typed(closure: Closure, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "site": (closure.site,),
        "from_on": (closure.from_on.isoformat(),),
        "until_on": (closure.until_on.isoformat(),),
        "half_day": chosen(closure.half_day),
        "said_by": chosen(closure.said_by),
    }


def make_closure(values: Values, facts: Facts) -> tuple[Closure, ...]:
    taken = frozenset(one.code for one in facts.closures)
    code = slug(f"{values['site']}-{values['from_on']}", taken)
    blank = Closure(
        code=code,
        site=values["site"],
        from_on=values["from_on"],
        until_on=values["until_on"] or values["from_on"],
    )
    return (change_closure(blank, values, facts),)


def change_closure(closure: Closure, values: Values, _: Facts) -> Closure:
    return msgspec.structs.replace(
        closure,
        site=values["site"],
        from_on=values["from_on"],
        until_on=values["until_on"] or values["from_on"],
        half_day=values["half_day"] or None,
        said_by=values["said_by"] or None,
    )


def check_dates(answers: Answers, _: Facts) -> Answers:
    start, end = answers.values.get("from_on"), answers.values.get("until_on")
    if start and end and end < start:
        return answers.with_problem("until_on", text("Au"), text("la fin précède le début"))
    return answers


CLOSURE = Resource(
    path="fermetures", place="lieux", kind="closures", new_title="Noter une fermeture",
    lead="Rien ne sera proposé au lieu ces jours-là ; ce qui y est publié apparaîtra dans les alertes. Visible de l’équipe.",
    fields=closure_fields, typed=closure_typed, make=make_closure, change=change_closure, check=check_dates,
    over_after=("until_on", "from_on"), noted_days_after=60,
    take_away="Retirer cette fermeture",
)  # fmt: skip
