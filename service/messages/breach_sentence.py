"""A broken rule as one French sentence with the words of a territory."""

from planner.breach import Breach
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import capital, clock_text, day_date, half_day, initials, lasting, listed
from service.messages.assignment_words import Things
from service.messages.breaches import BREACHES
from service.messages.interview_words import interview_words

RULE_TITLES = {
    "one_place_at_a_time": "Un lieu à la fois",
    "availability": "Disponibilité",
    "accreditation": "Autorisation d’accès",
    "access_notice": "Délai de la liste d’accès",
    "site_open": "Ouverture du lieu",
    "staffing": "Nombre de personnes",
    "cadence": "Cadence",
    "spacing": "Écart entre les dates",
    "sequence_order": "Ordre des séances",
    "room": "Salle",
    "speaker_present": "Intervenant extérieur",
    "interview_window": "Dates de l’entretien",
    "interview_place": "Lieu de l’entretien",
    "interview_staff": "Référent",
    "interview_capacity": "Créneaux",
    "partner_places": "Places des partenaires",
    "participant_one_at_a_time": "Rendez-vous de la personne",
    "workload": "Temps de travail",
    "pinned": "Épinglé",
    "frozen": "Jours gelés",
}


def rule_title(rule: str) -> str:
    return text(RULE_TITLES.get(rule, rule))


def breach_sentence(breach: Breach, problem: Problem, names: dict[str, str]) -> str:
    """`names` gives the words of cadences and promotions by code; unknown codes stand for themselves."""
    sites = {site.id: site.name for site in problem.sites}
    known = BREACHES.get(breach.rule, {}).get(breach.code, "")
    day = day_date(breach.on) + (f" {half_day(breach.half_day)}" if breach.half_day else "")
    about = _about(breach.about, problem, names)
    fields = {
        "about": about,
        "day": text("le {day}", day=day),
        "week": text("semaine du {day}", day=day_date(breach.on)),
        "site": sites.get(breach.site or "", breach.site or ""),
        "fact": _fact(breach, problem, names),
        **amounts(breach.amount),
    }
    sentence = text(known, **fields) if known else f"{rule_title(breach.rule)} ({about}, {day})"
    return capital(sentence) + "."


def _fact(breach: Breach, problem: Problem, names: dict[str, str]) -> str:
    """What else the breach names: things of the plan where two exclude each other, an hour, a word of the territory."""
    if breach.rule == "interview_capacity" and breach.code in ("slot_booked", "places_full"):
        return clock_text(breach.fact)
    if breach.rule != "one_place_at_a_time":
        return names.get(breach.fact, breach.fact)
    things = Things(problem, names)
    return listed([things.named(key) for key in breach.fact.split(" + ")])


def amounts(count: int) -> dict[str, object]:
    """How much, alone and with each unit that a sentence may ask for."""
    return {
        "amount": count,
        "length": lasting(count),
        "people": counted("{n} personne", "{n} personnes", count),
        "places": counted("{n} place", "{n} places", count),
        "days": counted("{n} jour", "{n} jours", count),
        "halves": counted("{n} demi-journée", "{n} demi-journées", count),
    }


def _about(code: str, problem: Problem, names: dict[str, str]) -> str:
    """A person's initials, an interview's reference, a cadence's or promotion's name; of sessions also which."""
    if any(person.id == code for person in problem.staff):
        return initials(code)
    counted_as, _, number = code.rpartition("#")
    need = next((one for one in problem.interviews if one.id in (code, counted_as)), None)
    if need is not None:
        return interview_words(need)
    things = Things(problem, names)
    if things.is_step(code):
        return things.step(code)
    if counted_as in names:
        return text("{name}, séance {rank}", name=names[counted_as], rank=number)
    return names.get(code.split(":")[0], code)
