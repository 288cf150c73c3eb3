"""Erased for good: in every table, in every restore."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backup import back_up
from db.engine import connected, current
from db.errors import NotFoundError
from db.migrate import upgrade
from db.queries.assignment_writing import Author, write_assignments
from db.queries.erasure import erase_participant, mentions_of
from db.queries.fact_storing import add_fact
from db.queries.facts import fact, facts_of
from db.queries.kept_answers import keep_answer
from db.queries.vault import keep_vault
from db.records.answer import KeptAnswer
from db.records.erasure import Erasure
from db.records.participant import Participant
from db.tables import TABLES
from db.tables.account import IdempotencyKey
from db.tables.trail import AuditTrail, ErasureMemory
from service.accounts.master_key import MasterKeys, with_new_key
from service.privacy.erasing import erase_again, erase_person, remember
from service.privacy.vault import Contact, seal_contact
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


async def test_nobody_plans_for_an_erased_person_any_more(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    before = await facts_of(territory.id)
    assert [one.state for one in before.paths if one.participant == "KM4821"] == ["running"]
    asked = [one for one in before.needs if one.participant == "KM4821"]
    await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
    after = await facts_of(territory.id)
    erased = {one.code for one in after.participants if one.erased_at is not None}
    (path,) = (one for one in after.paths if one.participant in erased)
    assert (path.state, path.exit_on is not None) == ("ended", True)
    left = [one.state for one in after.needs if one.participant in erased]
    assert (len(left), "open" in left) == (len(asked), False)


async def test_what_is_kept_for_who_sends_a_write_twice_is_forgotten_in_that_territory(
    tmp_path: Path,
) -> None:
    territory = await territory_with_facts()
    now, kept = datetime.now(UTC), KeptAnswer(request_hash="x", sealed=b"sealed")
    for name, place in (("k1", "somme"), ("k2", "somme"), ("k3", "ailleurs"), ("k4", "")):
        await keep_answer(place, name, kept, now=now)
    await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
    assert sorted(row["key"] for row in await IdempotencyKey.select()) == ["k3", "k4"]


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


async def test_the_destroyed_key_is_not_left_in_the_bytes_of_an_embedded_database(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite3"
    async with connected(f"sqlite:///{path}"):
        await upgrade()
        territory = await territory_with_facts()
        person = (await fact(territory.id, Participant, "KM4821")).id
        assert person is not None
        keys = with_new_key(MasterKeys(keys=()))
        vault = seal_contact(keys, person, Contact(name="Karim B."), None)
        await keep_vault(territory.id, "KM4821", vault, ("name",))
        await current().run_sql("PRAGMA wal_checkpoint(TRUNCATE)", [])
        assert vault.wrapped_key is not None
        assert vault.wrapped_key in path.read_bytes()
        await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
        await current().run_sql("PRAGMA wal_checkpoint(TRUNCATE)", [])
        assert vault.wrapped_key not in path.read_bytes()


async def test_who_was_given_the_reference_of_an_erased_person_afterwards_is_not_erased_again(
    tmp_path: Path,
) -> None:
    territory, memory = await territory_with_facts(), tmp_path / "erasures.jsonl"
    await erase_person(territory.id, "KM4821", memory)
    await add_fact(territory.id, Participant(code="KM4821"))
    assert await erase_again(memory) == 0
    assert (await fact(territory.id, Participant, "KM4821")).erased_at is None
