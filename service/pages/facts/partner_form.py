"""Partners and the sites that are open to them; programmes and their funders."""

import msgspec

from db.records.facts import Facts
from db.records.partner import Partner, PartnerSite
from db.records.territory import Programme
from service.catalogue import text
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import (
    Resource,
    Values,
    chosen,
    site_options,
)
from service.pages.forms import Field
from service.partners.orientation_words import convention_of
from service.slugs import slug

DAYS_A_MONTH = 30
PARTNER_KINDS = (("spip", "SPIP"), ("pjj", "PJJ"), ("france_travail", "France Travail"), ("mission_locale", "Mission locale"), ("association", "Association"))  # fmt: skip


LEARNS = (
    ("first", "Si le premier rendez-vous a eu lieu, rien de plus"),
    ("nothing", "Rien après l’orientation"),
    ("presence", "Le premier rendez-vous, puis des nombres : présences et absences"),
    ("path", "Le premier rendez-vous, ces nombres, et la fin du parcours"),
)


def partner_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in PARTNER_KINDS)
    learns = tuple((code, text(words)) for code, words in LEARNS)
    return (
        Field(name="name", label=text("Nom"), required=True, longest=80),
        Field(name="kind", label=text("Nature"), kind="select", options=kinds, required=True, default=("spip",)),
        Field(name="sites", label=text("Lieux ouverts à ce partenaire"), kind="checks", options=site_options(facts)),
        Field(name="lead", label=text("Réservation au plus tard, en heures avant"), kind="number", most=720, default=("24",)),
        Field(name="cut_off", label=text("Annulation au plus tard, en heures avant"), kind="number", most=720, default=("0",)),
        Field(name="email", label=text("Adresse du service"), kind="email"),
        Field(name="phone", label=text("Téléphone"), kind="tel", longest=40),
        Field(name="learns", label=text("Ce que le partenaire apprend, d’après sa convention"), kind="select", options=learns, default=("first",)),
    )  # fmt: skip


def partner_typed(partner: Partner, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "name": (partner.name,),
        "kind": (partner.kind,),
        "sites": tuple(one.site for one in partner.sites),
        "lead": (str(partner.lead_hours),),
        "cut_off": (str(partner.cut_off_hours),),
        "email": chosen(partner.email),
        "phone": chosen(partner.phone),
        "learns": (convention_of(partner).learns,),
    }


def make_partner(values: Values, facts: Facts) -> tuple[Partner, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.partners))
    return (change_partner(Partner(code=code, name=values["name"]), values, facts),)


def change_partner(partner: Partner, values: Values, _: Facts) -> Partner:
    before = {one.site: one for one in partner.sites}
    return msgspec.structs.replace(
        partner,
        name=values["name"],
        kind=values["kind"],
        sites=tuple(before.get(site, PartnerSite(site=site)) for site in values["sites"]),
        lead_hours=values["lead"] or 0,
        cut_off_hours=values["cut_off"] or 0,
        email=values["email"] or None,
        phone=values["phone"] or None,
        convention={**partner.convention, "learns": values["learns"] or "first"},
    )


def programme_fields(_: Facts) -> tuple[Field, ...]:
    return (
        Field(name="name", label=text("Nom"), required=True, longest=60),
        Field(name="funder", label=text("Financeur"), longest=80),
        Field(
            name="individual",
            label=text("Cible de présence aux entretiens, en %"),
            kind="number",
            most=100,
            default=("75",),
        ),
        Field(name="collective", label=text("Cible de présence aux séances, en %"), kind="number", most=100),
        Field(name="from_on", label=text("Valable du"), kind="date"),
        Field(
            name="until_on",
            label=text("Au"),
            kind="date",
            hint=text("Fin de la convention avec le financeur."),
        ),
        Field(name="length", label=text("Durée prévue d’un parcours, en mois"), kind="number", most=60),
    )


def programme_typed(programme: Programme, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "name": (programme.name,),
        "funder": chosen(programme.funder),
        "from_on": chosen(programme.valid_from_on),
        "until_on": chosen(programme.valid_until_on),
        "individual": chosen(programme.targets.get("individual_percent")),
        "collective": chosen(programme.targets.get("collective_percent")),
        "length": chosen(round(programme.length_days / DAYS_A_MONTH) if programme.length_days else None),
    }


def make_programme(values: Values, facts: Facts) -> tuple[Programme, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.programmes))
    return (
        change_programme(
            Programme(code=code, name=values["name"], position=len(facts.programmes)), values, facts
        ),
    )


def change_programme(programme: Programme, values: Values, _: Facts) -> Programme:
    targets = dict(programme.targets)
    for name in ("individual", "collective"):
        targets.pop(f"{name}_percent", None)
        if values[name] is not None:
            targets[f"{name}_percent"] = values[name]
    return msgspec.structs.replace(
        programme,
        name=values["name"],
        funder=values["funder"] or None,
        valid_from_on=values["from_on"],
        valid_until_on=values["until_on"],
        targets=targets,
        length_days=values["length"] * DAYS_A_MONTH if values["length"] else None,
    )


PARTNER = Resource(
    path="partenaires", place="partenaires", kind="partners", new_title="Ajouter un partenaire",
    lead="Le partenaire voit les places libres des lieux cochés et ses propres orientations, rien d’autre.",
    fields=partner_fields, typed=partner_typed, make=make_partner, change=change_partner,
    one_of_a_name=True,
    take_away="Ne plus ouvrir de places à ce partenaire",
    ends="Ce partenaire ne verra plus aucune place. Ses orientations passées restent ; vous pourrez le remettre.",
)  # fmt: skip
PROGRAMME = Resource(
    path="dispositifs", place="personnes", kind="programmes", new_title="Ajouter un dispositif",
    lead="Parcours, entretiens et indicateurs appartiennent chacun à un dispositif. Visible de la coordination.",
    fields=programme_fields, typed=programme_typed, make=make_programme, change=change_programme, check=check_dates,
    one_of_a_name=True,
    take_away="Clore ce dispositif",
    ends="Il ne sera plus proposé. Parcours et indicateurs restent ; vous pourrez le rouvrir.",
)  # fmt: skip
