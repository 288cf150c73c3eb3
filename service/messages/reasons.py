"""Why something is left out, in French: one sentence for each rule, filled with the facts given.

A reason's code is a rule's name, or `crowded` where every place is taken. Its facts are records:
`{"on": …, "half_day": …, "rule": …, "site": …, "staff": …, "fact": …}`, any of these keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.plan import Reason
from planner.problem import Problem
from service.catalogue import gettext
from service.french_text import day_month, initials, listed


class Wording(NamedTuple):
    """`named` when the people concerned are known, else `plain`; `{site}` and `{days}` in both."""

    plain: str
    named: str


REASONS: dict[str, Wording] = {
    "one_place_at_a_time": Wording(
        "tout le monde est déjà pris{days}",
        "{staff} : déjà pris ailleurs{days}, trajets compris",
    ),
    "availability": Wording(
        "personne n’est disponible{days} (absences, horaires, jours fériés)",
        "{staff} : pas disponible{days} (absence, horaires ou jour férié)",
    ),
    "accreditation": Wording(
        "personne n’a d’autorisation d’accès valable{site}{days}",
        "{staff} : pas d’autorisation d’accès valable{site}{days}",
    ),
    "access_notice": Wording(
        "la liste d’accès est déjà partie{site}{days}",
        "{staff} : trop tard pour l’annoncer{site}{days}, la liste d’accès est partie",
    ),
    "site_open": Wording(
        "le lieu n’ouvre pas{site}{days} (fermeture, jour férié ou pas d’ouverture)",
        "le lieu n’ouvre pas{site}{days} (fermeture, jour férié ou pas d’ouverture)",
    ),
    "staffing": Wording(
        "il manque une personne, ou la compétence demandée{fact}, dans l’équipe{days}",
        "il manque une personne, ou la compétence demandée{fact}, dans l’équipe{days}",
    ),
    "cadence": Wording(
        "la cadence n’en permet pas davantage{days}",
        "la cadence n’en permet pas davantage{days}",
    ),
    "spacing": Wording(
        "trop près d’une autre date de la même cadence{days}",
        "trop près d’une autre date de la même cadence{days}",
    ),
    "sequence_order": Wording(
        "l’ordre ou l’écart des séquences ne laisse aucune date{days}",
        "l’ordre ou l’écart des séquences ne laisse aucune date{days}",
    ),
    "room": Wording(
        "aucune salle n’a assez de places{site}{days}",
        "aucune salle n’a assez de places{site}{days}",
    ),
    "speaker_present": Wording(
        "l’intervenant extérieur ne vient aucun des jours possibles{site}",
        "l’intervenant extérieur ne vient aucun des jours possibles{site}",
    ),
    "interview_window": Wording(
        "la personne ne peut venir à aucun créneau{site} (dates, heures ou délai de sortie)",
        "la personne ne peut venir à aucun créneau{site} (dates, heures ou délai de sortie)",
    ),
    "interview_place": Wording(
        "aucune permanence ni demi-journée de bureau{site}{days}",
        "aucune permanence ni demi-journée de bureau{site}{days} avec {staff}",
    ),
    "interview_staff": Wording(
        "cet entretien revient à son référent ou sa référente",
        "cet entretien revient à son référent ou sa référente ({staff})",
    ),
    "interview_capacity": Wording(
        "tous les créneaux sont pris{site}{days}",
        "tous les créneaux de {staff} sont pris{site}{days}",
    ),
    "partner_places": Wording(
        "les places qui restent sont gardées pour les partenaires{site}{days}",
        "les places qui restent sont gardées pour les partenaires{site}{days}",
    ),
    "participant_one_at_a_time": Wording(
        "la personne a déjà un rendez-vous trop proche{days}",
        "la personne a déjà un rendez-vous trop proche{days}",
    ),
    "workload": Wording(
        "le temps de travail de l’équipe est déjà plein{days}",
        "{staff} : temps de travail déjà plein{days} (demi-journées protégées comprises)",
    ),
    "pinned": Wording(
        "ce qui est épinglé prend la place{days}",
        "ce qui est épinglé prend la place{days} ({staff})",
    ),
    "frozen": Wording(
        "trop tard pour l’ajouter{days} : le planning est déjà annoncé",
        "trop tard pour l’ajouter{days} : le planning est déjà annoncé",
    ),
    "crowded": Wording(
        "plus de place{site}{days} : d’autres besoins, plus importants ou aussi importants, l’occupent",
        "plus de place{site}{days} avec {staff} : d’autres besoins occupent tout",
    ),
}

FEW = 5
"""More days than this are not listed one by one."""
ALL_MONTH_DAYS = 12

Facts = Sequence[Mapping[str, Any]]


def reason_sentence(reason: Reason, problem: Problem) -> str:
    """One sentence without its final stop; an unknown code stands for itself."""
    wording = REASONS.get(reason.code)
    if wording is None:
        return reason.code
    own = [fact for fact in reason.facts if fact.get("rule", reason.code) == reason.code] or reason.facts
    staff = _staff(own, problem)
    text = wording.named if staff else wording.plain
    return gettext(text).format(staff=staff, site=_site(own, problem), days=_days(own), fact=_fact(own))


def _distinct(facts: Facts, key: str) -> list[str]:
    found: dict[str, None] = {}
    for fact in facts:
        value = fact.get(key)
        for one in value if isinstance(value, list | tuple) else [value]:
            if one:
                found[str(one)] = None
    return list(found)


def _staff(facts: Facts, problem: Problem) -> str:
    known = {person.id for person in problem.staff}
    return listed(initials(code) for code in _distinct(facts, "staff") if code in known)


def _site(facts: Facts, problem: Problem) -> str:
    names = {site.id: site.name for site in problem.sites}
    found = [names[code] for code in _distinct(facts, "site") if code in names]
    return gettext(" (lieu : {site})").format(site=listed(found)) if found else ""


def _fact(facts: Facts) -> str:
    found = _distinct(facts, "fact")
    return gettext(" ({fact})").format(fact=listed(found)) if found else ""


def _days(facts: Facts) -> str:
    days = sorted(_as_dates(_distinct(facts, "on")))
    if not days or len(days) > ALL_MONTH_DAYS:
        return ""
    if len(days) > FEW:
        return gettext(" entre le {first} et le {last}").format(
            first=day_month(days[0]), last=day_month(days[-1])
        )
    if len(days) == 1:
        return gettext(" le {day}").format(day=day_month(days[0]))
    same_month = days[0].month == days[-1].month
    numbers = [str(day.day) if same_month and day != days[-1] else day_month(day) for day in days]
    return gettext(" les {days}").format(days=listed(numbers))


def _as_dates(texts: Iterable[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]
