"""Entries of the trail in French: who, what, on what, when, from where."""

from zoneinfo import ZoneInfo

import msgspec

from db.records.trail import TrailEntry
from service.catalogue import counted, text
from service.french_text import clock, plain_date
from service.privacy.register import TABLES

VERBS = {
    "read": "a lu",
    "added": "a ajouté",
    "changed": "a changé",
    "removed": "a retiré",
    "erased": "a effacé",
    "exported": "a remis la copie de",
    "signed_in": "s’est connectée ou connecté",
    "sign_in_refused": "s’est vu refuser la connexion",
    "published": "a publié",
}
KINDS = {
    "participant": "personne accompagnée",
    "document": "document imprimé",
    "account": "compte",
    "territory": "territoire",
    "cadence": "cadence",
    "promotion": "promotion",
    "programme": "dispositif",
    "plan": "planning",
    "meeting": "rencontre",
    "absence": "absence",
    "site": "lieu",
    "partner": "partenaire",
    "staff_member": "membre de l’équipe",
}
FIELDS = {
    "minor": "âge",
    "informed_on": "date d’information",
    "charter_on": "date de la charte",
    "practical_note": "note pratique",
    "name": "nom",
    "phone": "téléphone",
    "email": "courriel",
    "messages_agreed": "accord pour les messages",
    "any_hour": "heures possibles",
    "referent": "référent",
    "rhythm": "rythme",
    "state": "état",
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as a page shows it; `kind` and `ref` lead to the history of the thing."""

    when: str
    who: str
    what: str
    kind: str
    ref: str
    origin: str


def told(entry: TrailEntry, zone: str) -> Line:
    """An entry at the local time of a territory."""
    local = entry.at.astimezone(ZoneInfo(zone))
    return Line(
        when=text("{day} à {hour}", day=plain_date(local.date()), hour=clock(local.time(), padded=True)),
        who=entry.actor_label or text("personne inconnue"),
        what=_sentence(entry),
        kind=entry.about_kind or "",
        ref=entry.about_ref or "",
        origin=entry.address or "",
    )


def _sentence(entry: TrailEntry) -> str:
    verb = (
        text(VERBS[entry.action]) if entry.action in VERBS else text("action « {name} »", name=entry.action)
    )
    words = [verb, *_about(entry)]
    fields = entry.detail.get("fields", ())
    if fields:
        named = ", ".join(text(FIELDS[one]) if one in FIELDS else one for one in fields)
        words.append(f"({named})")
    return " ".join(words)


def _about(entry: TrailEntry) -> list[str]:
    shown = entry.detail.get("references", ())
    if shown:
        return [
            counted("{n} personne accompagnée :", "{n} personnes accompagnées :", len(shown)),
            ", ".join(shown),
        ]
    if "count" in entry.detail:
        return [counted("{n} fiche :", "{n} fiches :", entry.detail["count"]), _kind(entry.about_kind)]
    if entry.about_kind == "account":
        return []
    return [word for word in (_kind(entry.about_kind), entry.about_ref or "") if word]


def _kind(kind: str | None) -> str:
    if kind is None:
        return ""
    if kind in KINDS:
        return text(KINDS[kind])
    return text(TABLES[kind].label) if kind in TABLES else kind
