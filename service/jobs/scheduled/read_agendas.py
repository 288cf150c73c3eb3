"""Every hour: people's own agendas are read again."""

from datetime import UTC, datetime

import msgspec

from db.records.busy import BusySource
from service.accounts.master_key import ensure_master_keys
from service.actions.read_busy_sources import read_busy_sources
from service.busy.address_seal import open_address
from service.busy.fetch import Fetcher
from service.jobs.kinds import RunningJob
from service.settings import read_settings

KIND = "read_agendas"


class AgendasRead(msgspec.Struct, frozen=True, kw_only=True):
    """How many were asked."""

    asked_count: int


async def read_agendas(_running: RunningJob) -> AgendasRead:
    """Idempotent: what was read within the hour is not asked again."""
    settings = read_settings()
    keys = ensure_master_keys(settings.keys_path)

    def opened(source: BusySource) -> str:
        return open_address(keys, source.territory_id, source.staff, source.address_sealed or b"")

    fetcher = Fetcher(private_allowed=settings.private_agendas)
    try:
        return AgendasRead(asked_count=await read_busy_sources(fetcher, opened, datetime.now(UTC)))
    finally:
        await fetcher.close()
