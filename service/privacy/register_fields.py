"""What is kept of whom, field by field: a French word for each column of each table that tells of a person.

A test fails on a column without its word, so that no datum is added without being told.
"""

from collections.abc import Mapping

MACHINE = frozenset(
    [
        "id",
        "created_at",
        "updated_at",
        "version",
        "position",
        "territory",
        "territory_id",
        "key",
        "number",
        "revision",
        "sequence_number",
        "sha256",
        "token_hash",
        "request_hash",
        "scope",
        "dedupe_key",
        "host_kind",
        "host_id",
        "slot",
        "place",
        "plan",
        "plan_id",
        "assignment_id",
        "interview",
        "interview_id",
        "event_id",
        "source",
        "meeting",
        "cadence",
        "sequence",
        "mail",
        "orientation",
        "next_assignment_id",
        "orientation_id",
        "holder_id",
        "next_try_at",
        "attempt_count",
        "etag",
        "last_modified",
        "last_modified_at",
        "reusable",
        "payload",
        "body_html",
        "recipient_id",
        "subject_id",
        "left_sequence_number",
        "master_key_id",
        "totp_last_step",
        "former_starts_at",
    ]
)
"""What only the machine needs to find, order or tell versions apart: it says nothing more of a person."""

WORDS: Mapping[str, str] = {
    # Who
    "code": "référence ou code", "participant": "référence de la personne", "participant_id": "personne", "about_kind": "nature", "referent": "référente ou référent", "staff": "membre de l’équipe",
    "staff_codes": "initiales", "partner": "partenaire", "account": "compte", "speaker": "intervenante ou intervenant",
    "name": "nom", "short_name": "nom court", "neutral_name": "nom neutre", "email": "courriel", "phone": "téléphone",
    "job": "métier", "function": "fonction", "organisation": "organisme", "address": "adresse", "agent": "navigateur",
    "contact_name": "contact", "contact_email": "courriel du contact", "language": "langue", "base": "lieu habituel",
    "about_ref": "référence ou code", "label": "repère du partenaire", "officer": "agent qui oriente",
    "officer_phone": "téléphone de l’agent", "recipient_kind": "nature du destinataire", "recipient_label": "destinataire",
    "to_address": "adresse du destinataire", "sent_to": "adresse d’envoi", "device": "appareil",
    # By whom, when
    "actor_id": "compte de qui agit", "actor_label": "nom de qui agit", "asked_by": "demandé par", "noted_by": "noté par",
    "made_by": "fait par", "sent_by": "envoyé par", "told_by": "prévenu par", "pinned_by": "épinglé par",
    "declared_by": "déclaré par", "said_by": "dit par", "cancelled_by": "annulé par", "at": "instant",
    "noted_at": "noté le", "sent_at": "envoyé le", "told_at": "prévenu le", "asked_at": "demandé le",
    "answered_at": "répondu le", "asked_referent_at": "référent interrogé le", "confirmed_at": "confirmé le",
    "cancelled_at": "annulé le", "closed_at": "clos le", "erased_at": "effacé le", "label_erased_at": "repère effacé le",
    "archived_at": "archivé le", "released_at": "rendu le", "removed_at": "retiré le", "revoked_at": "révoqué le",
    "used_at": "servi le", "last_used_at": "dernier usage", "last_seen_at": "vu la dernière fois",
    "last_login_at": "dernière connexion", "expires_at": "échéance", "second_factor_at": "second facteur donné le",
    "totp_confirmed_at": "second facteur confirmé le", "locked_until_at": "bloqué jusqu’au",
    "sessions_from_at": "sessions valables depuis", "changed_at": "changé le", "left_at": "parti le", "done_at": "fait le",
    "last_tried_at": "dernier essai de lecture", "last_success_at": "dernière lecture", "last_error_at": "dernier échec",
    # What about a participant
    "any_hour": "peut venir à toute heure", "minor": "mineure ou mineur", "informed_on": "informée le",
    "charter_on": "charte remise le", "practical_note": "note pratique", "last_contact_on": "dernier contact",
    "wrapped_key": "clé de la personne, enveloppée", "sealed": "nom d’usage, téléphone, courriel, accord : chiffrés",
    "need": "besoin, d’une liste, ou entretien demandé", "programme": "dispositif", "promotion": "promotion", "path": "parcours",
    "assignment": "rendez-vous", "state": "état", "entry_on": "entrée", "starts_on": "début", "exit_on": "sortie", "rhythm": "rythme",
    "priority": "urgence", "slots": "longueur", "sites": "lieux possibles", "only_in_permanence": "en permanence seulement",
    "other_staff": "autre personne acceptée", "leave_notice_days": "préavis d’une autorisation de sortie",
    "asks_leave": "autorisation de sortie à demander", "leave_by_on": "autorisation à demander avant",
    "min_days": "écart au plus près", "last_interview_on": "dernier entretien", "last_on": "dernier entretien",
    "missed_on": "dernière absence", "misses": "absences de suite", "misses_in_a_row": "absences de suite",
    "needed_count": "nombre demandé", "origin": "d’où vient la demande", "joined_on": "entrée dans le groupe",
    "left_on": "sortie du groupe", "due_on": "à rappeler le", "status": "statut",
    "need_code": "entretien demandé", "fixed_with_person": "fixé avec la personne", "cancel_reason": "raison, d’une liste",
    "reason_code": "raison, d’une liste", "reason_facts": "faits qui l’expliquent", "left_count": "nombre non placé",
    # When and where
    "held_on": "date", "half_day": "demi-journée", "weekday": "jour de la semaine", "from_hour": "de", "to_hour": "à",
    "starts_at": "début", "ends_at": "fin", "starts_hour": "heure", "from_on": "depuis le", "until_on": "jusqu’au",
    "month_on": "mois", "every_weeks": "toutes les n semaines", "amount": "nombre", "site": "lieu", "site_code": "lieu",
    "room": "salle", "room_code": "salle", "cadence_code": "cadence", "promotion_code": "promotion",
    "sequence_code": "séquence", "kind": "nature", "mode": "sur place, téléphone ou visio", "interview_kind": "nature de l’entretien",
    "places": "nombre de places", "pinned": "épinglé", "what": "ce qui a changé", "before": "avant", "after": "après",
    "overruled": "règle passée outre", "change": "ce qui a été dit", "channel": "par quel moyen", "release_reason": "pourquoi rendue",
    # What about the team
    "etp_percent": "temps de travail", "max_half_days_day": "demi-journées par jour", "max_half_days_week": "demi-journées par semaine",
    "max_half_days_month": "demi-journées par mois", "protected_half_days": "demi-journées à laisser libres",
    "active_from_on": "présente depuis", "active_until_on": "présente jusqu’au", "busy_on": "date prise", "wished_on": "date souhaitée",
    "wish": "préfère ou évite", "unannounced": "entre sans être annoncée", "asked_on": "demandée le",
    "renewal_lead_days": "délai de renouvellement", "material": "matériel", "balance_hundredths": "écart de charge",
    "address_sealed": "adresse de l’agenda, chiffrée", "warnings": "avertissements de lecture", "last_error": "dernier échec",
    "lines": "qui entre, quand", "subject": "objet", "body_text": "texte",
    # What about partners and sites
    "convention": "ce que dit la convention", "lead_hours": "délai pour orienter", "cut_off_hours": "délai pour annuler",
    "directions": "chemin", "gate_margin_minutes": "marge à la porte", "holds_detained": "on y est détenu",
    "phones_outside": "téléphones dehors", "of_partner": "locaux d’un partenaire",
    "demands_accreditation": "autorisation exigée", "asks_access_list": "liste d’accès demandée",
    "access_notice_days": "préavis de la liste", "far": "loin", "open_on_holidays": "ouvert les jours fériés",
    "interview_places": "places d’entretien", "reason": "raison", "is_holiday": "férié ou non", "to_on": "reporté au",
    "proposed_on": "date proposée", "answer": "réponse", "via": "par quelle voie", "note": "note",
    # What about accounts
    "password_hash": "mot de passe haché", "oidc_subject": "identité chez le fournisseur", "totp_sealed": "second facteur, chiffré",
    "failed_count": "essais manqués", "data": "étape de la connexion", "scopes": "droits", "role": "rôle", "purpose": "usage",
    "wanted": "oui ou non", "options": "ce que montre l’agenda", "action": "action", "detail": "noms des champs, références lues",
    "body": "contenu",
}  # fmt: skip
APART: Mapping[tuple[str, str], str] = {
    ("participant", "code"): "référence",
    ("audit_trail", "address"): "adresse réseau",
    ("account_session", "address"): "adresse réseau",
    ("idempotency_key", "body"): "réponse, chiffrée",
    ("plan_file", "body"): "problème ou planning, avec ses références",
}
"""A name that means something else in one table."""


def word_of(table: str, name: str) -> str:
    """Raises `KeyError` on a column that nobody has told of."""
    return APART.get((table, name)) or WORDS[name]
