"""Promotions, participants, volumes, partners, programmes: their forms."""

import random
from datetime import timedelta

import msgspec

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from db.records.participant import Participant, Path, Volume
from db.records.partner import Partner, PartnerSite
from db.records.territory import Programme, Stage
from service.catalogue import text
from service.french_text import weekday_named
from service.pages.facts.resource import (
    Resource,
    Values,
    chosen,
    programme_options,
    site_options,
    staff_options,
)
from service.pages.forms import Answers, Field
from service.privacy.wording import fault_of_note
from service.slugs import slug

USUAL_STEPS = (
    "Information collective\nAnalyse du parcours et compétences transversales\nSecteurs en tension\nCodes de l’entreprise\n"
    "Préparation et simulation d’entretien d’embauche\nBilan"
)
PARTNER_KINDS = (("spip", "SPIP"), ("pjj", "PJJ"), ("france_travail", "France Travail"), ("mission_locale", "Mission locale"), ("association", "Association"))  # fmt: skip


def promotion_fields(facts: Facts) -> tuple[Field, ...]:
    days = tuple((str(day), weekday_named(day)) for day in range(1, 7))
    halves = (("am", text("Le matin")), ("pm", text("L’après-midi")))
    return (
        Field(name="name", label=text("Nom"), required=True, longest=60),
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts), required=True),
        Field(name="start_on", label=text("Première séance à partir du"), kind="date", required=True),
        Field(name="weekday", label=text("Jour"), kind="select", options=days),
        Field(name="half_day", label=text("Demi-journée"), kind="select", options=halves),
        Field(name="seats", label=text("Places"), kind="number", least=1, most=40, required=True, default=("10",)),
        Field(name="steps", label=text("Séances, une par ligne"), kind="textarea", required=True, default=(USUAL_STEPS,), longest=2000,
              hint=text("Une par semaine, dans cet ordre ; réunir, retirer ou doubler une ligne suffit.")),
    )  # fmt: skip


def promotion_typed(promotion: Promotion) -> dict[str, tuple[str, ...]]:
    first = promotion.sequences[0].from_on.isoformat() if promotion.sequences else ""
    return {
        "name": (promotion.name,),
        "site": (promotion.site,),
        "start_on": chosen(first),
        "weekday": chosen(promotion.weekday),
        "half_day": chosen(promotion.half_day),
        "seats": (str(promotion.seats),),
        "steps": ("\n".join(step.title for step in promotion.sequences),),
    }


def make_promotion(values: Values, facts: Facts) -> tuple[Promotion, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.promotions))
    blank = Promotion(code=code, name=values["name"], site=values["site"], seats=values["seats"])
    return (change_promotion(blank, values, facts),)


def change_promotion(promotion: Promotion, values: Values, _: Facts) -> Promotion:
    """Titles that stay keep their own windows; new ones get a window of two weeks in their turn."""
    before = {step.title: step for step in promotion.sequences}
    titles = [line.strip() for line in values["steps"].splitlines() if line.strip()]
    steps = []
    for rank, title in enumerate(titles):
        from_on = values["start_on"] + timedelta(weeks=rank)
        new = Sequence(
            code=f"s{rank + 1}",
            title=title,
            from_on=from_on,
            until_on=from_on + timedelta(days=13),
            duration_minutes=180,
        )
        steps.append(msgspec.structs.replace(before.get(title, new), code=f"s{rank + 1}"))
    return msgspec.structs.replace(
        promotion,
        name=values["name"],
        site=values["site"],
        seats=values["seats"],
        weekday=int(values["weekday"]) if values["weekday"] else None,
        half_day=values["half_day"] or None,
        sequences=tuple(steps),
    )


def participant_fields(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(name="programme", label=text("Dispositif"), kind="select", options=programme_options(facts), required=True),
        Field(name="referent", label=text("Référent ou référente"), kind="select", options=staff_options(facts)),
        Field(name="every", label=text("Un entretien toutes les … semaines"), kind="number", least=0, most=26, default=("2",),
              hint=text("0 : aucun rythme, les rendez-vous sont demandés un à un.")),
        Field(name="tolerance", label=text("Avec combien de semaines de souplesse"), kind="number", most=8, default=("0",)),
        Field(name="note", label=text("Note pratique"), longest=80, hint=text("« apporter CV ». Rien sur la santé, la condamnation, ni de nom.")),
    )  # fmt: skip


def new_reference(taken: frozenset[str]) -> str:
    """Two letters and four digits, not in order, not used yet."""
    dice = random.SystemRandom()
    while True:
        found = "".join(dice.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=2)) + f"{dice.randrange(10_000):04d}"
        if found not in taken:
            return found


def make_participant(values: Values, facts: Facts) -> tuple[Participant | Path, ...]:
    reference = new_reference(frozenset(one.code for one in facts.participants))
    path = Path(
        code=f"{reference}-{values['programme']}".lower(),
        programme=values["programme"],
        participant=reference,
    )
    return (Participant(code=reference, practical_note=values["note"]), _followed(path, values))


def _followed(path: Path, values: Values) -> Path:
    every = values["every"] or 0
    tolerance = min(values["tolerance"] or 0, max(0, every - 1))
    rhythm = (Stage(every_weeks=every, tolerance_weeks=tolerance),) if every else None
    return msgspec.structs.replace(
        path, programme=values["programme"], referent=values["referent"] or None, rhythm=rhythm
    )


