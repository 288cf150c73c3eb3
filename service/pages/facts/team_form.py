"""People, their absences (for several at once), their authorisations."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec

from db.records.facts import Facts
from db.records.staff import Absence, Accreditation, StaffMember, WeeklyAvailability
from service.actions.create_absence import AlreadyNoted, is_noted
from service.catalogue import text
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import Resource, Values, chosen, site_options, staff_options
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
        Field(name="protected", label=text("Demi-journées protégées par semaine"), kind="number", most=10, default=("0",)),
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


def absence_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in ABSENCE_KINDS)
    return (
        Field(name="staff", label=text("Qui"), kind="checks", options=staff_options(facts), required=True,
              hint=text("Une ou plusieurs personnes à la fois.")),
        Field(name="from_on", label=text("Du"), kind="date", required=True),
        Field(name="until_on", label=text("Au"), kind="date", hint=text("Ce jour compris. Vide : un seul jour.")),
        Field(name="part", label=text("Dans la journée"), kind="select", required=True, default=("day",),
              options=(("day", text("Toute la journée")), ("am", text("Le matin")), ("pm", text("L’après-midi")))),
        Field(name="kind", label=text("Nature"), kind="select", options=kinds, required=True, default=("leave",),
              hint=text("Vue de la coordination seulement ; les collègues lisent « absent ». Jamais de raison de santé.")),
    )  # fmt: skip


def absence_typed(absence: Absence, facts: Facts) -> dict[str, tuple[str, ...]]:
    zone = ZoneInfo(facts.territory.zone)
    first, last = absence.starts_at.astimezone(zone), absence.ends_at.astimezone(zone) - timedelta(seconds=1)
    part = "pm" if first.hour == 13 else "am" if last.hour == 12 else "day"
    return {
        "staff": (absence.staff,),
        "from_on": (first.date().isoformat(),),
        "until_on": (last.date().isoformat(),),
        "part": (part,),
        "kind": (absence.kind,),
    }


def make_absences(values: Values, facts: Facts) -> tuple[Absence, ...]:
    """One absence a person, and a half-day's one for each of its days; days that are noted already are not noted twice.

    Raises `AlreadyNoted` where nothing is left to note.
    """
    refuse_noted(values, facts)
    taken = {one.code for one in facts.absences}
    made: list[Absence] = []
    for person, (starts_at, ends_at) in _to_note(values, facts):
        code = slug(f"{person}-{starts_at.date()}", frozenset(taken))
        taken.add(code)
        made.append(
            Absence(code=code, staff=person, starts_at=starts_at, ends_at=ends_at, kind=values["kind"])
        )
    return tuple(made)


def refuse_noted(values: Values, facts: Facts) -> None:
    """Where all that is asked lies within absences that stand. Raises `AlreadyNoted`."""
    if not _to_note(values, facts):
        raise AlreadyNoted(values["staff"])


def _to_note(values: Values, facts: Facts) -> list[tuple[str, tuple[datetime, datetime]]]:
    """People and intervals asked, without those that lie within an absence that stands."""
    asked = [edges(values["part"], *span, facts.territory.zone) for span in spans(values)]
    return [
        (person, one)
        for person in values["staff"]
        for one in asked
        if not is_noted(facts.absences, person, *one)
    ]


def spans(values: Values) -> list[tuple[date, date]]:
    last_on = values["until_on"] or values["from_on"]
    if values["part"] == "day":
        return [(values["from_on"], last_on)]
    days = (last_on - values["from_on"]).days
    return [
        (on, on) for on in (values["from_on"] + timedelta(days=offset) for offset in range(min(days, 60) + 1))
    ]


def edges(part: str, first_on: date, last_on: date, zone: str) -> tuple[datetime, datetime]:
    local = ZoneInfo(zone)
    start = time(13) if part == "pm" else time()
    end = (
        datetime.combine(last_on, time(13), local)
        if part == "am"
        else datetime.combine(last_on + timedelta(days=1), time(), local)
    )
    return datetime.combine(first_on, start, local), end


def change_absence(absence: Absence, values: Values, facts: Facts) -> Absence:
    starts_at, ends_at = edges(
        values["part"], values["from_on"], values["until_on"] or values["from_on"], facts.territory.zone
    )
    return msgspec.structs.replace(absence, starts_at=starts_at, ends_at=ends_at, kind=values["kind"])


def accreditation_fields(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(
            name="staff",
            label=text("Qui"),
            kind="checks",
            options=staff_options(facts),
            required=True,
            hint=text("Une ou plusieurs personnes à la fois."),
        ),
        Field(name="site", label=text("Lieu"), kind="select", options=_asking_first(facts), required=True),
        Field(name="from_on", label=text("Valable du"), kind="date", hint=text("Vide : elle l’est déjà.")),
        Field(
            name="until_on",
            label=text("Au"),
            kind="date",
            hint=text("Vide : sans fin connue. La fin est annoncée 60 jours avant."),
        ),
        Field(name="asked_on", label=text("Demandée le"), kind="date"),
        Field(
            name="material",
            label=text("Matériel annoncé"),
            longest=80,
            hint=text("Écrit sur la liste d’accès : « ordinateur portable ». Vide : comme avant."),
        ),
    )


def _asking_first(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Sites that ask for an authorisation before those that do not."""
    asking = {one.code for one in facts.sites if one.demands_accreditation}
    return tuple(sorted(site_options(facts), key=lambda option: option[0] not in asking))


