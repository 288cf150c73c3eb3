"""What a transaction touched becomes entries of the trail, inside that transaction."""

from typing import Any

import msgspec

from db.acting import Acting, Mention, acting_now, told_apart
from db.bulk import insert_rows
from db.records.trail import TrailEntry
from db.shape import to_values
from db.tables.columns import utc_now
from db.tables.trail import AuditTrail


async def keep_mentions(touched: list[Mention]) -> None:
    """Entries of what was touched; of a write that mentions nothing, what its request was about."""
    acting = acting_now()
    entries = [_entry(one, detail, acting) for one, detail in told_apart(touched)]
    if not entries and acting is not None and acting.writes and not acting.noted:
        entries = [plain_entry(acting)]
    await keep_entries(*entries)


async def keep_entries(*entries: TrailEntry) -> None:
    """Insert entries, completed with who acts. Needs a transaction."""
    acting = acting_now()
    if acting is not None and entries:
        acting.noted = True
        entries = tuple(_completed(entry, acting) for entry in entries)
    await insert_rows(AuditTrail, [to_values(entry, AuditTrail, {}) for entry in entries])


def plain_entry(acting: Acting) -> TrailEntry:
    """An action told by its name and what its address names."""
    kind, ref = acting.about or (None, None)
    return TrailEntry(at=utc_now(), action=acting.action, about_kind=kind, about_ref=ref)


def _entry(one: Mention, detail: dict[str, Any], acting: Acting | None) -> TrailEntry:
    return TrailEntry(
        at=utc_now(),
        action=one.what,
        territory_id=one.territory_id,
        actor_label=None if acting else "escale",
        about_kind=one.kind,
        about_ref=one.ref or None,
        detail=detail | ({"by": acting.action} if acting else {}),
    )


def _completed(entry: TrailEntry, acting: Acting) -> TrailEntry:
    """An entry with who acts and from where, unless it says so itself."""
    return msgspec.structs.replace(
        entry,
        actor_id=entry.actor_id or acting.actor_id,
        actor_label=entry.actor_label or acting.label,
        address=entry.address or acting.address,
        territory_id=entry.territory_id or acting.territory_id,
    )
