"""Participants by reference, and the volumes that need no list of them."""

import msgspec

from db.records.facts import Facts
from db.records.participant import Participant, Path, Volume
from db.records.territory import Stage
from service.catalogue import text
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
from service.references import new_reference
from service.slugs import slug


def participant_fields(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(name="programme", label=text("Dispositif"), kind="select", options=programme_options(facts), required=True),
        Field(name="referent", label=text("Référent ou référente"), kind="select", options=staff_options(facts)),
        Field(name="every", label=text("Un entretien toutes les … semaines"), kind="number", least=0, most=26, default=("2",),
              hint=text("0 : aucun rythme, les rendez-vous sont demandés un à un.")),
        Field(name="tolerance", label=text("Avec combien de semaines de souplesse"), kind="number", most=8, default=("0",)),
        Field(name="note", label=text("Note pratique"), longest=80, hint=text("« apporter CV ». Rien sur la santé, la condamnation, ni de nom.")),
    )  # fmt: skip


def make_participant(values: Values, facts: Facts) -> tuple[Participant | Path, ...]:
    reference = new_reference({one.code for one in facts.participants})
    path = Path(
        code=f"{reference}-{values['programme']}".lower(),
        programme=values["programme"],
        participant=reference,
    )
    return (Participant(code=reference, practical_note=values["note"]), _followed(path, values))


def participant_typed(path: Path, facts: Facts) -> dict[str, tuple[str, ...]]:
    """The path as the form shows it: of a rhythm with several stages, the first."""
    stage = path.rhythm[0] if path.rhythm else None
    return {
        "programme": (path.programme,),
        "referent": chosen(path.referent),
        "every": (str(stage.every_weeks if stage else 0),),
        "tolerance": (str(stage.tolerance_weeks if stage else 0),),
        "note": chosen(_person_of(path, facts).practical_note),
    }


def _person_of(path: Path, facts: Facts) -> Participant:
    return next(one for one in facts.participants if one.code == path.participant)


def _noted(path: Path, values: Values, facts: Facts) -> tuple[Participant, ...]:
    """The person with another note; nobody when it stays."""
    person = _person_of(path, facts)
    changed = msgspec.structs.replace(person, practical_note=values["note"])
    return (changed,) if changed != person else ()


def _followed(path: Path, values: Values) -> Path:
    """A rhythm that was not touched keeps its later stages."""
    every = values["every"] or 0
    stage = Stage(every_weeks=every, tolerance_weeks=min(values["tolerance"] or 0, max(0, every - 1)))
    kept = path.rhythm and (path.rhythm[0].every_weeks, path.rhythm[0].tolerance_weeks) == (
        stage.every_weeks,
        stage.tolerance_weeks,
    )
    rhythm = path.rhythm if kept else (stage,) if every else None
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


def check_note(answers: Answers, _: Facts) -> Answers:
    """A note that tells who, health or offence is refused at its field."""
    fault = fault_of_note(answers.values.get("note") or "")
    return answers if fault is None else answers.with_problem("note", text("Note pratique"), fault)


PARTICIPANT = Resource(
    path="personnes", place="personnes", kind="paths", new_title="Ajouter une personne accompagnée",
    lead="escale lui donne une référence ; son nom reste dans votre dossier.",
    fields=participant_fields, typed=participant_typed, make=make_participant,
    change=lambda path, values, _facts: _followed(path, values), check=check_note, beside=_noted,
)  # fmt: skip
VOLUME = Resource(
    path="volumes", place="personnes", kind="volumes", new_title="Ajouter un volume",
    lead="« 8 personnes vues chaque semaine » : le planning ouvre assez de demi-journées, sans liste de personnes.",
    fields=volume_fields, typed=volume_typed, make=make_volume, change=change_volume,
    take_away="Retirer ce volume",
)  # fmt: skip
