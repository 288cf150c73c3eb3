"""Note what a site said of a date: a new line, or in the place of what was said of it before."""

from datetime import UTC, date, datetime

import msgspec

from db.queries.facts import fact
from db.queries.site_answers import answers_of, new_answer
from db.records.base import HalfDay
from db.records.site import Site
from db.records.site_answer import Answer, SiteAnswer
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.store_site_answers import store_site_answers


class Said(msgspec.Struct, frozen=True, kw_only=True):
    site: str
    proposed_on: date
    half_day: HalfDay | None
    answer: Answer
    said_by: str | None


async def note_site_answer(territory: Territory, said: Said, actor: Actor) -> SiteAnswer:
    """Raises `NotFoundError` on an unknown site."""
    now = datetime.now(UTC)

    async def work() -> SiteAnswer:
        await fact(territory.id, Site, said.site)
        known = await answers_of(territory.id, said.proposed_on, said.proposed_on, site=said.site)
        same = next((one for one in known if one.half_day == said.half_day), None)
        noted = msgspec.structs.replace(
            same or new_answer(said.site, said.proposed_on, half_day=said.half_day),
            answer=said.answer,
            via="call",
            said_by=said.said_by,
            noted_by=actor.account_id,
            answered_at=None if said.answer == "waiting" else now,
        )
        await store_site_answers(territory.id, [noted])
        found = await answers_of(territory.id, said.proposed_on, said.proposed_on, site=said.site)
        return next(one for one in found if one.id == noted.id)

    return await in_transaction(work, territory_id=territory.id)
