"""Idempotency keys: the answer to a write, kept in the write's own transaction."""

from datetime import datetime, timedelta
from typing import Any

from db.bulk import insert_rows
from db.mentioning import written_forms
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
    """Keep an answer, and forget old ones."""
    async with transaction():
        await forget_answers(now=now)
        row = {
            "scope": scope,
            "key": key,
            "request_hash": answer.request_hash,
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body,
        }
        await insert_rows(IdempotencyKey, [row])


async def forget_answers(*, now: datetime) -> None:
    """Those that are older than two days."""
    await IdempotencyKey.delete().where(IdempotencyKey.created_at < now - KEPT_FOR)


async def forget_answers_naming(reference: str) -> None:
    """Those to a write that names a participant, in its address or in what it was answered, whatever the territory."""
    table: Any = IdempotencyKey
    words = written_forms(reference)
    rows = await table.select(table.id, table.scope, table.headers, table.body)
    gone = [
        row["id"]
        for row in rows
        if any(
            word in row["scope"] or word in row["headers"] or word.encode() in row["body"] for word in words
        )
    ]
    if gone:
        await table.delete().where(table.id.is_in(gone))
