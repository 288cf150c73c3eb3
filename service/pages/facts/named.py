"""Facts by the name that people know: titles of their forms, and what was just done to them."""

from typing import Any

from db.records.base import Fact
from db.records.facts import Facts
from service.catalogue import text
from service.french_text import initials
from service.pages.facts.kinds import NAMELESS, RESOURCES
from service.pages.facts.resource import Resource


def named(record: Any, facts: Facts) -> str:
    """A name, a title, a reference; else who and where it concerns. Never a code of ours but where nothing else is."""
    for field in ("short_name", "name", "title", "participant"):
        if getattr(record, field, None):
            return str(getattr(record, field))
    who = getattr(record, "staff", None) or getattr(record, "referent", None)
    sites = {one.code: one.short_name or one.name for one in facts.sites}
    parts = [
        initials(who) if isinstance(who, str) else "",
        sites.get(getattr(record, "site", None) or "", ""),
    ]
    return ", ".join(part for part in parts if part) or str(record.code)


def title_of(kind: Resource, record: Fact | None, facts: Facts) -> str:
    """The heading of a form: a name, or what it is where only a code of ours would stand."""
    if record is None:
        return text(kind.new_title)
    name = named(record, facts)
    return name if name != record.code else text(NAMELESS.get(kind.kind, kind.new_title))


def what_was_added(kind: str, code: str, facts: Facts) -> str:
    """The sentence after one thing was added; a reference that was given is to be written down."""
    resource = RESOURCES.get(kind)
    record = resource.find(facts, code) if resource else None
    if resource is None or record is None:
        return text("Ajouté.")
    if resource.path == "personnes":
        return text(
            "Ajouté : {name}. Notez cette référence dans votre dossier, à côté du nom : escale ne le garde pas.",
            name=named(record, facts),
        )
    lack = _lacking_room(record, facts) if resource.path == "promotions" else ""
    return f"{text('Ajouté : {name}.', name=named(record, facts))} {lack}".strip()


def _lacking_room(promotion: Any, facts: Facts) -> str:
    """A promotion whose site has no room for its seats cannot be placed: said when it is entered, not by the plan."""
    site = next((one for one in facts.sites if one.code == promotion.site), None)
    if site is None or any(room.seats >= promotion.seats for room in site.rooms):
        return ""
    return text(
        "Aucune salle de {n} places n’est notée à {site} : notez ses salles dans la fiche du lieu, sinon ses séances ne se placent pas.",
        n=promotion.seats,
        site=site.short_name or site.name,
    )
