"""What is kept of whom: one entry a table of the database. A test fails on a table without its entry.

The French document for processing registers is written from these entries and from the settings'
own defaults, and so is the readable copy that a person may ask for.
"""

from typing import NamedTuple

from service.privacy.lifetimes import DEFAULTS

COORDINATION = "coordination du territoire"
REFERENTS = "coordination du territoire, référente ou référent, personne qui tient le prochain entretien"
TEAM = "coordination et équipe du territoire"
SELF = "la personne elle-même"
ADMIN = "administration"
MACHINE = "personne : la machine seule"

STAY = "nulle part"
OWN_FEED = "agenda secret de la personne concernée (référence seulement, si le territoire le permet)"

PARTICIPANT_AGE = (
    f"{DEFAULTS.participants_months} mois après le dernier contact (réglage du territoire), puis effacement"
)
WITH_PARTICIPANT = "comme la personne : références remplacées à l’effacement, chiffres conservés"
WHILE_TEAM = "tant que la personne travaille dans le territoire ; archivée ensuite, retirée à la main à l’échéance que l’association fixe"
WHILE_ACCOUNT = "tant que le compte existe ; fermé au départ de la personne"
PLANNING = "avec le planning, gardé pour les bilans des dispositifs"
LABELS_AGE = f"{DEFAULTS.orientations_days} jours après le rendez-vous (réglage du territoire)"
WITH_LABEL = "comme l’orientation : son repère s’efface, la place reste comptée"
TRAIL_AGE = f"{DEFAULTS.trail_months} mois (réglage du territoire)"
PROBLEMS_AGE = f"{DEFAULTS.problems_days} jours après que le planning a été remplacé, retiré ou écarté (réglage du territoire)"


class Entry(NamedTuple):
    """One table: its French name, whom it is about, what it holds, what for, who sees it, how long, where it goes."""

    label: str
    about: str
    holds: str
    purpose: str
    seen_by: str
    lifetime: str
    goes_to: str = STAY


PERSON, STAFF, PARTNER, SITE, ACCOUNT, HOUSE = (
    "personne accompagnée",
    "équipe",
    "partenaire",
    "établissement",
    "compte",
    "aucune personne",
)

OF_PARTICIPANTS: dict[str, Entry] = {
    "participant": Entry("Personnes accompagnées", PERSON, "référence donnée par escale, mineure ou non, date d’information, date de la charte, note pratique de 80 caractères, dernier contact", "planifier les rendez-vous", REFERENTS, PARTICIPANT_AGE, OWN_FEED),
    "participant_hours": Entry("Heures de venue", PERSON, "heures auxquelles la personne peut venir", "ne proposer que des heures possibles", REFERENTS, PARTICIPANT_AGE),
    "participant_vault": Entry("Coordonnées chiffrées (facultatif)", PERSON, "nom d’usage, téléphone, courriel, accord d’une personne mineure pour des messages ; chiffrés par une clé propre à la personne", "joindre la personne", REFERENTS, PARTICIPANT_AGE + " ; la clé est détruite"),
    "path": Entry("Parcours", PERSON, "dispositif, entrée, sortie, référent, rythme, absences de suite ; un parcours suspendu ne porte pas de raison", "savoir qui est suivi, à quel rythme", REFERENTS, WITH_PARTICIPANT),
    "interview_need": Entry("Entretiens demandés", PERSON, "référence, nature, période, préavis d’une autorisation de sortie", "placer l’entretien", REFERENTS, WITH_PARTICIPANT),
    "interview_need_site": Entry("Lieux possibles d’un entretien", PERSON, "lieux, par ordre de préférence", "placer l’entretien", REFERENTS, WITH_PARTICIPANT),
    "promotion_participant": Entry("Personnes d’une promotion", PERSON, "référence, dates d’entrée et de sortie du groupe", "composer les groupes", REFERENTS, WITH_PARTICIPANT),
    "assignment": Entry("Rendez-vous publiés", PERSON, "date, heure, lieu, qui reçoit, référence de la personne reçue", "tenir le planning", REFERENTS, WITH_PARTICIPANT, OWN_FEED),
    "assignment_event": Entry("Historique des rendez-vous", PERSON, "ce qui a changé, quand, par qui", "prévenir, expliquer", REFERENTS, WITH_PARTICIPANT),
    "attendance": Entry("Présences", PERSON, "venue, absence, excuse : un mot d’une liste, sans commentaire", "relancer, rendre compte", REFERENTS, WITH_PARTICIPANT, "indicateurs aux financeurs : nombres seulement, pas de case sous 5"),
    "recall": Entry("À rappeler", PERSON, "référence et jour", "rappeler un rendez-vous", REFERENTS, WITH_PARTICIPANT),
    "orientation": Entry("Orientations", PERSON, "repère du partenaire (12 caractères), agent qui oriente et son téléphone, rendez-vous", "réserver une place", "le partenaire qui oriente, coordination, personne qui reçoit", LABELS_AGE, "agenda secret du partenaire, pour ses orientations"),
    "pin": Entry("Ce qui est épinglé", PERSON, "rendez-vous fixé avec la personne, par référence", "ne pas le déplacer", REFERENTS, WITH_PARTICIPANT),
    "plan_file": Entry("Problèmes et plannings calculés", PERSON, "références et heures possibles, dans le fichier du calcul", "rejouer un calcul", COORDINATION, PROBLEMS_AGE),
    "plan_item": Entry("Contenu des versions", PERSON, "rendez-vous d’une version, par référence", "comparer des versions", COORDINATION, WITH_PARTICIPANT),
    "unplaced": Entry("Ce qui n’a pas été placé", PERSON, "besoin et raison, par référence", "expliquer", COORDINATION, WITH_PARTICIPANT),
    "waiting_entry": Entry("Listes d’attente", PERSON, "rang d’une orientation", "proposer une place libérée", "le partenaire qui oriente, coordination", WITH_LABEL),
    "taken_place": Entry("Places prises", PERSON, "place et orientation qui la tient", "ne jamais donner une place deux fois", COORDINATION, WITH_LABEL),
    "audit_trail": Entry("Journal", PERSON, "qui a lu ou changé quoi, quand, d’où ; par référence, sans valeur personnelle", "répondre de l’usage du fichier", ADMIN, TRAIL_AGE),
    "erasure_memory": Entry("Mémoire des effacements", PERSON, "référence effacée et date", "effacer à nouveau après une restauration", MACHINE, "durée du service"),
}  # fmt: skip

