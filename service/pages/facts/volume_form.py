"""Volumes: so many people seen every so many weeks, without a list of them."""

import msgspec

from db.records.facts import Facts
from db.records.participant import Volume
from service.catalogue import text
from service.pages.facts.resource import Resource, Values, chosen, site_options, staff_options
from service.pages.forms import Field
from service.slugs import slug


def volume_fields(facts: Facts) -> tuple[Field, ...]:
    people = staff_options(facts)
    having = {one.referent for one in facts.volumes if one.archived_at is None}
    without = [code for code, _ in people if code not in having]
    return (
        Field(name="referent", label=text("Qui suit"), kind="select", options=people, required=True, default=tuple(without[:1])),
        Field(name="amount", label=text("Combien de personnes"), kind="number", least=1, most=200, required=True, default=("8",)),
        Field(name="every", label=text("Vues toutes les … semaines"), kind="number", least=1, most=26, required=True, default=("1",)),
        Field(name="sites", label=text("Où"), kind="checks", options=site_options(facts), hint=text("Rien de coché : au bureau.")),
    )  # fmt: skip


def volume_typed(volume: Volume, _: Facts) -> dict[str, tuple[str, ...]]:
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


VOLUME = Resource(
    path="volumes", place="personnes", kind="volumes", new_title="Ajouter un volume",
    lead="« 8 personnes vues chaque semaine » : le planning ouvre assez de demi-journées, sans liste de personnes. Visible de la coordination.",
    fields=volume_fields, typed=volume_typed, make=make_volume, change=change_volume,
    take_away="Retirer ce volume",
)  # fmt: skip
