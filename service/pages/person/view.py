"""What the page of a participant shows, and the form behind it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.participant import Participant
from service.catalogue import counted, text
from service.french_text import capital, clock, day_date, initials, plain_date
from service.pages.forms import Answers, Field
from service.privacy.exporting import PersonExport
from service.privacy.register import TABLES
from service.privacy.vault import LONGEST_NAME, Contact
from service.privacy.wording import LONGEST_NOTE, fault_of_note

FIELDS = (
    Field(name="minor", label=text("Âge"), kind="checks", options=(("oui", text("Personne mineure (à partir de 16 ans)")),),
          hint=text("Par défaut, ni courriel ni SMS à une personne mineure.")),
    Field(name="informed_on", label=text("Informée le"), kind="date"),
    Field(name="charter_on", label=text("Charte remise le"), kind="date"),
    Field(name="practical_note", label=text("Note pratique"), longest=LONGEST_NOTE,
          hint=text("« apporter CV ». Rien sur la santé, la condamnation, ni de nom.")),
)  # fmt: skip
CONTACT_FIELDS = (
    Field(name="name", label=text("Nom d’usage"), longest=LONGEST_NAME),
    Field(name="phone", label=text("Téléphone"), kind="tel", longest=20),
    Field(name="email", label=text("Courriel"), kind="email"),
    Field(name="messages_agreed", label=text("Messages"), kind="checks", options=(("oui", text("Courriels et SMS convenus avec la personne mineure")),)),
)  # fmt: skip
UNSAID = frozenset(
    {"key", "before", "after", "overruled", "number", "revision", "sequence_number", "last_modified_at"}
)
COLUMNS = {
    "code": "code",
    "any_hour": "peut venir à toute heure",
    "minor": "personne mineure",
    "informed_on": "informée le",
    "charter_on": "charte remise le",
    "practical_note": "note pratique",
    "last_contact_on": "dernier contact",
    "weekday": "jour (1 : lundi)",
    "from_hour": "de",
    "to_hour": "à",
    "state": "état",
    "status": "état",
    "entry_on": "entrée",
    "starts_on": "début",
    "exit_on": "sortie",
    "kind": "nature",
    "interview_kind": "nature de l’entretien",
    "mode": "mode",
    "held_on": "jour",
    "half_day": "demi-journée",
    "starts_at": "début",
    "ends_at": "fin",
    "starts_hour": "heure",
    "from_on": "à partir du",
    "until_on": "jusqu’au",
    "rhythm": "rythme",
    "sites": "lieux",
    "site_code": "lieu",
    "staff_codes": "avec",
    "at": "quand",
    "what": "ce qui s’est passé",
    "actor_label": "par",
    "label": "repère du partenaire",
    "noted_at": "noté le",
    "due_on": "à rappeler le",
    "origin": "origine",
    "priority": "priorité",
    "slots": "durée en créneaux",
    "needed_count": "nombre demandé",
    "need_code": "entretien demandé",
    "created_at": "enregistré le",
    "last_interview_on": "dernier entretien",
    "fixed_with_person": "fixé avec la personne",
    "joined_on": "entrée dans le groupe",
    "left_on": "sortie du groupe",
    "pinned": "épinglé",
    "last_on": "dernier le",
    "missed_on": "absences les",
    "asked_referent_at": "question posée au référent le",
    "misses_in_a_row": "absences de suite",
}
VALUES = {
    "am": "matin",
    "pm": "après-midi",
    "on_site": "sur place",
    "phone": "au téléphone",
    "video": "en visio",
    "running": "en cours",
    "suspended": "suspendu",
    "ended": "terminé",
    "open": "ouvert",
    "met": "satisfait",
    "closed": "fermé",
    "normal": "ordinaire",
    "urgent": "urgent",
    "flexible": "souple",
    "interview": "entretien",
    "session": "séance",
    "planned": "à venir",
    "to_confirm": "à confirmer",
    "cancelled": "annulé",
    "held": "tenu",
    "missed": "absence non excusée",
    "excused": "excusé",
    "waiting": "en attente",
    "coordinator": "demandé par la coordination",
    "fixed_with_person": "fixé avec la personne",
    "orientation": "orientation d’un partenaire",
    "published": "publié",
    "dropped": "retiré",
    "moved": "déplacé",
    "changed": "changé",
    "attendance": "présence notée",
    "cancelled_today": "annulé le jour même",
    "withdrawn": "retiré avec son planning",
    "replaced": "autre personne de l’équipe",
    "us": "nous",
    "site": "le lieu",
    "person": "la personne",
}
"""What is kept as a code, in words."""
RHYTHM = re.compile(r'"every_weeks": ?(\d+)')
LISTED = re.compile(r'"([^"]+)"')
STATUSES = {
    "planned": "à venir",
    "to_confirm": "à confirmer",
    "cancelled": "annulé",
    "held": "honoré",
    "missed": "absence non excusée",
    "excused": "excusé",
}


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """One coming interview in words."""

    when: str
    where: str
    who: str
    state: str


def typed_of(record: Participant | Contact) -> dict[str, tuple[str, ...]]:
    """A record as its form shows it."""
    return {
        name: _shown(getattr(record, name))
        for name in record.__struct_fields__
        if isinstance(getattr(record, name), str | bool | date | None)
    }


def _shown(value: object) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("oui",) if value else ()
    if isinstance(value, date):
        return (value.isoformat(),)
    return (str(value),) if value else ()


def checked_note(answers: Answers) -> Answers:
    """A note that tells who, health or offence is refused at its field."""
    fault = fault_of_note(answers.values.get("practical_note") or "")
    return answers if fault is None else answers.with_problem("practical_note", text("Note pratique"), fault)


def changed(person: Participant, values: dict[str, Any]) -> Participant:
    return msgspec.structs.replace(
        person,
        minor="oui" in values["minor"],
        informed_on=values["informed_on"],
        charter_on=values["charter_on"],
        practical_note=values["practical_note"],
    )


def contact_from(answers: Answers) -> Contact:
    return Contact(**{**answers.values, "messages_agreed": "oui" in answers.values["messages_agreed"]})


def appointments(facts: Facts, found: Sequence[Assignment], now: datetime) -> tuple[Appointment, ...]:
    """Those that are not over, by hour."""
    zone = ZoneInfo(facts.territory.zone)
    names = {site.code: site.short_name or site.name for site in facts.sites}
    return tuple(
        Appointment(
            when=f"{capital(day_date(one.held_on))}, {clock(one.starts_at.astimezone(zone).time())}",
            where=names.get(one.site or "", text("à distance")),
            who=", ".join(map(initials, one.staff)),
            state=text(STATUSES.get(one.status, one.status)),
        )
        for one in found
        if one.ends_at > now
    )


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one table, in words that its owner can read."""

    label: str
    purpose: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def export_sections(export: PersonExport) -> tuple[Section, ...]:
    """Every table that names the person, in words; identifiers and empty values are left to the JSON file."""
    return tuple(
        Section(
            label=text(TABLES[table].label) if table in TABLES else table,
            purpose=text(TABLES[table].purpose) if table in TABLES else "",
            rows=tuple(
                tuple((text(COLUMNS.get(name, name)), _worded(value)) for name, value in row.items() if _says(name, value))
                for row in rows
            ),
        )
        for table, rows in export.kept.items()
    )  # fmt: skip


def _says(name: str, value: object) -> bool:
    return name not in UNSAID and value not in ("", "[]", "{}", 0, False) and not isinstance(value, UUID)


def _worded(value: object) -> str:
    if isinstance(value, bool):
        return text("oui")
    if isinstance(value, datetime):
        return f"{plain_date(value.date())} {value:%H:%M} UTC"
    if isinstance(value, date):
        return plain_date(value)
    written = str(value)
    weeks = RHYTHM.findall(written)
    if weeks:
        return ", ".join(counted("chaque semaine", "toutes les {n} semaines", int(one)) for one in weeks)
    listed = LISTED.findall(written) if written.startswith("[") else [written]
    return ", ".join(text(VALUES[one]) if one in VALUES else one for one in listed or [written])
