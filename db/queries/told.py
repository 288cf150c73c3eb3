"""Who was told of a change by a person, on the telephone or by a message: ticked with the hour, unticked if it was a slip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.tables.mail import Told
from db.transaction import lock_territory, transaction

BY_HAND = "telephone"


class Ticked(NamedTuple):
    """`recipient` is a kind and a code: participant/KM4821, site/gagny, staff/NK."""

    assignment_id: UUID
    recipient: str
    told_at: datetime


async def ticked(territory_id: UUID, assignment_ids: Sequence[UUID]) -> tuple[Ticked, ...]:
    """What is ticked of some assignments, in the order in which it was."""
    table: Any = Told
    if not assignment_ids:
        return ()
    rows = (
        await table.select()
        .where(
            (table.territory == territory_id)
            & table.assignment_id.is_in(list(assignment_ids))
            & (table.channel == BY_HAND)
        )
        .order_by(table.told_at, table.id)
    )
    return tuple(
        Ticked(row["assignment_id"], f"{row['recipient_kind']}/{row['recipient_label']}", row["told_at"])
        for row in rows
        if row["told_at"] is not None
    )


async def tick(
    territory_id: UUID, assignment_id: UUID, recipient: str, *, by: UUID | None, at: datetime, since: datetime
) -> None:
    """Once: a second tick of the same changes nothing. One from before `since` told of something else: this takes its place."""
    kind, _, code = recipient.partition("/")
    row = {
        "territory": territory_id,
        "assignment_id": assignment_id,
        "recipient_kind": kind,
        "recipient_label": code,
        "channel": BY_HAND,
        "told_by": by,
        "told_at": at,
    }
    async with transaction():
        await lock_territory(territory_id)
        known = [one for one in await ticked(territory_id, [assignment_id]) if one.recipient == recipient]
        if any(one.told_at >= since for one in known):
            return
        await _forget(territory_id, assignment_id, recipient)
        await insert_rows(Told, [row])
        mention(Mention(what="told", kind="assignment", ref=str(assignment_id), territory_id=territory_id))


async def untick(territory_id: UUID, assignment_id: UUID, recipient: str) -> None:
    """Takes a tick back."""
    async with transaction():
        await lock_territory(territory_id)
        await _forget(territory_id, assignment_id, recipient)
        mention(Mention(what="untold", kind="assignment", ref=str(assignment_id), territory_id=territory_id))


async def _forget(territory_id: UUID, assignment_id: UUID, recipient: str) -> None:
    table: Any = Told
    kind, _, code = recipient.partition("/")
    await table.delete().where(
        (table.territory == territory_id)
        & (table.assignment_id == assignment_id)
        & (table.recipient_kind == kind)
        & (table.recipient_label == code)
        & (table.channel == BY_HAND)
    )
