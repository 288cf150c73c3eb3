"""Change a territory that was read at a version: its name, zone, départements, or some of its settings."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.acting import Mention, mention
from db.queries.territories import change_territory, territory_by_id
from db.records.territory import Territory
from db.transaction import in_transaction
from service.errors import StaleVersion


async def edit_territory(
    territory: Territory, expected: Callable[[int], int], *, settings: dict[str, Any], **fields: Any
) -> Territory:
    """`settings` are laid over those there are. Raises `StaleVersion` with `changed`, each with theirs and yours."""

    async def work() -> Territory:
        present = await territory_by_id(territory.id)
        wanted = msgspec.structs.replace(present, **fields, settings={**present.settings, **settings})
        if expected(present.version) != present.version:
            told = [
                {"field": name, "theirs": theirs, "yours": yours}
                for name, theirs, yours in _told(present, fields, settings)
                if theirs != yours
            ]
            raise StaleVersion(version=present.version, changed=msgspec.to_builtins(told))
        names = tuple(name for name, theirs, yours in _told(present, fields, settings) if theirs != yours)
        mention(_mention(territory, names))
        return await change_territory(wanted)

    return await in_transaction(work, territory_id=territory.id)


def _mention(territory: Territory, names: tuple[str, ...]) -> Mention:
    return Mention(
        what="changed", kind="territory", ref=territory.code, territory_id=territory.id, fields=names
    )


def _told(present: Territory, fields: dict[str, Any], settings: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Name, present value and wanted value of each."""
    own = [(name, getattr(present, name), value) for name, value in fields.items()]
    return [*own, *((name, present.settings.get(name), value) for name, value in settings.items())]
