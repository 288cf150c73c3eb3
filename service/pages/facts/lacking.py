"""What must be entered before a form can be answered: a choice that is needed and has nothing to choose from."""

from db.records.facts import Facts
from service.catalogue import text
from service.pages.facts.dated import Dated
from service.pages.facts.kinds import RESOURCES
from service.pages.facts.resource import Resource

MADE_BY = {
    "attendees": "equipe",
    "cadence": "cadences",
    "from_site": "lieux",
    "participant": "personnes",
    "referent": "equipe",
    "site": "lieux",
    "staff": "equipe",
    "step": "promotions",
}
"""By the name of a choice: the form that adds what may be chosen."""


def lacking_for(kind: Resource, facts: Facts) -> tuple[Dated, ...]:
    """Each form to fill in first, with the end of its address."""
    empty = [one for one in kind.fields(facts) if one.required and not one.options and one.name in MADE_BY]
    firsts = dict.fromkeys(MADE_BY[one.name] for one in empty)
    return tuple(
        Dated(code=f"fiche/{path}/nouveau", words=text(RESOURCES[path].new_title)) for path in firsts
    )
