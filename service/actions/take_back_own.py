"""An absence or a wish taken back by the person it is about, or by the coordination."""

from db.errors import NotFoundError
from db.queries.fact_storing import remove_fact
from db.queries.facts import fact
from db.records.staff import Absence, Wish
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.errors import NotFound


async def take_back_own(
    territory: Territory, kind: type[Absence] | type[Wish], code: str, actor: Actor
) -> None:
    """Raises `NotFound`, `Forbidden`."""

    async def work() -> None:
        found = await fact(territory.id, kind, code)
        actor.must_be_for(found.staff)
        await remove_fact(territory.id, kind, code)

    try:
        await in_transaction(work, territory_id=territory.id)
    except NotFoundError as error:
        raise NotFound("Cela n’existe plus.") from error
