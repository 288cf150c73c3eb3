"""Erased for good: in every table, in every restore."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backup import back_up
from db.errors import NotFoundError
from db.queries.assignment_writing import Author, write_assignments
from db.queries.erasure import erase_participant, mentions_of
from db.records.erasure import Erasure
from db.tables import TABLES
from db.tables.trail import AuditTrail, ErasureMemory
from service.privacy.erasing import erase_again, erase_person, remember
from tests.db.assignments import interview, new, territory_with_facts

pytestmark = pytest.mark.usefixtures("database")


async def rows_that_name(reference: str) -> list[str]:
    """Tables that hold the reference anywhere but in the trail and the memory of erasures."""
    found = []
    for table in TABLES:
        if table not in (AuditTrail, ErasureMemory):
            rows = str(await table.select())
            found += [table._meta.tablename] * (reference in rows or reference.lower() in rows)
    return found


async def test_no_table_names_an_erased_person_and_the_past_keeps_its_figures(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    await write_assignments(territory.id, [new(interview(1))], Author(at=datetime.now(UTC)))
    assert "assignment" in await mentions_of(territory.id, "KM4821")
    assert await rows_that_name("KM4821")
    await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
    assert await rows_that_name("KM4821") == []
    with pytest.raises(NotFoundError):
        await erase_participant(territory.id, "KM4821", at=datetime.now(UTC))


async def test_the_same_reference_in_another_territory_is_another_person(tmp_path: Path) -> None:
    here, there = await territory_with_facts("somme"), await territory_with_facts("var")
    for one in (here, there):
        await write_assignments(one.id, [new(interview(1))], Author(at=datetime.now(UTC)))
    before = await mentions_of(there.id, "KM4821")
    await erase_person(here.id, "KM4821", tmp_path / "erasures.jsonl")
    after = await mentions_of(there.id, "KM4821")
    assert {table: len(rows) for table, rows in after.items()} == {
        table: len(rows) for table, rows in before.items()
    }
    assert "assignment" in after


async def test_an_erasure_remembered_outside_is_done_again_when_the_person_comes_back(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    memory = tmp_path / "keys" / "erasures.jsonl"
    await back_up(tmp_path / "before.gz")
    remember(
        memory,
        Erasure(
            about_kind="participant",
            about_ref="KM4821",
            erased_at=datetime.now(UTC),
            territory_id=territory.id,
        ),
    )
    assert memory.stat().st_mode & 0o777 == 0o600
    assert await erase_again(memory) == 1
    assert await rows_that_name("KM4821") == []
    assert await erase_again(memory) == 0
