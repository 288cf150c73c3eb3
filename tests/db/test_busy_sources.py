"""Imported busy time: a failing agenda keeps its last good state and says what is wrong."""

import pytest

from db.errors import NotFoundError
from db.queries.busy_sources import (
    add_busy_source,
    busy_source,
    busy_sources,
    note_busy_failure,
    note_busy_unchanged,
    remove_busy_source,
    store_busy,
)
from db.queries.facts import busy_intervals
from db.queries.territories import territory_by_id
from db.records.busy import BusyReading, BusySource
from db.records.territory import Territory
from tests.db.assignments import LATER, NOON, territory_with_facts
from tests.db.facts import at, make_territory

pytestmark = pytest.mark.usefixtures("database")

READING = BusyReading(
    intervals=((at(8, 9), at(8, 10)), (at(9, 9), at(9, 12))), warnings=("zone inconnue",), etag='"a"'
)


async def _source(territory: Territory, staff: str = "AR") -> BusySource:
    return await add_busy_source(
        territory.id, staff, kind="url", name="Mon agenda", address_sealed=b"\x01\x02"
    )


async def _busy(territory: Territory) -> list[tuple[str, object, object]]:
    return [(one.staff, one.starts_at, one.ends_at) for one in await busy_intervals(territory.id)]


async def test_a_reading_replaces_the_one_before_and_tells_whether_time_differs():
    territory = await territory_with_facts()
    source = await _source(territory)
    revision = (await territory_by_id(territory.id)).facts_revision
    assert await store_busy(territory.id, source.id, READING, at=NOON)
    assert not await store_busy(territory.id, source.id, READING, at=LATER)
    assert await _busy(territory) == [("AR", at(8, 9), at(8, 10)), ("AR", at(9, 9), at(9, 12))]
    assert (await territory_by_id(territory.id)).facts_revision == revision + 1
    found = await busy_source(territory.id, source.id)
    assert (found.last_success_at, found.etag, found.warnings) == (LATER, '"a"', ("zone inconnue",))
    assert found.address_sealed == b"\x01\x02"


async def test_a_failure_is_seen_and_the_last_good_state_stays():
    territory = await territory_with_facts()
    source = await _source(territory)
    await store_busy(territory.id, source.id, READING, at=NOON)
    await note_busy_failure(source.id, "404", at=LATER)
    found = await busy_source(territory.id, source.id)
    assert (found.last_error, found.last_error_at, found.last_success_at) == ("404", LATER, NOON)
    assert len(await _busy(territory)) == 2
    await note_busy_unchanged(source.id, at=LATER)
    assert (await busy_source(territory.id, source.id)).last_error is None


async def test_agendas_due_are_those_not_tried_since():
    territory = await territory_with_facts()
    old, fresh = await _source(territory), await _source(territory, "LD")
    await note_busy_failure(fresh.id, "x", at=LATER)
    assert [one.id for one in await busy_sources(tried_before=LATER)] == [old.id]
    assert [one.id for one in await busy_sources(territory.id, staff="LD")] == [fresh.id]


async def test_a_removed_agenda_blocks_nothing_and_is_not_found():
    territory, other = await territory_with_facts(), await make_territory("var")
    source = await _source(territory)
    await store_busy(territory.id, source.id, READING, at=NOON)
    with pytest.raises(NotFoundError):
        await remove_busy_source(other.id, source.id, at=LATER)
    await remove_busy_source(territory.id, source.id, at=LATER)
    assert await _busy(territory) == []
    with pytest.raises(NotFoundError):
        await busy_source(territory.id, source.id)
    with pytest.raises(NotFoundError):
        await _source(territory, "ZZ")