def renewal_question(staff: str, own: Accreditation) -> str:
    """The end of the address of the form, filled in to renew an authorisation from the day after its end."""
    from_on = own.until_on + timedelta(days=1) if own.until_on else None
    known = {"staff": staff, "site": own.site, "from_on": from_on, "asked_on": own.asked_on}
    return "fiche/autorisations/nouveau?" + urlencode({name: one for name, one in known.items() if one})


def make_accreditation(values: Values, facts: Facts) -> tuple[StaffMember, ...]:
    """Each person with the authorisation added, or renewed at the same site, where what is not asked stays."""
    return tuple(_accredited(person, values) for person in facts.staff if person.code in values["staff"])


def _accredited(person: StaffMember, values: Values) -> StaffMember:
    site = values["site"]
    before = next((one for one in person.accreditations if one.site == site), Accreditation(site=site))
    renewed = msgspec.structs.replace(
        before,
        from_on=values["from_on"],
        until_on=values["until_on"],
        asked_on=values["asked_on"],
        material=values["material"] or before.material,
    )
    others = (one for one in person.accreditations if one.site != site)
    return msgspec.structs.replace(person, accreditations=(*others, renewed))


PERSON = Resource(
    path="equipe", place="equipe", kind="staff", new_title="Ajouter une personne",
    lead="Des initiales et un temps de travail suffisent ; la semaine habituelle est déjà remplie. Les collègues voient les initiales ; adresse et téléphone, la coordination seule.",
    fields=person_fields, typed=person_typed, make=make_person, change=change_person, check=check_person,
    take_away="Ne fait plus partie de l’équipe",
)  # fmt: skip
ABSENCE = Resource(
    path="absences", place="equipe", kind="absences", new_title="Saisir une absence",
    lead="Pour une ou plusieurs personnes. Ce qui est publié ces jours-là est dit aussitôt, avec de quoi replanifier. Les collègues lisent « absent ».",
    fields=absence_fields, typed=absence_typed, make=make_absences, change=change_absence, check=check_dates,
    take_away="Retirer cette absence",
)  # fmt: skip
ACCREDITATION = Resource(
    path="autorisations", place="equipe", kind="staff", new_title="Noter une autorisation d’accès",
    lead="Sans autorisation en cours, personne n’est placé dans un lieu qui en demande une. Visible de la coordination et de la personne.",
    fields=accreditation_fields, make=make_accreditation, check=check_dates,
)  # fmt: skip
