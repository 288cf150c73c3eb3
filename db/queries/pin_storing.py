"""Pins written: one put or released, or many at once. Released pins remain as history."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.queries.facts import pins
from db.queries.territories import raise_facts_revision
from db.records.facts import Stored
from db.records.participant import Pin
from db.shape import to_values
from db.tables.plan import Pin as PinTable
from db.transaction import lock_territory, transaction


async def add_pins(territory_id: UUID, wanted: Iterable[Pin]) -> Stored:
    """Store the pins of things that nothing pins yet, all or none; other things keep the pin they have."""
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


async def put_pin(territory_id: UUID, pin: Pin, *, at: datetime) -> Pin:
    """Pin a thing, in the place of the pin it has."""
    async with transaction():
        await lock_territory(territory_id)
        await _release(territory_id, pin.key, at)
        row = {**to_values(pin, PinTable, {}), "territory": territory_id}
        ids = await insert_rows(PinTable, [row])
        await raise_facts_revision(territory_id)
    return msgspec.structs.replace(pin, id=ids[0], version=1)


async def release_pin(territory_id: UUID, key: str, *, at: datetime) -> None:
    """Free a thing. Raises `NotFoundError` when nothing pins it."""
    async with transaction():
        await lock_territory(territory_id)
        if not await _release(territory_id, key, at):
            raise NotFoundError("pin", key)
        await raise_facts_revision(territory_id)


async def _release(territory_id: UUID, key: str, at: datetime) -> bool:
    hit = (
        await PinTable.update({PinTable.released_at: at})
        .where((PinTable.territory == territory_id) & (PinTable.key == key) & PinTable.released_at.is_null())
        .returning(PinTable.id)
    )
    return bool(hit)
