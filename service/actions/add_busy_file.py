"""A person's own agenda given as a file: read at once, only its times kept."""

from datetime import UTC, datetime
from uuid import UUID

from calendars.busy import NotACalendar
from db.queries.busy_sources import add_busy_source, busy_source, store_busy
from db.records.busy import BusySource
from service.actions.read_busy_sources import busy_reading
from service.errors import BadInput


async def add_busy_file(territory_id: UUID, staff: str, *, name: str, body: bytes) -> BusySource:
    """Raises `BadInput` on what is no calendar: nothing is kept then. `NotFoundError` on an unknown person."""
    now = datetime.now(UTC)
    try:
        reading = await busy_reading(territory_id, body, now)
    except NotACalendar as error:
        raise BadInput("Ce fichier n’est pas un agenda : il faut un fichier .ics.") from error
    source = await add_busy_source(territory_id, staff, kind="file", name=name, address_sealed=None)
    await store_busy(territory_id, source.id, reading, at=now)
    return await busy_source(territory_id, source.id)
