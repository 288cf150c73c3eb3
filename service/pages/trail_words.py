"""Entries of the trail in French: who, what, on what, when, from where."""

import re
from collections.abc import Iterable
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from db.records.trail import TrailEntry
from service.catalogue import text
from service.french_text import clock, plain_date
from service.pages.trail_fields import FIELDS
from service.pages.trail_verbs import verb
from service.privacy.register import TABLES

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lectures": ("Lectures", ("read", "exported")),
    "changements": ("Ajouts et changements", ("added", "changed", "removed")),
    "effacements": ("Effacements", ("erased", "contacts_erased")),
    "connexions": ("Connexions", ("signed_in", "sign_in_refused")),
    "refus": ("Refus", ("refused", "sign_in_refused")),
    "comptes": (
        "Comptes",
        ("invite", "add_role", "remove_role", "close_account", "reopen_account", "log_out_everywhere",
         "take_totp_away", "send_link", "revoke_a_token"),
    ),
}  # fmt: skip
"""Filters of the trail: a French name and the actions behind it."""
KINDS = {
    "participant": "personne accompagnée",
    "participants": "personnes accompagnées",
    "document": "document",
    "page": "page",
    "interview": "entretien",
    "permanence": "permanence",
    "session": "séance collective",
    "office": "demi-journée au bureau",
    "interview_need": "entretien demandé",
    "path": "parcours",
    "speaker": "intervenant extérieur",
    "closure": "fermeture",
    "wish": "souhait",
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
    "orientation": "orientation",
    "hold": "place retenue",
    "event": "rendez-vous",
    "assignment": "rendez-vous",
    "assignment_id": "rendez-vous",
    "plan_id": "planning",
    "month": "planning",
    "reference": "personne accompagnée",
    "host": "permanence",
    "source": "agenda extérieur",
    "address": "adresse d’agenda",
}


IDENTIFIER = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as a page shows it; `kind` and `ref` lead to the history of the thing."""

    when: str
    who: str
    what: str
    kind: str
    ref: str
    origin: str
    did: str = ""


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that say the same of several things: one line, and the others beneath it."""

    first: Line
    others: tuple[Line, ...]


def folded(lines: Iterable[Line]) -> tuple[Fold, ...]:
    """Neighbours by the same person, in the same minute, from the same place, doing the same."""
    groups = [
        list(group) for _, group in groupby(lines, key=lambda one: (one.when, one.who, one.origin, one.did))
    ]
    return tuple(Fold(first=first, others=tuple(others)) for first, *others in groups)


def kind_options() -> list[tuple[str, str]]:
    """Kinds of things to choose from, each French name once, by the first code that has it."""
    first = {text(name): code for code, name in reversed(KINDS.items())}
    return sorted(((code, name) for name, code in first.items()), key=lambda one: one[1])


def kinds_named(code: str) -> tuple[str, ...]:
    """Every code that is told by the same French word as this one; one that has no word stands for itself."""
    if code not in KINDS:
        return (code,) if code else ()
    return tuple(one for one, name in KINDS.items() if name == KINDS[code])


def told(entry: TrailEntry, zone: str, names: dict[str, str] | None = None) -> Line:
    """An entry at the local time of a territory; `names` are those of accounts, by id."""
    local = entry.at.astimezone(ZoneInfo(zone))
    return Line(
        when=text("{day} à {hour}", day=plain_date(local.date()), hour=clock(local.time(), padded=True)),
        who=entry.actor_label or text("personne inconnue"),
        what=_sentence(entry, names or {}),
        kind=entry.about_kind or "",
        ref=entry.about_ref or "",
        origin=entry.address or "",
        did=entry.action,
    )


def _sentence(entry: TrailEntry, names: dict[str, str]) -> str:
    known = verb(entry.action)
    did = text(known) if known else text("action « {name} »", name=entry.action)
    about = _about(entry, names)
    fields = [text(FIELDS[one]) for one in entry.detail.get("fields", ()) if one in FIELDS]
    words = text("{verb} : {about}", verb=did, about=about) if about else did
    return f"{words} ({', '.join(dict.fromkeys(fields))})" if fields else words


def _about(entry: TrailEntry, names: dict[str, str]) -> str:
    shown, document = entry.detail.get("references", ()), entry.detail.get("document")
    people = text("{kind} {refs}", kind=_kind("participants"), refs=", ".join(shown)) if shown else ""
    if document and entry.about_kind != "document":
        people = people or f"{_kind(entry.about_kind)} {entry.about_ref}"
        return text("{people}, dans le document {name}", people=people, name=document)
    if people:
        return people
    if "count" in entry.detail:
        return f"{_kind(entry.about_kind)} ({entry.detail['count']})"
    if entry.about_kind == "address":
        return ""
    if entry.about_kind == "account":
        return "" if entry.action.startswith("sign") else names.get(entry.about_ref or "", text("un compte"))
    ref = entry.about_ref or ""
    return " ".join(word for word in (_kind(entry.about_kind), "" if IDENTIFIER.match(ref) else ref) if word)


def _kind(kind: str | None) -> str:
    if kind is None:
        return ""
    if kind in KINDS:
        return text(KINDS[kind])
    return text(TABLES[kind].label) if kind in TABLES else kind
