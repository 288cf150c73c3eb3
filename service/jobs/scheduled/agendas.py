"""Every hour: people's own agendas are read again."""

from datetime import UTC, datetime

import msgspec

from db.records.busy import BusySource
from service.accounts.kept_keys import kept_keys
from service.actions.read_busy_sources import read_busy_sources
from service.busy.address_seal import open_address
from service.busy.fetch import Fetcher
from service.jobs.kinds import JobKind, RunningJob
from service.settings import Settings


class AgendasRead(msgspec.Struct, frozen=True, kw_only=True):
    """How many were asked."""

    asked_count: int


def agendas_kind(settings: Settings) -> JobKind:
    """Idempotent: what was read within the hour is not asked again."""

    async def read_agendas(_running: RunningJob) -> AgendasRead:
        keys = await kept_keys(settings.keys_path)

        def opened(source: BusySource) -> str:
            return open_address(keys, source.territory_id, source.staff, source.address_sealed or b"")

        fetcher = Fetcher(private_allowed=settings.private_agendas)
        try:
            return AgendasRead(asked_count=await read_busy_sources(fetcher, opened, datetime.now(UTC)))
        finally:
            await fetcher.close()

    return JobKind(name="agendas", handler=read_agendas)
