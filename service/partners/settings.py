"""What a territory may set about its partners; what it does not say has these defaults."""

import msgspec

from db.records.territory import Territory

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
    return msgspec.convert(territory.settings.get("partners", {}), PartnerSettings)
