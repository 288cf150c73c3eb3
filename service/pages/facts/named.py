"""Facts by the name that people know: titles of their forms, and what was just done to them."""

from typing import Any

from db.records.base import Fact
from db.records.facts import Facts
from db.records.site import Closure
from db.records.staff import Absence
from service.catalogue import counted, text
from service.french_text import initials, short_period
from service.pages.facts.absence_form import absence_words
from service.pages.facts.kinds import NAMELESS, RESOURCES
from service.pages.facts.resource import Resource

AT_ONCE = {
    "absences": ("{n} absence notée.", "{n} absences notées."),
    "autorisations": (
        "Autorisation enregistrée pour {n} personne.",
        "Autorisation enregistrée pour {n} personnes.",
    ),
    "souhaits": ("{n} souhait noté.", "{n} souhaits notés."),
}
"""What is entered for several people at a time."""


def named(record: Any, facts: Facts) -> str:
    """A name, a title, a reference; else who, where and when it concerns. Never a code of ours but where nothing else is."""
    for field in ("short_name", "name", "title", "participant"):
        if getattr(record, field, None):
            return str(getattr(record, field))
    who = getattr(record, "staff", None) or getattr(record, "referent", None)
    sites = {one.code: one.short_name or one.name for one in facts.sites}
    parts = [
        initials(who) if isinstance(who, str) else "",
        sites.get(getattr(record, "site", None) or "", ""),
        _when(record, facts),
    ]
    return ", ".join(part for part in parts if part) or str(record.code)


def _when(record: Any, facts: Facts) -> str:
    if isinstance(record, Absence):
        return absence_words(record, facts.territory.zone)
    return short_period(record.from_on, record.until_on) if isinstance(record, Closure) else ""


def title_of(kind: Resource, record: Fact | None, facts: Facts) -> str:
    """The heading of a form: a name, or what it is and whom or what it concerns."""
    if record is None:
        return text(kind.new_title)
    name = named(record, facts)
    what = text(NAMELESS[kind.kind]) if kind.kind in NAMELESS else ""
    return ", ".join(part for part in (what, name if name != record.code else "") if part) or name


def what_was_added(kind: str, code: str, count: int, facts: Facts) -> str:
    """The sentence after something was added, `count` of it when it is no single thing; a reference that was given is to be written down."""
    resource = RESOURCES.get(kind)
    record = resource.find(facts, code) if resource else None
    if kind in AT_ONCE and count:
        return counted(*AT_ONCE[kind], count)
    if resource is None or record is None:
        return text("Enregistré.")
    if resource.path == "personnes":
        return text(
            "Ajouté : {name}. Notez cette référence dans votre dossier, à côté du nom : escale ne le garde pas.",
            name=named(record, facts),
        )
    lack = _lacking_room(record, facts) if resource.path == "promotions" else ""
    name = title_of(resource, record, facts).removesuffix(".")
    return f"{text('Ajouté : {name}.', name=name)} {lack}".strip()


def _lacking_room(promotion: Any, facts: Facts) -> str:
    """A promotion whose site has no room for its seats cannot be placed: said when it is entered, not by the plan."""
    site = next((one for one in facts.sites if one.code == promotion.site), None)
    if site is None or any(room.seats >= promotion.seats for room in site.rooms):
        return ""
    return text(
        "Aucune salle de {seats} n’est notée à {site} : notez ses salles dans la fiche du lieu, sinon ses séances ne se placent pas.",
        seats=counted("{n} place", "{n} places", promotion.seats),
        site=site.short_name or site.name,
    )
