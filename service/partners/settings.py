"""What a territory may set about its partners; what it does not say has these defaults."""

from typing import Any

import msgspec
import structlog

from db.records.territory import Territory
from service.territory_settings import living_settings

log = structlog.get_logger(__name__)
DEFAULT_NEEDS = {
    "emploi": "Emploi",
    "formation": "Formation",
    "papiers": "Papiers, droits",
    "logement": "Logement",
    "autre": "Autre",
}
PARTNER_REASONS = {
    "personne": "La personne ne viendra pas",
    "sortie": "Autorisation de sortie non obtenue",
    "transfert": "La personne a changé de lieu",
    "erreur": "Saisie par erreur",
    "autre": "Autre",
}
OUR_REASONS = {
    "absence": "Absence dans l’équipe",
    "lieu": "Empêchement du lieu",
    "demi-journee": "La demi-journée n’a pas lieu",
    "autre": "Autre",
}


class PartnerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`settings["partners"]` of a territory. Reasons and needs are words by code."""

    hold_minutes: int = 15
    holds_at_once: int = 3
    weeks_ahead: int = 8
    needs: dict[str, str] = msgspec.field(default_factory=lambda: dict(DEFAULT_NEEDS))
    partner_reasons: dict[str, str] = msgspec.field(default_factory=lambda: dict(PARTNER_REASONS))
    our_reasons: dict[str, str] = msgspec.field(default_factory=lambda: dict(OUR_REASONS))
    leave_days: int = 10
    """How many days before a rendez-vous an autorisation de sortie is asked for, at the latest."""
    alert_days: tuple[int, ...] = (7, 3)
    contact_name: str = "La coordination"
    contact_phone: str = ""
    contact_email: str = ""


def partner_settings(territory: Territory) -> PartnerSettings:
    """What was written; a part that cannot be read is as if it were not there, and the log names it."""
    stored = territory.settings.get("partners", {})
    try:
        return msgspec.convert(stored, PartnerSettings)
    except msgspec.ValidationError:
        parts = stored if isinstance(stored, dict) else {}
        readable = {name: value for name, value in parts.items() if _can_be_read(name, value)}
        log.warning("settings of partners not readable", parts=sorted(set(parts) - set(readable)))
        return msgspec.convert(readable, PartnerSettings)


def why_cancelled(territory: Territory, reason: str | None) -> str:
    """The words of a reason: of the lists for partners, else of those by which the team calls things off. Empty when unknown."""
    settings = partner_settings(territory)
    known = living_settings(territory).cancel_reasons | settings.our_reasons | settings.partner_reasons
    return known.get(reason or "", "")


def whom_to_call(settings: PartnerSettings) -> str:
    """Name and telephone of whoever decides when it is too late to do so here."""
    return " ".join(part for part in (settings.contact_name, settings.contact_phone) if part)


def _can_be_read(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, PartnerSettings)
    except msgspec.ValidationError:
        return False
    return True
