"""Why something is left out, in French: one sentence for each rule, filled with the facts given.

A reason's code is a rule's name, `crowded` where every place is taken, `taken_off` by hand, or `not_examined`. Its facts
are records: `{"on": …, "half_day": …, "rule": …, "codes": …, "site": …, "staff": …, "fact": …}`, any
of these keys, each one text or a list of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.plan import Reason
from planner.problem import Problem
from service.catalogue import gettext
from service.french_text import day_month, initials, listed


class Wording(NamedTuple):
    """`named` when some of the team are concerned, else `plain`.

    Both may use `{context}`, `{days}`, `{fact}` and `{details}`, each empty or with what parts it from
    the words before; `named` also `{staff}`.
    """

    plain: str
    named: str


def _same(text: str) -> Wording:
    return Wording(text, text)


REASONS: dict[str, Wording] = {
    "one_place_at_a_time": Wording(
        "toute l’équipe est déjà prise ailleurs{days}",
        "{staff} : déjà ailleurs{days}, trajets compris",
    ),
    "availability": Wording(
        "personne n’est disponible{days}{why}",
        "{staff} : pas disponible{days}{why}",
    ),
    "accreditation": Wording(
        "personne n’a d’autorisation d’accès valable{context}",
        "{staff} : pas d’autorisation d’accès valable{context}",
    ),
    "access_notice": Wording(
        "trop tard pour annoncer quelqu’un{days}{context} : la liste d’accès est partie",
        "{staff} : trop tard pour l’annoncer{days}{context}, la liste d’accès est partie",
    ),
    "site_open": _same("le lieu n’ouvre aucun des jours possibles{context}"),
    "staffing": _same("{missing}{days}"),
    "cadence": _same("la cadence n’en permet pas davantage{days}"),
    "spacing": _same("trop près d’une autre date de la même permanence{days}"),
    "sequence_order": _same("l’ordre ou l’écart des séquences ne laisse aucune date{days}"),
    "room": _same("aucune salle n’a assez de places pour le groupe{context}"),
    "speaker_present": _same("l’intervenant extérieur ne vient aucun des jours où le lieu ouvre{context}"),
    "interview_window": _same("aucun créneau possible{context}"),
    "interview_place": Wording(
        "aucune permanence ni demi-journée de bureau possible{days}{context}",
        "aucune permanence ni demi-journée de bureau possible{days}{context} avec {staff}",
    ),
    "interview_staff": Wording(
        "cet entretien revient à son référent ou sa référente",
        "cet entretien revient à son référent ou sa référente, pas à {staff}",
    ),
    "interview_capacity": Wording(
        "tous les créneaux sont pris{days}{context}",
        "tous les créneaux de {staff} sont pris{days}{context}",
    ),
    "partner_places": _same("les places qui restent sont gardées pour les partenaires{days}{context}"),
    "participant_one_at_a_time": _same("la personne a déjà un rendez-vous trop proche{days}"),
    "workload": Wording(
        "le temps de travail de l’équipe est déjà plein{days}",
        "{staff} : temps de travail déjà plein{days}, demi-journées à laisser libres comprises",
    ),
    "pinned": Wording(
        "ce qui est épinglé prend la place{days}",
        "ce qui est épinglé avec {staff} prend la place{days}",
    ),
    "frozen": _same("trop tard pour l’ajouter{days} : le planning est déjà annoncé"),
    "crowded": Wording(
        "plus de place{days}{context} : d’autres besoins l’occupent",
        "plus de place{days}{context} avec {staff} : d’autres besoins l’occupent",
    ),
    "taken_off": _same("retiré du brouillon à la main, ou pas encore replacé"),
    "not_examined": _same("raison pas encore cherchée, trop de besoins restent"),
}

DETAILS: dict[str, dict[str, str]] = {
    "availability": {
        "absent": "absence",
        "outside_pattern": "horaires de travail",
        "wrong_where": "télétravail",
        "holiday": "jour férié",
    },
    "site_open": {
        "closed": "fermeture",
        "holiday": "jour férié",
        "no_opening": "pas d’ouverture",
        "session_hours": "séance plus longue que l’ouverture",
    },
    "interview_window": {
        "outside_dates": "hors des dates demandées",
        "outside_hours": "la personne ne peut venir à aucune heure d’ouverture",
        "leave_notice": "délai de l’autorisation de sortie",
    },
    "staffing": {
        "skill_missing": "personne n’a la compétence demandée",
        "too_few": "il manque une personne",
        "too_many": "trop de personnes",
    },
}
"""What a rule's codes add to its sentence."""

