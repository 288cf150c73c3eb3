"""What needs an eye beside what is not placed: decisions against a rule, old facts, authorisations that end."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import Literal

import msgspec

from planner.breach import Breach
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import initials, plain_date
from service.messages.breach_sentence import breach_sentence
from service.messages.kept_breaches import kept_breach
from service.messages.said_once import said_once
from service.pages.board.broken import names_in
from service.pages.board.fact_to_note import authorisation_form
from service.pages.board.labels import Labels
from service.pages.board.source import Month
from service.pages.facts.accreditation_form import renewal_question
from service.pages.shell import Shell

SOON = timedelta(days=60)
MOST = 20


class Warning(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    words: str
    kind: Literal["warn", "bad"] = "warn"
    address: str = ""


def warnings_of(month: Month, shell: Shell) -> tuple[Warning, ...]:
    """In the order in which somebody should look at them."""
    return (*_overruled(month, shell), *_accreditations(month, shell))


def _overruled(month: Month, shell: Shell) -> tuple[Warning, ...]:
    """By the facts of this moment where somebody works on the version: first what nobody decided."""
    facts, standing = month.facts, month.facts.standing
    if standing is not None:
        return (
            *(Warning(label=text("Ne tient plus"), kind="bad", words=one) for one in standing.falling[:MOST]),
            *_decided(standing.decided, standing.problem, facts.labels, shell),
        )
    stored = facts.plan.overruled if facts.plan else ()
    return _decided(said_once(map(kept_breach, stored)), facts.problem, facts.labels, shell)


def _decided(found: Iterable[Breach], problem: Problem, labels: Labels, shell: Shell) -> tuple[Warning, ...]:
    names = names_in(labels, problem)
    return tuple(
        Warning(
            label=text("Décision"),
            kind="bad",
            words=breach_sentence(one, problem, names),
            address=_would_mend(one, problem, shell),
        )
        for one in islice(found, MOST)
    )


def _would_mend(breach: Breach, problem: Problem, shell: Shell) -> str:
    """The form of the authorisation that a person lacks; nothing for another rule, nor about an interview."""
    is_person = any(person.id == breach.about for person in problem.staff)
    if breach.rule != "accreditation" or breach.site is None or not is_person:
        return ""
    return shell.address(authorisation_form(breach.about, breach.site))


def _accreditations(month: Month, shell: Shell) -> tuple[Warning, ...]:
    """Those that ended lately, then those that end soon; one that a later one follows is no worry."""
    problem = month.facts.drawn
    names = {site.id: site.name for site in problem.sites}
    today = problem.today_on or problem.first_on
    ends = sorted(
        (on, who, site) for (who, site), on in _last_days(problem).items() if abs(on - today) <= SOON
    )
    return tuple(
        _ending(on, today, initials(who), names.get(site, site), shell.address(_renewal(month, who, site)))
        for on, who, site in ends
    )


def _renewal(month: Month, who: str, site: str) -> str:
    """The form of that very authorisation, filled in to go on from its end; the team where it is noted no more."""
    noted = month.authorised.get((who, site))
    return renewal_question(who, noted) if noted else "equipe"


def _last_days(problem: Problem) -> dict[tuple[str, str], date]:
    """By person and site the day on which the last authorisation ends."""
    found: dict[tuple[str, str], date] = {}
    for person in problem.staff:
        for one in person.accreditations:
            key = (person.id, one.site)
            found[key] = max(found.get(key, date.min), one.until_on or date.max)
    return {key: on for key, on in found.items() if on < date.max}


def _ending(on: date, today: date, who: str, site: str, address: str) -> Warning:
    fields = {"who": who, "site": site, "day": plain_date(on)}
    if on < today:
        words = text("{who}, {site} : l’autorisation a fini le {day}", **fields)
        return Warning(label=text("finie"), kind="bad", words=words, address=address)
    words = text("{who}, {site} : l’autorisation finit le {day}", **fields)
    left = counted("dans {n} jour", "dans {n} jours", (on - today).days)
    return Warning(label=left if on > today else text("aujourd’hui"), words=words, address=address)
