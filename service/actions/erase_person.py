"""Erase one person for good, by somebody who typed the reference again."""

from pathlib import Path
from uuid import UUID

from db.errors import NotFoundError
from service.errors import BadInput, NotFound
from service.privacy.erasing import erase_person as erase
from service.privacy.erasing import memory_beside


async def erase_person(
    territory_id: UUID, reference: str, typed: str, keys_path: Path, *, asked_by: UUID | None
) -> None:
    """Raises `BadInput` when the two references differ, `NotFound`."""
    if typed != reference:
        raise BadInput("Recopiez la référence de la personne pour confirmer.")
    try:
        await erase(territory_id, reference, memory_beside(keys_path), asked_by=asked_by)
    except NotFoundError as error:
        raise NotFound("Cette personne n’existe pas ici.") from error
