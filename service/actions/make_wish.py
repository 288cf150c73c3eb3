"""A wish of one person: a half-day preferred or better avoided, each week or once."""

from db.queries.fact_storing import add_fact, change_fact
from db.queries.facts import all_facts
from db.records.staff import Wish
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor


async def make_wish(territory: Territory, wish: Wish, actor: Actor) -> Wish:
    """A second wish for the same half-day takes the place of the first. Raises `NotFoundError`, `Forbidden`."""
    actor.must_be_for(wish.staff)

    async def work() -> Wish:
        known = {one.code: one for one in await all_facts(territory.id, Wish)}
        if wish.code in known:
            return await change_fact(territory.id, wish, version=known[wish.code].version)
        return await add_fact(territory.id, wish)

    return await in_transaction(work, territory_id=territory.id)
