"""Erased for good: in every table, in every restore."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backup import back_up
from db.errors import NotFoundError
from db.queries.assignment_writing import Author, write_assignments
from db.queries.erasure import erase_participant, mentions_of
from db.tables import TABLES
from db.tables.trail import AuditTrail, ErasureMemory
from service.privacy.erasing import erase_again, erase_person
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


async def test_an_erasure_remembered_outside_is_done_again_when_the_person_comes_back(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    memory = tmp_path / "keys" / "erasures.jsonl"
    await back_up(tmp_path / "before.gz")
    from db.records.erasure import Erasure  # noqa: PLC0415
    from service.privacy.erasing import remember  # noqa: PLC0415

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
