"""From a person's agenda on a server to busy time in the database; a failure keeps the last good state."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.queries.busy_sources import add_busy_source, busy_source
from db.queries.facts import facts_of
from db.records.busy import BusySource
from db.records.territory import Territory
from service.accounts.master_key import ensure_master_keys
from service.actions.add_busy_agenda import add_busy_agenda
from service.actions.read_busy_sources import read_busy_sources
from service.busy.address_seal import open_address
from service.busy.fetch import Fetched, FetchFailed
from service.errors import BadInput
from tests.db.assignments import territory_with_facts

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Agenda:
    """A server's answers in turn."""

    def __init__(self, *answers: bytes | str | None) -> None:
        self._answers = list(answers)

    async def fetch(self, address: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        assert address == "https://agenda.example/secret.ics"
        await asyncio.sleep(0)
        answer = self._answers.pop(0)
        if isinstance(answer, str):
            raise FetchFailed(answer)
        return Fetched(body=answer, etag='"a"')


def calendar(hour: int, summary: str = "Médecin") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:x", f"SUMMARY:{summary}"]
    lines += [f"DTSTART:20261201T{hour:02d}0000Z", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


async def source_of(territory: Territory) -> BusySource:
    return await add_busy_source(
        territory.id, "AR", kind="url", name="Mon agenda", address_sealed=b"https://agenda.example/secret.ics"
    )


def opened(source: BusySource) -> str:
    assert source.address_sealed is not None
    return source.address_sealed.decode()


async def busy_hours(territory: Territory) -> list[int]:
    facts = await facts_of(territory.id)
    return [
        one.starts_at.hour for one in facts.busy_intervals if one.starts_at.date().isoformat() == "2026-12-01"
    ]


async def test_an_agenda_becomes_times_and_nothing_else():
    territory = await territory_with_facts()
    source = await source_of(territory)
    before = await busy_hours(territory)
    assert await read_busy_sources(Agenda(calendar(9)), opened, NOW) == 1
    assert sorted(await busy_hours(territory)) == sorted([*before, 9])
    read = await busy_source(territory.id, source.id)
    assert (read.last_success_at, read.last_error, read.etag) == (NOW, None, '"a"')


async def test_an_agenda_that_never_changes_is_still_read_whole_once_a_month():
    """Its repeated times would end where the first reading looked."""
    territory = await territory_with_facts()
    source = await source_of(territory)
    asked: list[str | None] = []

    class Unchanged(Agenda):
        async def fetch(
            self, address: str, etag: str | None = None, last_modified: str | None = None
        ) -> Fetched:
            asked.append(etag)
            return await super().fetch(address, etag, last_modified)

    agenda = Unchanged(calendar(9), None, calendar(9))
    for days in (0, 1, 10):
        await read_busy_sources(agenda, opened, NOW + timedelta(days=days))
    assert asked == [None, '"a"', None]
    assert (await busy_source(territory.id, source.id)).last_success_at == NOW + timedelta(days=10)


async def test_a_failure_is_shown_and_keeps_the_last_good_state():
    territory = await territory_with_facts()
    source = await source_of(territory)
    agenda = Agenda(calendar(9), "http-404", None, b"<html>Connexion</html>", calendar(10))
    await read_busy_sources(agenda, opened, NOW)
    good = await busy_hours(territory)
    for hours, error in ((1, "http-404"), (2, None), (3, "not-a-calendar")):
        at = NOW + timedelta(hours=hours)
        await read_busy_sources(agenda, opened, at)
        read = await busy_source(territory.id, source.id)
        assert (read.last_error, read.last_tried_at) == (error, at)
        assert await busy_hours(territory) == good
    await read_busy_sources(agenda, opened, NOW + timedelta(hours=4))
    assert 10 in await busy_hours(territory)
    assert (await busy_source(territory.id, source.id)).last_error is None


async def test_an_address_is_sealed_for_its_person(tmp_path: Path):
    territory = await territory_with_facts()
    keys = ensure_master_keys(tmp_path / "keys" / "master.key")
    webcal = "webcal://agenda.example/secret.ics"
    source = await add_busy_agenda(keys, territory.id, "AR", name="Mon agenda", address=webcal)
    assert source.address_sealed is not None
    assert b"agenda.example" not in source.address_sealed

    def for_its_person(one: BusySource) -> str:
        return open_address(keys, one.territory_id, one.staff, one.address_sealed or b"")

    await read_busy_sources(Agenda(calendar(9)), for_its_person, NOW)
    assert (await busy_source(territory.id, source.id)).last_error is None

    def for_somebody_else(one: BusySource) -> str:
        return open_address(keys, one.territory_id, "LD", one.address_sealed or b"")

    await read_busy_sources(Agenda(), for_somebody_else, NOW + timedelta(hours=1))
    assert (await busy_source(territory.id, source.id)).last_error == "not-opened"
    with pytest.raises(BadInput):
        await add_busy_agenda(keys, territory.id, "AR", name="Fichier", address="file:///etc/passwd")


async def test_an_agenda_is_not_asked_twice_within_the_hour():
    territory = await territory_with_facts()
    await source_of(territory)
    agenda = Agenda(calendar(9))
    assert await read_busy_sources(agenda, opened, NOW) == 1
    assert await read_busy_sources(agenda, opened, NOW + timedelta(minutes=30)) == 0
