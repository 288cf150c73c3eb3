"""What sites said, however it came: an impossible half-day is a closure, so that the next plan avoids it.

It opens again when the site agrees after all.
"""

from collections.abc import Sequence
from uuid import UUID

from db.errors import NotFoundError
from db.queries.fact_storing import remove_fact, store_facts
from db.queries.site_answers import put_answers
from db.records.facts import FactSet
from db.records.site import Closure
from db.records.site_answer import SiteAnswer


async def store_site_answers(territory_id: UUID, answers: Sequence[SiteAnswer]) -> None:
    """In the caller's transaction, under the territory's lock."""
    await put_answers(territory_id, answers)
    for one in answers:
        await _close_or_open(territory_id, one)


async def _close_or_open(territory_id: UUID, one: SiteAnswer) -> None:
    code = f"reponse-{one.site}-{one.proposed_on}-{one.half_day or 'jour'}"
    if one.answer == "impossible":
        closure = Closure(
            code=code,
            site=one.site,
            from_on=one.proposed_on,
            until_on=one.proposed_on,
            half_day=one.half_day,
            reason="Réponse du lieu",
            said_by=one.said_by,
        )
        await store_facts(territory_id, FactSet(closures=(closure,)))
        return
    try:
        await remove_fact(territory_id, Closure, code)
    except NotFoundError:
        return
