"""One session of a promotion: its window, its outside speaker, the day it was held."""

from urllib.parse import urlencode

import msgspec

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from db.records.staff import Speaker
from service.catalogue import text
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import Resource, Values, chosen
from service.pages.facts.skills import asked_skill_fields, check_skills, skills_from
from service.pages.forms import Answers, Field, Typed, day_typed
from service.promotion_names import promotion_names
from service.slugs import slug


def step_fields(facts: Facts) -> tuple[Field, ...]:
    alive = [one for one in facts.promotions if one.archived_at is None]
    names = promotion_names(alive)
    steps = tuple((f"{promotion.code}/{step.code}", f"{names[promotion.code]} : {rank}. {step.title}")
                  for promotion in alive
                  for rank, step in enumerate(promotion.sequences, 1))  # fmt: skip
    speakers = tuple((one.code, one.name) for one in facts.speakers if one.archived_at is None)
    return (
        Field(name="step", label=text("Séance"), kind="select", options=steps, required=True),
        Field(name="from_on", label=text("À placer entre le"), kind="date", required=True),
        Field(name="until_on", label=text("Et le"), kind="date", required=True, hint=text("Ce jour compris.")),
        Field(name="duration", label=text("Durée, en minutes"), kind="number", least=15, most=600, default=("120",)),
        Field(name="staff_count", label=text("Combien de personnes l’animent"), kind="number", least=1, most=9, default=("1",)),
        *asked_skill_fields(facts),
        Field(name="speaker", label=text("Intervenant extérieur"), kind="select", options=speakers),
        Field(name="dates", label=text("Dates de l’intervenant, une par ligne"), kind="textarea", longest=400,
              hint=text("Par exemple 14/12/2026. Vide : toutes les dates lui vont.")),
        Field(name="done_on", label=text("Tenue le"), kind="date", hint=text("Seulement si elle a déjà eu lieu.")),
    )  # fmt: skip


def step_question(promotion: Promotion, step: Sequence) -> str:
    """The end of the address of the form, with everything that is known of the session filled in."""
    return "fiche/seances/nouveau?" + urlencode(step_typed(promotion, step), doseq=True)


def step_typed(promotion: Promotion, step: Sequence) -> dict[str, tuple[str, ...]]:
    known = {
        "step": (f"{promotion.code}/{step.code}",),
        "from_on": chosen(step.from_on),
        "until_on": chosen(step.until_on),
        "duration": chosen(step.duration_minutes),
        "staff_count": chosen(step.staff_count),
        "skills": step.skills,
        "speaker": chosen(step.speaker),
        "dates": chosen("\n".join(f"{on:%d/%m/%Y}" for on in step.speaker_dates or ())),
        "done_on": chosen(step.done_on),
    }
    return {name: words for name, words in known.items() if words}


def present_step(typed: Typed, facts: Facts) -> dict[str, tuple[str, ...]]:
    found = [
        step_typed(promotion, step)
        for promotion in facts.promotions
        for step in promotion.sequences
        if typed["step"] == (f"{promotion.code}/{step.code}",)
    ]
    return found[0] if found else {}


def make_step(values: Values, facts: Facts) -> tuple[Promotion, ...]:
    """The promotion with that one session changed."""
    promotion_code, step_code = values["step"].rsplit("/", 1)
    promotion = next(one for one in facts.promotions if one.code == promotion_code)
    names = {one.code: one.name for one in facts.speakers}
    steps = tuple(
        _changed(step, values, names) if step.code == step_code else step for step in promotion.sequences
    )
    return (msgspec.structs.replace(promotion, sequences=steps),)


def _changed(step: Sequence, values: Values, names: dict[str, str]) -> Sequence:
    dates = tuple(day_typed(line.strip()) for line in values["dates"].splitlines() if line.strip())
    return msgspec.structs.replace(
        step,
        from_on=values["from_on"],
        until_on=values["until_on"],
        duration_minutes=values["duration"] or step.duration_minutes,
        staff_count=values["staff_count"] or step.staff_count,
        skills=skills_from(values, step.skills),
        speaker=values["speaker"] or None,
        speaker_name=names.get(values["speaker"]),
        speaker_dates=dates or None,
        done_on=values["done_on"],
    )


def check_step(answers: Answers, facts: Facts) -> Answers:
    for line in (answers.values.get("dates") or "").splitlines():
        try:
            day_typed(line.strip() or "2026-01-01")
        except ValueError:
            words = text("une date par ligne est attendue, par exemple 14/12/2026")
            answers = answers.with_problem("dates", text("Dates de l’intervenant, une par ligne"), words)
            break
    return check_dates(check_skills(answers, facts), facts)


def speaker_fields(_: Facts) -> tuple[Field, ...]:
    return (
        Field(name="name", label=text("Nom ou fonction"), required=True, longest=80, hint=text("Une fonction suffit : « Formatrice bâtiment ».")),
        Field(name="organisation", label=text("Organisme"), longest=80),
        Field(name="email", label=text("Courriel"), kind="email"),
        Field(name="phone", label=text("Téléphone"), kind="tel", longest=40),
    )  # fmt: skip


def speaker_typed(speaker: Speaker, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "name": (speaker.name,),
        "organisation": chosen(speaker.organisation),
        "email": chosen(speaker.email),
        "phone": chosen(speaker.phone),
    }


def make_speaker(values: Values, facts: Facts) -> tuple[Speaker, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.speakers))
    return (change_speaker(Speaker(code=code, name=values["name"]), values, facts),)


def change_speaker(speaker: Speaker, values: Values, _: Facts) -> Speaker:
    return msgspec.structs.replace(
        speaker,
        name=values["name"],
        organisation=values["organisation"] or None,
        email=values["email"] or None,
        phone=values["phone"] or None,
    )


STEP = Resource(
    path="seances", place="promotions", kind="promotions", new_title="Une séance de promotion",
    lead="Entre quelles dates le planning peut la placer, qui intervient, ou le jour où elle s’est tenue. Visible de l’équipe.",
    fields=step_fields, make=make_step, check=check_step,
    names=("step",), present=present_step,
)  # fmt: skip
SPEAKER = Resource(
    path="intervenants", place="promotions", kind="speakers", new_title="Ajouter un intervenant extérieur",
    lead="Un organisme de formation, une entreprise d’insertion : ses dates se notent séance par séance. Visible de la coordination.",
    fields=speaker_fields, typed=speaker_typed, make=make_speaker, change=change_speaker,
    one_of_a_name=True,
    take_away="Ne plus proposer cet intervenant",
)  # fmt: skip
