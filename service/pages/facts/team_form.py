"""People of the team: their share of full time, their usual week, their skills."""

import msgspec

from db.records.facts import Facts
from db.records.staff import StaffMember, WeeklyAvailability
from service.catalogue import text
from service.pages.facts.resource import Resource, Values, chosen, site_options
from service.pages.facts.site_form import DEFAULT_HOURS
from service.pages.facts.skills import check_skills, skill_fields, skills_from
from service.pages.forms import Answers, Field
from service.slugs import slug

PLACES = (("", "—"), ("field", "Terrain"), ("office", "Bureau"), ("remote", "Télétravail"))
FULL_WEEK = tuple(f"{day}-{half}-field" for day in range(1, 6) for half in ("am", "pm"))
ABSENCE_KINDS = (("leave", "Congé"), ("training", "Formation"), ("unavailable", "Indisponible"))


def person_fields(facts: Facts) -> tuple[Field, ...]:
    places = tuple((code, text(words)) for code, words in PLACES)
    return (
        Field(name="name", label=text("Initiales"), hint=text("Ce qui est écrit dans les cases."), required=True, longest=12),
        Field(name="etp", label=text("Temps de travail, en %"), kind="number", least=1, most=100, required=True, default=("100",)),
        Field(name="job", label=text("Métier"), longest=60),
        Field(name="base", label=text("Lieu de rattachement"), kind="select", options=site_options(facts)),
        Field(name="pattern", label=text("Semaine habituelle"), kind="pattern", options=places, default=FULL_WEEK,
              hint=text("Terrain : tout est possible. Bureau : au bureau seulement. Télétravail : téléphone et visio.")),
        Field(name="protected", label=text("Demi-journées à laisser libres, par semaine"), kind="number", most=10, default=("0",),
              hint=text("Pour l’écrit, les démarches, l’imprévu : le planning en laisse au moins autant sans rien.")),
        *skill_fields(facts, text("Compétences"), text("Ce qu’un atelier ou une séance peut demander.")),
        Field(name="email", label=text("Adresse de messagerie"), kind="email"),
        Field(name="phone", label=text("Téléphone"), kind="tel", longest=40),
    )  # fmt: skip


def person_typed(person: StaffMember, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "name": (person.name,),
        "etp": (str(person.etp_percent),),
        "job": chosen(person.job),
        "base": chosen(person.base),
        "pattern": tuple(f"{one.weekday}-{one.half_day}-{one.place}" for one in person.availability),
        "protected": (str(person.protected_half_days),),
        "skills": person.skills,
        "email": chosen(person.email),
        "phone": chosen(person.phone),
    }


def make_person(values: Values, facts: Facts) -> tuple[StaffMember, ...]:
    taken = frozenset(person.code for person in facts.staff)
    bare = values["name"].replace(".", "").replace(" ", "").upper()
    code = bare if bare.isalnum() and bare not in taken and len(bare) <= 6 else slug(values["name"], taken)
    return (
        change_person(StaffMember(code=code, name=values["name"], position=len(facts.staff)), values, facts),
    )


def change_person(person: StaffMember, values: Values, _: Facts) -> StaffMember:
    return msgspec.structs.replace(
        person,
        name=values["name"],
        etp_percent=values["etp"],
        job=values["job"] or None,
        base=values["base"] or None,
        availability=_pattern(person, [code for code in values["pattern"] if code]),
        protected_half_days=values["protected"] or 0,
        skills=skills_from(values, person.skills),
        email=values["email"] or None,
        phone=values["phone"] or None,
    )


def _pattern(person: StaffMember, codes: list[str]) -> tuple[WeeklyAvailability, ...]:
    """A half-day that stays where it was keeps its hours and dates."""
    before = {f"{one.weekday}-{one.half_day}-{one.place}": one for one in person.availability}
    return tuple(before.get(code) or _usual(code) for code in codes)


def _usual(code: str) -> WeeklyAvailability:
    day, half, place = code.split("-")
    from_hour, to_hour = DEFAULT_HOURS[half]
    raw = {"weekday": int(day), "half_day": half, "place": place, "from_hour": from_hour, "to_hour": to_hour}
    return msgspec.convert(raw, WeeklyAvailability)


def check_person(answers: Answers, facts: Facts) -> Answers:
    answers = check_skills(answers, facts)
    allowed = {
        f"{day}-{half}-{place}"
        for day in range(1, 7)
        for half in ("am", "pm")
        for place, _ in PLACES
        if place
    }
    if not {code for code in answers.values.get("pattern", ()) if code} <= allowed:
        return answers.with_problem("pattern", text("Semaine habituelle"), text("ce choix n’existe pas"))
    return answers


PERSON = Resource(
    path="equipe", place="equipe", kind="staff", new_title="Ajouter une personne",
    lead="Des initiales et un temps de travail suffisent ; la semaine habituelle est déjà remplie. Les collègues voient les initiales ; adresse et téléphone, la coordination seule.",
    fields=person_fields, typed=person_typed, make=make_person, change=change_person, check=check_person,
    one_of_a_name=True,
    take_away="Ne fait plus partie de l’équipe",
    ends="Plus rien ne lui sera proposé, et ce qui est publié à son nom sera à replanifier. Son passé reste ; vous pourrez revenir sur ce choix.",
)  # fmt: skip
