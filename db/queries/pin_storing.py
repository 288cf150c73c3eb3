"""Pins written many at once: a thing already pinned keeps the pin it has."""

from collections.abc import Iterable
from uuid import UUID

from db.bulk import insert_rows
from db.queries.facts import pins
from db.queries.territories import raise_facts_revision
from db.records.facts import Stored
from db.records.participant import Pin
from db.shape import to_values
from db.tables.plan import Pin as PinTable
from db.transaction import lock_territory, transaction


async def add_pins(territory_id: UUID, wanted: Iterable[Pin]) -> Stored:
    """Store the pins of things that nothing pins yet, all or none."""
    async with transaction():
        await lock_territory(territory_id)
        standing = {pin.key for pin in await pins(territory_id)}
        given = list(wanted)
        new = [pin for pin in given if pin.key not in standing]
        rows = [{**to_values(pin, PinTable, {}), "territory": territory_id} for pin in new]
        await insert_rows(PinTable, rows)
        if new:
            await raise_facts_revision(territory_id)
        return Stored(added=len(new), unchanged=len(given) - len(new))
