"""Count a demand that no free place answered: a partner, a site, a week, nobody's name."""

from datetime import date

from db.queries.partner_demand import count_demand
from db.records.territory import Territory
from db.transaction import in_transaction
from service.errors import BadInput
from service.partners.holder import Holder
from service.partners.opened import partner_facts


async def note_demand(territory: Territory, holder: Holder, site: str, on: date) -> None:
    """Raises `BadInput` for a site that is not opened to the partner."""
    facts = await partner_facts(territory)
    if site not in facts.opened_to(facts.partner(holder.partner)):
        raise BadInput("Ce lieu ne vous est pas ouvert.")

    async def work() -> None:
        await count_demand(territory.id, holder.partner, site, on, asked=1)

    await in_transaction(work, territory_id=territory.id)
