"""Idempotency keys: the sealed answer to a write, kept in the write's own transaction."""

from datetime import datetime, timedelta
from uuid import UUID

from db.bulk import insert_rows
from db.records.answer import KeptAnswer
from db.tables.account import IdempotencyKey
from db.tables.territory import Territory
from db.transaction import lock, transaction

KEPT_FOR = timedelta(days=1)


async def kept_answer(territory: str, name: str) -> KeptAnswer | None:
    """The answer that was given; whoever asks for the same meanwhile waits. Needs a transaction.

    `territory` is its code, empty outside of any.
    """
    await lock(f"once {name}")
    table = IdempotencyKey
    row = await table.select().where((table.scope == territory) & (table.key == name)).first()
    return None if row is None else KeptAnswer(request_hash=row["request_hash"], sealed=row["body"])


async def keep_answer(territory: str, name: str, answer: KeptAnswer, *, now: datetime) -> None:
    """Keep an answer, and forget old ones."""
    async with transaction():
        await forget_answers(now=now)
        row = {
            "scope": territory,
            "key": name,
            "request_hash": answer.request_hash,
            "body": answer.sealed,
        }
        await insert_rows(IdempotencyKey, [row])


async def forget_answers(*, now: datetime) -> None:
    """Those that are older than a day."""
    await IdempotencyKey.delete().where(IdempotencyKey.created_at < now - KEPT_FOR)


async def forget_answers_in(territory_id: UUID) -> None:
    """Those to writes in a territory: what they say is sealed, any of them may name a person who is erased."""
    row = await Territory.select(Territory.code).where(Territory.id == territory_id).first()
    if row is not None:
        await IdempotencyKey.delete().where(IdempotencyKey.scope == row["code"])
