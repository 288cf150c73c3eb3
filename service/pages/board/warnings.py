"""What needs an eye beside what is not placed: decisions against a rule, old facts, authorisations that end."""

from datetime import timedelta
from typing import Literal

import msgspec

from service.catalogue import counted, text
from service.french_text import initials, plain_date
from service.messages.breaches import BREACHES
from service.pages.board.source import Month
from service.pages.shell import Shell

SOON = timedelta(days=60)


class Warning(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    words: str
    kind: Literal["warn", "bad"] = "warn"
    address: str = ""


def warnings_of(month: Month, shell: Shell) -> tuple[Warning, ...]:
    """In the order in which somebody should look at them."""
    return (*_overruled(month), *_accreditations(month, shell))


def _overruled(month: Month) -> tuple[Warning, ...]:
    plan = month.facts.plan
    found = plan.overruled if plan else ()
    return tuple(
        Warning(
            label=text("Décision"),
            kind="bad",
            words=str(one.get("text") or _rule_words(str(one.get("rule", "")))),
        )
        for one in found[:20]
    )


def _rule_words(rule: str) -> str:
    return text("une règle est enfreinte par une décision : {rule}", rule=rule) if rule in BREACHES else rule


def _accreditations(month: Month, shell: Shell) -> tuple[Warning, ...]:
    problem = month.facts.problem
    names = {site.id: site.name for site in problem.sites}
    today = problem.today_on or problem.first_on
    found = []
    for person in problem.staff:
        for one in person.accreditations:
            if one.until_on is not None and today <= one.until_on <= today + SOON:
                words = text(
                    "{who}, {site} : l’autorisation finit le {day}",
                    who=initials(person.id),
                    site=names.get(one.site, one.site),
                    day=plain_date(one.until_on),
                )
                days = counted("dans {n} jour", "dans {n} jours", (one.until_on - today).days)
                found.append(Warning(label=days, words=words, address=shell.address("equipe")))
    return tuple(found)
