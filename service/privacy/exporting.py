"""Everything that is kept of one person: for them, as JSON and as words. Secrets of the house stay out."""

from datetime import datetime
from typing import Any

import msgspec

from db.queries.erasure import mentions_of
from db.queries.trail import Sought, trail
from db.queries.vault import vault_of
from db.records.territory import Territory
from db.records.trail import TrailEntry
from service.accounts.master_key import MasterKeys
from service.privacy.vault import Contact, open_contact

MOST_TRAIL = 5_000
HOUSEKEEPING = frozenset({"id", "created_at", "updated_at", "version", "sha256", "token_hash", "dedupe_key"})
OUTLINE_ONLY = frozenset({"plan", "job", "outbox_mail", "idempotency_key", "setting"})
"""Rows about many people at once: that they exist is told, not what they say of others."""


class PersonExport(msgspec.Struct, frozen=True, kw_only=True):
    """`kept` are rows by table, without what only the machine needs; `history` is who read or wrote."""

    reference: str
    territory: str
    made_at: datetime
    contact: Contact
    kept: dict[str, list[dict[str, Any]]]
    history: tuple[TrailEntry, ...]


async def export_of(territory: Territory, reference: str, keys: MasterKeys, now: datetime) -> PersonExport:
    """Raises `NotFoundError`, `Unavailable`."""
    found = await mentions_of(territory.id, reference)
    participant_id = found["participant"][0]["id"]
    history = await trail(Sought(territory_id=territory.id, naming=reference), limit=MOST_TRAIL)
    return PersonExport(
        reference=reference,
        territory=territory.name,
        made_at=now,
        contact=open_contact(keys, await vault_of(participant_id)),
        kept={
            table: [_plain(table, row) for row in rows]
            for table, rows in found.items()
            if table not in ("participant_vault", "audit_trail")
        },
        history=tuple(msgspec.structs.replace(one, detail=_alone(one.detail)) for one in history),
    )


def _alone(detail: dict[str, Any]) -> dict[str, Any]:
    """Whoever else was shown on the same page is nobody's business."""
    return {name: value for name, value in detail.items() if name != "references"}


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table in OUTLINE_ONLY:
        return {"created_at": row["created_at"]}
    return {
        name: value
        for name, value in row.items()
        if name not in HOUSEKEEPING and value is not None and not isinstance(value, bytes)
    }
