"""Make the copy of everything that is kept of one person; that it was made is kept in the trail."""

from datetime import UTC, datetime

from db.errors import NotFoundError
from db.queries.trail import note
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.transaction import in_transaction
from service.accounts.master_key import MasterKeys
from service.errors import NotFound
from service.privacy.exporting import PersonExport, export_of


async def export_person(territory: Territory, reference: str, keys: MasterKeys) -> PersonExport:
    """No copy without its entry. Raises `NotFound`, `Unavailable`."""

    async def work() -> PersonExport:
        now = datetime.now(UTC)
        found = await export_of(territory, reference, keys, now)
        await note(
            TrailEntry(
                at=now,
                action="exported",
                territory_id=territory.id,
                about_kind="participant",
                about_ref=reference,
            )
        )
        return found

    try:
        return await in_transaction(work)
    except NotFoundError as error:
        raise NotFound("Cette personne n’existe pas ici.") from error