FEW = 5
"""More days than this are not listed."""

Facts = Sequence[Mapping[str, Any]]


def reason_sentence(reason: Reason, problem: Problem) -> str:
    """One sentence without its final stop; an unknown code stands for itself."""
    wording = REASONS.get(reason.code)
    if wording is None:
        return reason.code
    own = [fact for fact in reason.facts if fact.get("rule", reason.code) == reason.code] or reason.facts
    staff = _staff(own, problem)
    details = _details(reason.code, own, problem)
    return gettext(wording.named if staff else wording.plain).format(
        staff=staff,
        days=_days(own),
        context=_bracketed([*_sites(own, problem), *details]),
        why=_bracketed(details),
        missing=listed(details or [gettext("il manque une personne")]),
    )


def _details(code: str, facts: Facts, problem: Problem) -> list[str]:
    """What the rule's codes add; of an authorisation until when it was valid, of a skill its name."""
    if code == "accreditation":
        return list(_ended(facts, problem))
    words = DETAILS.get(code, {})
    codes = _distinct(facts, "codes")
    told = [one for one in codes if one in words and not (one == "no_opening" and len(codes) > 1)]
    details = [gettext(words[one]) for one in told]
    if told == ["skill_missing"]:
        return [f"{details[0]}{_named(facts)}"]
    return details


def _bracketed(words: Sequence[str]) -> str:
    return f" ({gettext(' ; ').join(words)})" if words else ""


def _named(facts: Facts) -> str:
    found = _distinct(facts, "fact")
    return f"{gettext(' : ')}{listed(found)}" if found else ""


def _ended(facts: Facts, problem: Problem) -> Iterator[str]:
    """Authorisations of these sites that ended before, or begin after, the month."""
    sites = set(_distinct(facts, "site"))
    for person in problem.staff:
        for held in person.accreditations:
            if held.site in sites and held.until_on is not None and held.until_on < problem.last_on:
                yield f"{initials(person.id)}{gettext(' : jusqu’au ')}{day_month(held.until_on)}"
            elif held.site in sites and held.from_on is not None and held.from_on > problem.first_on:
                yield f"{initials(person.id)}{gettext(' : à partir du ')}{day_month(held.from_on)}"


def _distinct(facts: Facts, key: str) -> list[str]:
    found: dict[str, None] = {}
    for fact in facts:
        value = fact.get(key)
        for one in value if isinstance(value, list | tuple) else [value]:
            if one:
                found[str(one)] = None
    return list(found)


def _staff(facts: Facts, problem: Problem) -> str:
    """The people concerned; nothing when that is the whole team."""
    known = [person.id for person in problem.staff]
    found = [code for code in _distinct(facts, "staff") if code in known]
    return "" if len(found) == len(known) > 1 else listed(initials(code) for code in found)


def _sites(facts: Facts, problem: Problem) -> list[str]:
    asked = _distinct(facts, "site")
    names = {site.id: site.name for site in problem.sites} if asked else {}
    found = [names[code] for code in asked if code in names]
    return [listed(found)] if found else []


def _days(facts: Facts) -> str:
    days = sorted(_as_dates(_distinct(facts, "on")))
    if not days or len(days) > FEW:
        return ""
    if len(days) == 1:
        return gettext(" le {day}").format(day=day_month(days[0]))
    same_month = days[0].month == days[-1].month
    numbers = [str(day.day) if same_month and day != days[-1] else day_month(day) for day in days]
    return gettext(" les {days}").format(days=listed(numbers))


def _as_dates(texts: Iterable[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]
