"""Replace a list that is edited as one: travel times, holidays that differ from the calendar."""

import hashlib
from typing import Any

import msgspec

from db.errors import NotFoundError
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.records.facts import FactSet
from db.records.territory import Territory
from db.transaction import in_transaction
from service.errors import NotFound, PreconditionMissing, StaleVersion


def mark_of(items: tuple[Any, ...]) -> str:
    """The same for the same list."""
    return hashlib.sha256(msgspec.json.encode(items)).hexdigest()[:20]


async def whole(territory: Territory, field: str) -> tuple[Any, ...]:
    """A list that is edited as one, by its field of `FactSet`."""
    found: tuple[Any, ...] = getattr(await facts_of(territory.id), field)
    return found


async def replace_whole(
    territory: Territory, wanted: FactSet, field: str, mark: str | None
) -> tuple[Any, ...]:
    """`mark` is that of what was read. Raises `StaleVersion`, `PreconditionMissing`, `NotFound` on an unknown site."""
    if mark is None:
        raise PreconditionMissing("If-Match: l’ETag de ce qui a été lu")

    async def work() -> tuple[Any, ...]:
        present = await whole(territory, field)
        if mark not in ("*", f'"{mark_of(present)}"'):
            theirs, yours = set(present), set(getattr(wanted, field))
            raise StaleVersion(
                changed=msgspec.to_builtins(
                    [*_only(theirs - yours, "theirs"), *_only(yours - theirs, "yours")]
                )
            )
        await store_facts(territory.id, wanted)
        return await whole(territory, field)

    try:
        return await in_transaction(work, territory_id=territory.id)
    except NotFoundError as error:
        message = f"inconnu dans ce territoire ({error.kind})"
        raise NotFound(
            "Ce qui est nommé n’existe pas ici.", invalid=[{"field": "items", "message": message}]
        ) from error


def _only(items: set[Any], whose: str) -> list[dict[str, Any]]:
    """Items that one of the two lists has alone."""
    return [{"field": "items", whose: one} for one in sorted(items, key=str)]
