"""Promotions: a series of sessions, one a week."""

from datetime import date, timedelta

import msgspec

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from service.catalogue import counted, text
from service.french_text import plain_date, weekday_named
from service.pages.facts.resource import (
    Question,
    Resource,
    Values,
    chosen,
    programme_options,
    site_options,
)
from service.pages.forms import Answers, Field
from service.slugs import slug

USUAL_STEPS = (
    "Information collective\nAnalyse du parcours et compétences transversales\nSecteurs en tension\nCodes de l’entreprise\n"
    "Préparation et simulation d’entretien d’embauche\nBilan"
)


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
        Field(name="programme", label=text("Dispositif"), kind="select", options=programme_options(facts)),
        Field(name="participants", label=text("Personnes inscrites"), kind="textarea", longest=600, hint=text("Leurs références, une par ligne : « KM4821 ».")),
        Field(name="partners", label=text("Orientation"), kind="checks", options=(("oui", text("Les partenaires orientent jusqu’à la première séance")),)),
        Field(name="steps", label=text("Séances, une par ligne"), kind="textarea", required=True, default=(USUAL_STEPS,), longest=2000,
              hint=text("Une par semaine, dans cet ordre ; réunir, retirer ou doubler une ligne suffit.")),
    )  # fmt: skip


def promotion_typed(promotion: Promotion, _: Facts) -> dict[str, tuple[str, ...]]:
    first = promotion.sequences[0].from_on.isoformat() if promotion.sequences else ""
    return {
        "name": (promotion.name,),
        "site": (promotion.site,),
        "start_on": chosen(first),
        "weekday": chosen(promotion.weekday),
        "half_day": chosen(promotion.half_day),
        "seats": (str(promotion.seats),),
        "programme": chosen(promotion.programme),
        "participants": chosen("\n".join(promotion.participants)),
        "partners": ("oui",) if promotion.open_to_partners else (),
        "steps": ("\n".join(step.title for step in promotion.sequences),),
    }


def make_promotion(values: Values, facts: Facts) -> tuple[Promotion, ...]:
    code = slug(values["name"], frozenset(one.code for one in facts.promotions))
    blank = Promotion(code=code, name=values["name"], site=values["site"], seats=values["seats"])
    return (change_promotion(blank, values, facts),)


def ask_to_shift(promotion: Promotion, values: Values, _: Facts) -> Question | None:
    """Another first date of a series that exists: do the sessions still to come move as much, or only the first?"""
    away = _away(promotion, values)
    coming = [step for step in promotion.sequences if step.done_on is None]
    if not away or not coming:
        return None
    words = text(
        "La première séance passe du {before} au {after}. Les séances déjà tenues et les dates d’un intervenant ne bougent pas.",
        before=plain_date(promotion.sequences[0].from_on),
        after=plain_date(values["start_on"]),
    )
    moved = counted("Décaler la séance à venir", "Décaler les {n} séances à venir", len(coming))
    days = counted("d’un jour", "de {n} jours", abs(away.days))
    later = text("plus tard") if away.days > 0 else text("plus tôt")
    held = promotion.sequences[0].done_on is not None
    alone = text("Ne rien décaler") if held else text("Ne changer que la première")
    options = (("all", f"{moved} {days} {later}"), ("first", alone))
    return Question(name="shift", words=words, options=options)


def _away(promotion: Promotion, values: Values) -> timedelta:
    """How far the first date moved."""
    first_on = promotion.sequences[0].from_on if promotion.sequences else values["start_on"]
    return timedelta(days=(values["start_on"] - first_on).days)


def _shifted(promotion: Promotion, values: Values) -> tuple[Sequence, ...]:
    """The series with the windows of what is not held yet moved as answered."""
    away, answer = _away(promotion, values), values.get("shift")
    return tuple(
        msgspec.structs.replace(step, from_on=step.from_on + away, until_on=step.until_on + away)
        if step.done_on is None and (answer == "all" or (answer == "first" and rank == 0))
        else step
        for rank, step in enumerate(promotion.sequences)
    )


def change_promotion(promotion: Promotion, values: Values, _: Facts) -> Promotion:
    """Titles that stay keep their code and window; new ones get a window of two weeks in their turn."""
    before = {step.title: step for step in _shifted(promotion, values)}
    titles = [line.strip() for line in values["steps"].splitlines() if line.strip()]
    taken = {before[title].code for title in titles if title in before}
    steps: list[Sequence] = []
    for rank, title in enumerate(titles):
        known = before.pop(title, None)
        code = known.code if known else slug(f"s{rank + 1}", frozenset(taken))
        taken.add(code)
        steps.append(known or _step(code, title, values["start_on"] + timedelta(weeks=rank)))
    return msgspec.structs.replace(
        promotion,
        name=values["name"],
        site=values["site"],
        seats=values["seats"],
        weekday=int(values["weekday"]) if values["weekday"] else None,
        half_day=values["half_day"] or None,
        sequences=tuple(steps),
        programme=values["programme"] or None,
        participants=tuple(values["participants"].upper().split()),
        open_to_partners=bool(values["partners"]),
    )


def _step(code: str, title: str, from_on: date) -> Sequence:
    until_on = from_on + timedelta(days=13)
    return Sequence(code=code, title=title, from_on=from_on, until_on=until_on, duration_minutes=180)


def check_people(answers: Answers, facts: Facts) -> Answers:
    """Only references that the territory gave, and no more of them than seats."""
    given = (answers.values.get("participants") or "").upper().split()
    label, known = text("Personnes inscrites"), {one.code for one in facts.participants}
    if not set(given) <= known:
        return answers.with_problem("participants", label, text("une de ces références n’existe pas"))
    if len(given) > len(set(given)):
        return answers.with_problem("participants", label, text("une référence y est deux fois"))
    if len(given) > (answers.values.get("seats") or len(given)):
        return answers.with_problem("participants", label, text("plus de personnes que de places"))
    return answers


PROMOTION = Resource(
    path="promotions", place="promotions", kind="promotions", new_title="Ajouter une promotion",
    lead="Une suite de séances, une par semaine ; les dates exactes sont choisies par le planning. Visible de l’équipe ; un partenaire n’y voit que ses places.",
    fields=promotion_fields, typed=promotion_typed, make=make_promotion, change=change_promotion, check=check_people,
    asks=ask_to_shift,
    take_away="Arrêter cette promotion",
    ends="Ses séances à venir ne seront plus placées, et celles qui sont publiées seront à replanifier. Son passé reste ; vous pourrez la remettre.",
)  # fmt: skip