OF_STAFF: dict[str, Entry] = {
    "staff_member": Entry("Équipe", STAFF, "initiales, nom, métier, courriel, téléphone, temps de travail", "planifier, prévenir", TEAM, WHILE_TEAM, "listes d’accès aux établissements : qui entre et quand"),
    "skill": Entry("Compétences", STAFF, "mots d’une liste", "choisir qui anime", COORDINATION, WHILE_TEAM),
    "weekly_availability": Entry("Semaine habituelle", STAFF, "demi-journées travaillées et où", "planifier", COORDINATION, WHILE_TEAM),
    "absence": Entry("Absences", STAFF, "dates et nature (congé, formation, indisponible) ; jamais une raison de santé", "ne pas planifier", "coordination ; les autres lisent « absent »", WHILE_TEAM),
    "busy_mark": Entry("Demi-journées prises", STAFF, "dates", "ne pas planifier", COORDINATION, WHILE_TEAM),
    "wish": Entry("Souhaits", STAFF, "préfère, préfère éviter", "planifier", COORDINATION, WHILE_TEAM),
    "accreditation": Entry("Autorisations d’accès", STAFF, "lieu et dates de validité", "n’envoyer que qui peut entrer", COORDINATION, WHILE_TEAM, "établissement concerné"),
    "access_list": Entry("Listes d’accès", STAFF, "qui entre, quand, avec quel matériel", "laisser entrer", COORDINATION, PLANNING, "établissement concerné"),
    "ledger_entry": Entry("Équité des mois passés", STAFF, "écart de charge par mois", "répartir équitablement", "coordination ; chacune et chacun le sien", WHILE_TEAM),
    "busy_source": Entry("Agendas personnels branchés", STAFF, "adresse secrète chiffrée, dernière lecture", "ne pas planifier sur du temps pris", SELF, "jusqu’au retrait par la personne"),
    "busy_interval": Entry("Temps pris ailleurs", STAFF, "heures seulement, sans titre", "ne pas planifier", COORDINATION, "remplacé à chaque lecture"),
    "assignment_staff": Entry("Qui tient un rendez-vous", STAFF, "initiales", "tenir le planning", TEAM, PLANNING, "agendas secrets du planning publié"),
    "staff_presence": Entry("Demi-journées tenues", STAFF, "date et lieu", "ne pas planifier deux fois", TEAM, PLANNING),
    "staff_interview": Entry("Heures d’entretien tenues", STAFF, "heures", "ne pas planifier deux fois", TEAM, PLANNING),
    "cadence_staff": Entry("Habitudes d’une cadence", STAFF, "initiales", "continuité", COORDINATION, PLANNING),
    "promotion_animator": Entry("Animation des promotions", STAFF, "initiales", "continuité", COORDINATION, PLANNING),
    "meeting_attendee": Entry("Présents d’une rencontre", STAFF, "initiales", "réserver le temps", TEAM, PLANNING, "agendas secrets de l’équipe"),
    "told": Entry("Qui a été prévenu", STAFF, "de quoi, par qui, quand", "savoir qui sait", COORDINATION, PLANNING),
    "outbox_mail": Entry("Courriels", STAFF, "adresse, objet, texte sans personne accompagnée", "prévenir", "administration (échecs seulement)", TRAIL_AGE, "serveur de courriel de l’organisation"),
    "volume": Entry("Volumes de suivi", STAFF, "combien de personnes par référent", "ouvrir assez de demi-journées", COORDINATION, PLANNING),
}  # fmt: skip

