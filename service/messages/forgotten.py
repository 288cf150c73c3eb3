"""What a draft names that the data do not know any more, in French: the thing, its date and people, and what went away."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from planner.plan import Assignment, OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence
from planner.plan_keys import sequence_key
from service.catalogue import text
from service.french_text import capital, day_date, half_day, initials, listed
from service.messages.assignment_words import Things

_NAMED = re.compile(r"(permanences|sessions|office|interviews)\[(\d+)\]\.(\w+)(?:\[(\d+)\])?")
GONE = {
    "staff": "{who} n’est plus dans l’équipe",
    "site": "le lieu « {site} » n’est plus connu",
    "room": "cette salle n’est plus notée à {site}",
    "cadence": "cette cadence n’est plus demandée",
    "sequence": "cette séance n’est plus au programme",
    "need": "cet entretien n’est plus demandé",
    "number": "moins d’entretiens sont demandés",
}
"""By the part that nobody knows any more."""


def forgotten_sentence(path: str, plan: Plan | None, things: Things) -> str:
    """`path` is where the checks of a plan found it; empty where that is of no assignment, or of another fault."""
    found = _NAMED.fullmatch(path)
    rows = getattr(plan, found[1]) if found and plan is not None else ()
    if found is None or found[3] not in GONE or int(found[2]) >= len(rows):
        return ""
    one: Assignment = rows[int(found[2])]
    people = (one.staff,) if isinstance(one.staff, str) else one.staff
    site = None if isinstance(one, PlannedPermanence) else one.site
    who = people[int(found[4])] if found[4] else listed(map(initials, people))
    told = text(
        "{what}, {when}, {people} : {gone}. Pour publier, retirez ce rendez-vous du brouillon ou replanifiez.",
        what=_what(one, things),
        when=_when(one, things),
        people=listed(map(initials, people)),
        gone=text(GONE[found[3]], who=initials(who) if found[4] else who, site=things.site(site)),
    )
    return capital(told)


def _what(one: Assignment, things: Things) -> str:
    if isinstance(one, PlannedInterview):
        return things.need(one.need)
    if isinstance(one, OfficeHalfDay):
        return text("la demi-journée de bureau ({site})", site=things.site(one.site))
    if isinstance(one, PlannedPermanence):
        return text("la permanence « {name} »", name=things.name(one.cadence))
    if one.promotion is not None:
        return text("la séance {step}", step=things.step(sequence_key(one.promotion, one.sequence or "")))
    return text("la séance de « {name} »", name=things.name(one.cadence or ""))


def _when(one: Assignment, things: Things) -> str:
    if isinstance(one, PlannedPermanence | OfficeHalfDay):
        return f"{day_date(one.on)} {half_day(one.half_day)}"
    on: date = one.starts_at.astimezone(ZoneInfo(things.problem.zone)).date()
    return day_date(on)
