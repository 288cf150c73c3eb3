"""The bytes of feeds, kept for every process: as made from one revision of what is published."""

from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.feed import FeedBody
from db.shape import to_record, to_values
from db.tables.feed import FeedBody as BodyTable
from db.transaction import in_transaction, lock


async def feed_body(kind: str, subject_id: UUID, variant: str) -> FeedBody | None:
    """What is kept, stale or not: the caller compares `revision` and `stale_at`."""
    row = await BodyTable.select().where(_key(kind, subject_id, variant)).first()
    return None if row is None else to_record(FeedBody, BodyTable, row, {})


async def keep_feed_body(territory_id: UUID, body: FeedBody) -> None:
    """Keep bytes in the place of older ones; those of a later revision stay."""

    async def work() -> None:
        await lock(f"feed {body.kind} {body.subject_id} {body.variant}")
        key = _key(body.kind, body.subject_id, body.variant)
        later = await BodyTable.exists().where(key & (BodyTable.revision > body.revision))
        if not later:
            await BodyTable.delete().where(key)
            values = to_values(body, BodyTable, {}) | {"last_modified_at": body.last_modified_at}
            await insert_rows(BodyTable, [{**values, "territory": territory_id}])

    await in_transaction(work)


def _key(kind: str, subject_id: UUID, variant: str) -> Any:
    table: Any = BodyTable
    return (table.kind == kind) & (table.subject_id == subject_id) & (table.variant == variant)