OF_OTHERS: dict[str, Entry] = {
    "partner": Entry("Partenaires", PARTNER, "service, courriel et téléphone du service", "ouvrir des places", COORDINATION, "durée de la convention"),
    "speaker": Entry("Intervenantes et intervenants extérieurs", PARTNER, "nom, organisme, courriel, téléphone", "animer, laisser entrer", COORDINATION, PLANNING, "établissement concerné"),
    "site": Entry("Lieux", SITE, "adresse, téléphone, contact de l’établissement", "s’y rendre, prévenir", TEAM, PLANNING, "agendas secrets : nom et adresse du lieu"),
    "site_answer": Entry("Accords des sites", SITE, "réponse, qui l’a dite", "tenir les dates", COORDINATION, PLANNING),
    "closure": Entry("Fermetures", SITE, "dates, qui l’a dit", "ne pas planifier", COORDINATION, PLANNING),
    "holiday_override": Entry("Jours particuliers", SITE, "date, qui l’a dit", "ne pas planifier", COORDINATION, PLANNING),
    "cadence_exception": Entry("Exceptions d’une cadence", SITE, "dates, qui l’a dit", "planifier", COORDINATION, PLANNING),
    "account": Entry("Comptes", ACCOUNT, "courriel, nom, mot de passe haché (Argon2id), second facteur chiffré", "se connecter", ADMIN, WHILE_ACCOUNT),
    "account_role": Entry("Rôles", ACCOUNT, "rôle et territoire", "donner ses droits, pas plus", ADMIN, WHILE_ACCOUNT),
    "account_session": Entry("Sessions", ACCOUNT, "un seul témoin de connexion (cookie), strictement nécessaire ; adresse réseau, navigateur, heures", "rester connecté, fermer à distance", SELF, "30 jours après leur fin"),
    "api_token": Entry("Jetons", ACCOUNT, "empreinte, droits, échéance", "programmes autorisés", "la personne et l’administration", "valable jusqu’à l’échéance ou la révocation ; il n’en reste que l’empreinte"),
    "one_time_link": Entry("Liens envoyés", ACCOUNT, "empreinte, adresse, échéance", "invitation, nouveau mot de passe, boîte d’un service, page d’un lieu", MACHINE, "valables 2 heures, 7 ou 60 jours, et tant que l’adresse est la même ; oubliés 30 jours après"),
    "notification_preference": Entry("Choix de messages", ACCOUNT, "oui ou non par nature de message", "ne pas trop écrire", SELF, WHILE_ACCOUNT),
    "feed_token": Entry("Adresses d’agendas", ACCOUNT, "empreinte, appareil, dernière lecture", "s’abonner, révoquer", "la personne et l’administration", "valable jusqu’à la révocation ; il n’en reste que l’empreinte"),
    "idempotency_key": Entry("Demandes déjà faites", ACCOUNT, "empreintes ; réponse chiffrée par la clé que la demande portait", "ne pas faire deux fois", MACHINE, "un jour ; oubliées à tout effacement dans le territoire"),
}  # fmt: skip

OF_NOBODY = frozenset(
    [
        "territory",
        "schedule_run",
        "setting",
        "trail_aging",
        "plan",
        "programme",
        "feed_body",
        "job",
        "room",
        "meeting",
        "opening",
        "travel",
        "partner_site",
        "partner_demand",
        "promotion",
        "cadence",
        "cadence_history",
        "sequence",
    ]
)
"""The planning itself: places, dates, counts, bytes of feeds made of the tables above."""

TABLES: dict[str, Entry] = OF_PARTICIPANTS | OF_STAFF | OF_OTHERS
