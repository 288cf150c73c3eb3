"""What is kept of a whole territory: travel times between sites, days that differ from the calendar."""

from db.records.facts import Facts, FactSet
from db.records.site import Travel
from db.records.territory import HolidayOverride
from service.catalogue import text
from service.pages.facts.resource import Noted, Resource, Values, chosen, site_options
from service.pages.forms import Answers, Field, Typed


def travel_fields(facts: Facts) -> tuple[Field, ...]:
    options = site_options(facts)
    return (
        Field(name="from_site", label=text("De"), kind="select", options=options, required=True),
        Field(name="to_site", label=text("À"), kind="select", options=options, required=True,
              hint=text("Le retour prend le même temps, sauf s’il est noté à part.")),
        Field(name="minutes", label=text("Durée du trajet, en minutes"), kind="number", most=600,
              hint=text("Vide : le temps habituel du territoire.")),
    )  # fmt: skip


def with_travel(values: Values, facts: Facts) -> FactSet:
    ends = (values["from_site"], values["to_site"])
    others = tuple(one for one in facts.travel if (one.from_site, one.to_site) != ends)
    if values["minutes"] is None:
        return FactSet(travel=others)
    return FactSet(travel=(*others, Travel(from_site=ends[0], to_site=ends[1], minutes=values["minutes"])))


def present_travel(typed: Typed, facts: Facts) -> dict[str, tuple[str, ...]]:
    return noted_travel(facts).get((*typed["from_site"], *typed["to_site"]), {})


def noted_travel(facts: Facts) -> Noted:
    return {(one.from_site, one.to_site): {"minutes": (str(one.minutes),)} for one in facts.travel}


def check_travel(answers: Answers, _: Facts) -> Answers:
    if answers.values.get("from_site") and answers.values["from_site"] == answers.values.get("to_site"):
        return answers.with_problem("to_site", text("À"), text("deux lieux différents sont attendus"))
    return answers


def holiday_fields(_: Facts) -> tuple[Field, ...]:
    ways = (
        ("off", text("Est férié, ou chômé")),
        ("worked", text("Est travaillé")),
        ("usual", text("Suit le calendrier")),
    )
    return (
        Field(name="held_on", label=text("Le"), kind="date", required=True),
        Field(name="what", label=text("Ce jour"), kind="radios", options=ways, required=True, default=("off",)),
        Field(name="name", label=text("Nom"), longest=60, hint=text("« Pont de l’Ascension ».")),
        Field(name="said_by", label=text("Qui l’a dit"), longest=60),
    )  # fmt: skip


def with_holiday(values: Values, facts: Facts) -> FactSet:
    others = tuple(one for one in facts.holidays if one.held_on != values["held_on"])
    if values["what"] == "usual":
        return FactSet(holidays=others)
    new = HolidayOverride(
        held_on=values["held_on"],
        is_holiday=values["what"] == "off",
        name=values["name"],
        said_by=values["said_by"] or None,
    )
    return FactSet(holidays=(*others, new))


def present_holiday(typed: Typed, facts: Facts) -> dict[str, tuple[str, ...]]:
    return noted_holidays(facts).get(tuple(typed["held_on"]), {})


def noted_holidays(facts: Facts) -> Noted:
    return {
        (one.held_on.isoformat(),): {
            "what": ("off" if one.is_holiday else "worked",),
            "name": chosen(one.name),
            "said_by": chosen(one.said_by),
        }
        for one in facts.holidays
    }


TRAVEL = Resource(
    path="trajets", place="lieux", kind="travel", new_title="Noter un trajet",
    lead="Personne n’est attendu à deux endroits sans le temps d’y aller. Sans trajet noté, le temps habituel du territoire est compté. Visible de l’équipe.",
    fields=travel_fields, whole=with_travel, check=check_travel,
    names=("from_site", "to_site"), present=present_travel, noted=noted_travel,
)  # fmt: skip
HOLIDAY = Resource(
    path="jours-feries", place="lieux", kind="holidays", new_title="Changer un jour férié",
    lead="Les jours fériés du département sont déjà connus ; notez ici un pont, ou un férié travaillé. Visible de l’équipe.",
    fields=holiday_fields, whole=with_holiday,
    names=("held_on",), present=present_holiday, noted=noted_holidays,
)  # fmt: skip
