"""Facts written: one added, changed or removed, or a whole set stored by code.

What is as it was stays as it was: no row is touched, no version rises. Any change raises the
territory's `facts_revision`, so that plans made before are known to be older than the facts.
"""

from typing import Any, TypeVar
from uuid import UUID

from db.acting import Mention, mention
from db.errors import AlreadyThereError, NotFoundError, StaleVersionError
from db.kinds import BY_RECORD, KINDS, Kind, Part
from db.part_storing import store_parts
from db.queries.facts import fact, fact_rows
from db.queries.territories import raise_facts_revision
from db.records.base import Fact
from db.records.facts import FactSet, Stored
from db.records.site import Travel
from db.records.territory import HolidayOverride
from db.row_storing import store_rows
from db.shape import Codes
from db.tables import site, territory
from db.transaction import lock_territory, transaction

AnyFact = TypeVar("AnyFact", bound=Fact)

_TERRITORY_PARTS = (
    Part(field="travel", table=site.Travel, owner="territory", record=Travel),
    Part(field="holidays", table=territory.HolidayOverride, owner="territory", record=HolidayOverride),
)


async def add_fact(territory_id: UUID, record: AnyFact) -> AnyFact:
    """Store a new fact. Raises `AlreadyThereError`, `NotFoundError` on an unknown code it names."""
    kind = BY_RECORD[type(record)]
    async with transaction():
        await lock_territory(territory_id)
        if await fact_rows(kind, Codes(territory_id), record.code):
            raise AlreadyThereError(kind.table._meta.tablename)
        await _store(kind, territory_id, (record,))
        await raise_facts_revision(territory_id)
        return await fact(territory_id, type(record), record.code)


async def change_fact(territory_id: UUID, record: AnyFact, *, version: int) -> AnyFact:
    """Store a fact that was read at `version`. Raises `NotFoundError`, `StaleVersionError`."""
    kind = BY_RECORD[type(record)]
    async with transaction():
        await lock_territory(territory_id)
        await _must_be_at(kind, territory_id, record.code, version)
        stored = await _store(kind, territory_id, (record,))
        if stored.touched:
            await raise_facts_revision(territory_id)
        return await fact(territory_id, type(record), record.code)


async def remove_fact(
    territory_id: UUID, record: type[Fact], code: str, *, version: int | None = None
) -> None:
    """Delete a fact nothing refers to. Raises `NotFoundError`, `StaleVersionError`, `BrokenReferenceError`."""
    kind = BY_RECORD[record]
    async with transaction():
        await lock_territory(territory_id)
        id_ = await _must_be_at(kind, territory_id, code, version)
        await kind.table.delete().where(kind.table._meta.primary_key == id_)
        mention(Mention(what="removed", kind=kind.table._meta.tablename, ref=code, territory_id=territory_id))
        await raise_facts_revision(territory_id)


async def store_facts(territory_id: UUID, facts: FactSet) -> Stored:
    """Store every fact of the set, by code, in one transaction: added, changed, or left as it is.

    Nothing is removed but parts, travel times and holidays that the set no longer has.
    """
    async with transaction():
        await lock_territory(territory_id)
        stored = Stored()
        for kind in KINDS:
            stored += await _store(kind, territory_id, getattr(facts, kind.name) or ())
        stored += await _store_territory_parts(territory_id, facts)
        if stored.touched:
            await raise_facts_revision(territory_id)
        return stored


async def _store_territory_parts(territory_id: UUID, facts: FactSet) -> Stored:
    stored = Stored()
    codes = Codes(territory_id)
    for part in _TERRITORY_PARTS:
        wanted: Any = getattr(facts, part.field)
        if wanted is not None:
            touched = await store_parts(part, {territory_id: wanted}, codes)
            stored += Stored(changed=len(touched), unchanged=1 - len(touched))
    return stored


async def _store(kind: Kind, territory_id: UUID, records: tuple[Any, ...]) -> Stored:
    if not records:
        return Stored()
    codes = Codes(territory_id)
    return await store_rows(kind, records, codes)


async def _must_be_at(kind: Kind, territory_id: UUID, code: str, version: int | None) -> UUID:
    """The row's id. Raises unless it is there, and at that version if one is given."""
    rows = await fact_rows(kind, Codes(territory_id), code)
    name = kind.table._meta.tablename
    if not rows:
        raise NotFoundError(name, code)
    if version is not None and rows[0]["version"] != version:
        raise StaleVersionError(name, code, rows[0]["version"])
    id_: UUID = rows[0]["id"]
    return id_
