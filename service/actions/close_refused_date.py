"""An impossible half-day is a closure, so that the next plan avoids it; it opens again when the site agrees after all."""

from uuid import UUID

from db.errors import NotFoundError
from db.queries.fact_storing import remove_fact, store_facts
from db.records.facts import FactSet
from db.records.site import Closure
from db.records.site_answer import SiteAnswer


async def close_or_open(territory_id: UUID, one: SiteAnswer) -> None:
    """In the caller's transaction, under the territory's lock."""
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
