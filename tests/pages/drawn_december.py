"""A December as it is drawn for the samples: who works where and when, in short codes. Every name is invented."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from service.pages.board.labels import Labels

ZONE = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
HOURS = {"am": ("09:00", "12:15"), "pm": ("13:30", "16:45")}
TEAM = {
    "AR": (100, "chargée de mission emploi"),
    "FM": (100, "chargé de mission emploi"),
    "SB": (80, "CIP"),
    "LD": (100, "CIP"),
    "NK": (60, "CIP"),
    "TO": (100, "animateur"),
    "CV": (50, "coordinatrice"),
}
SITES = (
    ("gagny", "Gagny", "semi_liberte", "2m 4m 2a"),
    ("sante", "La Santé", "semi_liberte", "1a 3m"),
    ("villejuif", "Villejuif", "semi_liberte", "5m 2a"),
    ("noisy-sas", "Noisy — SAS", "sas", "3m 3a"),
    ("noisy-qsl", "Noisy — QSL", "semi_liberte", "4a 2m"),
    ("spip-93", "SPIP 93", "spip", "2m 4m"),
    ("villepinte", "Villepinte", "maison_arret", "4a 1m 2m"),
    ("fleury", "Fleury", "maison_arret", "1a 1m"),
    ("fresnes", "Fresnes", "centre_penitentiaire", "2m 4a 5m 1m"),
    ("bureau", "Bureau", "bureau", "1m 1a 2m 2a 3m 3a 4m 4a 5m 5a"),
)
ASKED = {"gagny": 3, "sante": 2, "villejuif": 2, "noisy-qsl": 1, "spip-93": 2, "villepinte": 2, "fresnes": 0}
PERMANENCES = (
    "gagny AR 3m 4 · gagny FM 17m 2 · sante LD 7a 3 · sante LD 21a 3 · villejuif NK 4m 4 · villejuif NK 18m 3 · "
    "noisy-qsl SB 10a 2 · spip-93 LD 8m 4 · spip-93 LD 22m 1 · villepinte FM 3a 3 · villepinte FM 17a 3 · "
    "fresnes NK 15m 2 · noisy-sas SB 2m 3 · noisy-sas SB 9m 3 · noisy-sas SB 16m 3 · noisy-sas SB 23m 2"
)
SESSIONS = (("p7", "noisy-sas", "SB TO", 3, (2, 9, 16, 23)), ("f2", "fleury", "AR CV", 1, (7, 14, 21)))
WORKSHOPS = (
    ("emploi", "TO", (3, 10, 17, 24)),
    ("sport", "TO LD", (4, 18)),
    ("culture", "TO", (11,)),
)
INTERVIEWS = (
    "1m 13 · 2m 2 · 3m 9 · 3a 7 · 4m 5 · 4a 3 · 7m 3 · 8m 2 · 8a 6 · 10m 5 · 10a 4 · 11m 6 · 11a 2 · 14m 5 · 14a 7 · "
    "15m 7 · 16m 9 · 16a 2 · 17m 9 · 17a 5 · 18m 3 · 21m 5 · 21a 2 · 22m 4 · 22a 10 · 23m 7 · 23a 5 · 24m 1 · 24a 3 · "
    "28m 2 · 28a 3 · 29m 3 · 29a 2 · 30m 2 · 31m 3 · 31a 4"
)
ABSENCES = (
    ("AR", "formation-ar", "Formation", 8, 10), ("FM", "conge-fm", "Congé", 7, 11), ("AR", "conge-ar", "Congé", 24, 31),
    ("FM", "conge-fm-2", "Congé", 29, 31), ("SB", "conge-sb", "Congé", 28, 31), ("NK", "conge-nk", "Congé", 21, 24),
    ("TO", "conge-to", "Congé", 28, 31), ("CV", "conge-cv", "Congé", 22, 24),
)  # fmt: skip
LABELS = Labels(
    site_codes={"noisy-sas": "SA", "noisy-qsl": "No", "spip-93": "93", "villepinte": "Vp", "villejuif": "Vj"},
    roles={code: role for code, (_, role) in TEAM.items()},
    cadences={"emploi": "Atelier emploi", "sport": "Sport", "culture": "Sortie culturelle"},
    cadence_codes={"emploi": "Em", "sport": "Sp", "culture": "Cu"},
    promotions={"p7": "Promotion 7", "f2": "Promotion F2"},
    meetings={"equipe-1": "Réunion d’équipe", "equipe-2": "Réunion d’équipe", "ville": "Visite partenaire"},
    absences={code: kind for _, code, kind, _, _ in ABSENCES},
    holidays={date(2026, 12, 25): "Noël"},
)


def at(day: int, hour: str) -> datetime:
    return datetime.combine(date(2026, 12, day), time.fromisoformat(hour), ZONE)


def half(code: str) -> tuple[int, str]:
    """`17a` is the afternoon of the 17th."""
    return int(code[:-1]), "am" if code.endswith("m") else "pm"
