"""Entries of the trail in French: who, what, on what, when, from where."""

import re
from zoneinfo import ZoneInfo

import msgspec

from db.records.trail import TrailEntry
from service.catalogue import text
from service.french_text import clock, plain_date
from service.privacy.register import TABLES

VERBS = {
    "read": "a lu",
    "added": "a ajouté",
    "changed": "a changé",
    "removed": "a retiré",
    "erased": "a effacé",
    "exported": "a remis la copie",
    "signed_in": "s’est connectée ou connecté",
    "sign_in_refused": "s’est vu refuser la connexion",
    "published": "a publié",
    "plan.published": "a publié",
    "publish_plan": "a publié",
    "publish": "a publié",
    "generate": "a demandé un planning",
    "plan.withdrawn": "a retiré de la publication",
    "contacts_erased": "a détruit les coordonnées gardées",
    "invite": "a invité",
    "add_role": "a donné un rôle à",
    "remove_role": "a retiré un rôle à",
    "close_account": "a fermé le compte de",
    "reopen_account": "a rouvert le compte de",
    "log_out_everywhere": "a fermé les sessions de",
    "take_totp_away": "a retiré la double authentification de",
    "send_link": "a envoyé un lien à",
    "revoke_a_token": "a révoqué un jeton de",
    "keep_lifetimes": "a changé les durées de conservation",
    "revoke_feed_address": "a révoqué une adresse d’agenda",
    "try_mail_again": "a relancé un courriel",
    "do_make_token": "a créé un jeton",
    "do_revoke_token": "a révoqué un jeton",
    "do_change_password": "a changé son mot de passe",
    "leave_everywhere": "a fermé toutes ses sessions",
    "confirm_totp": "a changé sa double authentification",
    "choose_messages": "a choisi ses messages",
}
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lectures": ("Lectures", ("read", "exported")),
    "changements": ("Ajouts et changements", ("added", "changed", "removed")),
    "effacements": ("Effacements", ("erased", "contacts_erased")),
    "connexions": ("Connexions", ("signed_in", "sign_in_refused")),
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
    "document": "document imprimé",
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


IDENTIFIER = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as a page shows it; `kind` and `ref` lead to the history of the thing."""

    when: str
    who: str
    what: str
    kind: str
    ref: str
    origin: str


def kind_options() -> list[tuple[str, str]]:
    """Kinds of things to choose from, by their French names."""
    return sorted(((code, text(name)) for code, name in KINDS.items()), key=lambda one: one[1])


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
    )


def _sentence(entry: TrailEntry, names: dict[str, str]) -> str:
    verb = (
        text(VERBS[entry.action]) if entry.action in VERBS else text("action « {name} »", name=entry.action)
    )
    about = _about(entry, names)
    fields = [text(FIELDS[one]) if one in FIELDS else one for one in entry.detail.get("fields", ())]
    words = text("{verb} : {about}", verb=verb, about=about) if about else verb
    return f"{words} ({', '.join(fields)})" if fields else words


def _about(entry: TrailEntry, names: dict[str, str]) -> str:
    shown = entry.detail.get("references", ())
    if shown:
        return text("{kind} {refs}", kind=_kind("participants"), refs=", ".join(shown))
    if "count" in entry.detail:
        return f"{_kind(entry.about_kind)} ({entry.detail['count']})"
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
