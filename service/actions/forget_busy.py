"""Takes back what keeps somebody from being planned: one of their marks, or one of their own agendas."""

from datetime import UTC, datetime
from uuid import UUID

from db.errors import NotFoundError
from db.queries.busy_sources import busy_source, remove_busy_source
from db.queries.fact_storing import remove_fact
from db.queries.facts import all_facts
from db.records.staff import BusyMark
from service.errors import NotFound


async def forget_mark(territory_id: UUID, staff: str, code: str) -> None:
    """Raises `NotFound`, also for somebody else's."""
    marks = await all_facts(territory_id, BusyMark)
    if not any((one.staff, one.code) == (staff, code) for one in marks):
        raise NotFound("Cette marque n’existe plus.")
    await remove_fact(territory_id, BusyMark, code)


async def forget_agenda(territory_id: UUID, staff: str, source_id: UUID) -> None:
    """Its address and its times go at once. Raises `NotFound`, also for somebody else's."""
    try:
        source = await busy_source(territory_id, source_id)
    except NotFoundError as error:
        raise NotFound("Cet agenda n’est plus suivi.") from error
    if source.staff != staff:
        raise NotFound("Cet agenda n’est plus suivi.")
    await remove_busy_source(territory_id, source_id, at=datetime.now(UTC))
