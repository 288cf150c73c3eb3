"""Idempotency keys: the answer to a write, kept in the write's own transaction."""

from datetime import datetime, timedelta

from db.bulk import insert_rows
from db.records.answer import KeptAnswer
from db.shape import to_record
from db.tables.account import IdempotencyKey
from db.transaction import lock, transaction

KEPT_FOR = timedelta(days=2)


async def kept_answer(scope: str, key: str) -> KeptAnswer | None:
    """The answer that was given; whoever asks for the same key meanwhile waits. Needs a transaction."""
    await lock(f"once {scope} {key}")
    table = IdempotencyKey
    row = await table.select().where((table.scope == scope) & (table.key == key)).first()
    return None if row is None else to_record(KeptAnswer, table, row, {})


async def keep_answer(scope: str, key: str, answer: KeptAnswer, *, now: datetime) -> None:
    """Keep an answer, and forget those that are older than two days."""
    async with transaction():
        await IdempotencyKey.delete().where(IdempotencyKey.created_at < now - KEPT_FOR)
        row = {
            "scope": scope,
            "key": key,
            "request_hash": answer.request_hash,
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body,
        }
        await insert_rows(IdempotencyKey, [row])