def volume_fields(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(name="referent", label=text("Qui suit"), kind="select", options=staff_options(facts), required=True),
        Field(name="amount", label=text("Combien de personnes"), kind="number", least=1, most=200, required=True, default=("8",)),
        Field(name="every", label=text("Vues toutes les … semaines"), kind="number", least=1, most=26, required=True, default=("1",)),
        Field(name="sites", label=text("Où"), kind="checks", options=site_options(facts), hint=text("Rien de coché : au bureau.")),
    )  # fmt: skip


def volume_typed(volume: Volume) -> dict[str, tuple[str, ...]]:
    return {
        "referent": chosen(volume.referent),
        "amount": (str(volume.amount),),
        "every": (str(volume.every_weeks),),
        "sites": volume.sites,
    }


def make_volume(values: Values, facts: Facts) -> tuple[Volume, ...]:
    taken = frozenset(one.code for one in facts.volumes)
    code = slug(f"{values['referent']}-{values['amount']}-{values['every']}", taken)
    return (change_volume(Volume(code=code, amount=values["amount"]), values, facts),)


def change_volume(volume: Volume, values: Values, facts: Facts) -> Volume:
    offices = tuple(site.code for site in facts.sites if site.kind == "bureau")
    return msgspec.structs.replace(
        volume,
        amount=values["amount"],
        every_weeks=values["every"],
        referent=values["referent"],
        sites=values["sites"] or offices,
    )


def partner_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in PARTNER_KINDS)
    return (
        Field(name="name", label=text("Nom"), required=True, longest=80),
        Field(name="kind", label=text("Nature"), kind="select", options=kinds, required=True, default=("spip",)),
        Field(name="sites", label=text("Lieux ouverts à ce partenaire"), kind="checks", options=site_options(facts)),
        Field(name="lead", label=text("Réservation au plus tard, en heures avant"), kind="number", most=720, default=("24",)),
        Field(name="email", label=text("Adresse du service"), kind="email"),
        Field(name="phone", label=text("Téléphone"), kind="tel", longest=40),
    )  # fmt: skip


def partner_typed(partner: Partner) -> dict[str, tuple[str, ...]]:
    return {
        "name": (partner.name,),
        "kind": (partner.kind,),
        "sites": tuple(one.site for one in partner.sites),
        "lead": (str(partner.lead_hours),),
        "email": chosen(partner.email),
        "phone": chosen(partner.phone),
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
        email=values["email"] or None,
        phone=values["phone"] or None,
    )


def programme_fields(_: Facts) -> tuple[Field, ...]:
    return (
        Field(name="name", label=text("Nom"), required=True, longest=60),
        Field(name="funder", label=text("Financeur"), longest=80),
        Field(
            name="target",
            label=text("Cible de présence aux entretiens, en %"),
            kind="number",
            most=100,
            default=("75",),
        ),
    )


def programme_typed(programme: Programme) -> dict[str, tuple[str, ...]]:
    return {
        "name": (programme.name,),
        "funder": chosen(programme.funder),
        "target": chosen(programme.targets.get("attendance")),
    }


def make_programme(values: Values, facts: Facts) -> tuple[Programme, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.programmes))
    return (
        change_programme(
            Programme(code=code, name=values["name"], position=len(facts.programmes)), values, facts
        ),
    )


def change_programme(programme: Programme, values: Values, _: Facts) -> Programme:
    targets = {
        **programme.targets,
        **({"attendance": values["target"]} if values["target"] is not None else {}),
    }
    return msgspec.structs.replace(
        programme, name=values["name"], funder=values["funder"] or None, targets=targets
    )


def check_note(answers: Answers, _: Facts) -> Answers:
    """A note that tells who, health or offence is refused at its field."""
    fault = fault_of_note(answers.values.get("note") or "")
    return answers if fault is None else answers.with_problem("note", text("Note pratique"), fault)


PROMOTION = Resource(
    path="promotions", place="promotions", kind="promotions", new_title="Ajouter une promotion",
    lead="Une suite de séances, une par semaine ; les dates exactes sont choisies par le planning.",
    fields=promotion_fields, typed=promotion_typed, make=make_promotion, change=change_promotion,
)  # fmt: skip
PARTICIPANT = Resource(
    path="personnes", place="personnes", kind="paths", new_title="Ajouter une personne accompagnée",
    lead="escale lui donne une référence ; son nom reste dans votre dossier.",
    fields=participant_fields, typed=lambda _: {}, make=make_participant,
    change=lambda path, values, _facts: _followed(path, values), check=check_note,
)  # fmt: skip
VOLUME = Resource(
    path="volumes", place="personnes", kind="volumes", new_title="Ajouter un volume",
    lead="« 8 personnes vues chaque semaine » : le planning ouvre assez de demi-journées, sans liste de personnes.",
    fields=volume_fields, typed=volume_typed, make=make_volume, change=change_volume,
)  # fmt: skip
PARTNER = Resource(
    path="partenaires", place="partenaires", kind="partners", new_title="Ajouter un partenaire",
    lead="Le partenaire voit les places libres des lieux cochés et ses propres orientations, rien d’autre.",
    fields=partner_fields, typed=partner_typed, make=make_partner, change=change_partner,
)  # fmt: skip
PROGRAMME = Resource(
    path="dispositifs", place="personnes", kind="programmes", new_title="Ajouter un dispositif",
    lead="Parcours, entretiens et indicateurs appartiennent chacun à un dispositif.",
    fields=programme_fields, typed=programme_typed, make=make_programme, change=change_programme,
)  # fmt: skip
