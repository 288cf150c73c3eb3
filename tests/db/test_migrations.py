"""Migrations: from nothing and from every earlier state, filled, to the shape the code expects."""

import asyncio
import re

import pytest

from db import engine, migrate
from db.ddl import index_sql
from db.engine import Engine
from db.errors import NotMigratedError
from db.inspect import columns_of, faults
from db.queries.territories import all_territories
from db.tables import TABLES
from tests.db.filling import fill

LAST = migrate.known()[-1]
FORGOTTEN = {"idempotency_key": "0011_sealed_answers"}
"""Tables that a migration empties: what they held before is not to be kept."""


async def test_an_empty_database_is_told_what_to_run(empty_database: Engine):
    with pytest.raises(NotMigratedError) as caught:
        await migrate.check()
    assert caught.value.missing == migrate.known()
    assert (await faults())[0] == f"migration {migrate.known()[0]} has not run"


async def test_from_nothing_to_the_present_shape(empty_database: Engine):
    assert await migrate.upgrade() == migrate.known()
    await migrate.check()
    assert await faults() == ()


async def test_a_second_run_changes_nothing(empty_database: Engine):
    await migrate.upgrade()
    assert await migrate.upgrade() == ()


@pytest.mark.parametrize("state", migrate.known())
async def test_from_every_earlier_state_filled_nothing_is_lost(empty_database: Engine, state: str):
    await migrate.upgrade(until=state)
    filled = await fill()
    await migrate.upgrade()
    assert await faults() == ()
    for table, values in filled.items():
        if state < FORGOTTEN.get(table, ""):
            continue
        rows = await empty_database.run_sql(f'SELECT * FROM "{table}"', [])
        assert len(rows) == 1, table
        assert {name: rows[0][name] for name in values} == values, table


async def test_answers_that_were_kept_open_are_gone(empty_database: Engine):
    await migrate.upgrade(until="0010_what_nobody_wrote")
    await fill()
    assert len(await empty_database.run_sql('SELECT * FROM "idempotency_key"', [])) == 1
    await migrate.upgrade()
    assert await empty_database.run_sql('SELECT * FROM "idempotency_key"', []) == []
    assert set(await columns_of("idempotency_key")) == {
        "id",
        "created_at",
        "updated_at",
        "key",
        "scope",
        "request_hash",
        "body",
    }
    assert "note" not in await columns_of("pin")


async def test_two_processes_that_upgrade_at_once_do_it_once(empty_database_url: str):
    async with engine.connected(empty_database_url):
        done = await asyncio.gather(migrate.upgrade(), migrate.upgrade())
    assert sorted(done, key=len) == [(), migrate.known()]


async def test_a_migration_that_fails_leaves_nothing_behind(empty_database: Engine):
    """A table that stands in its way makes the second migration fail, after all of the first."""
    await empty_database.run_sql('CREATE TABLE "plan_file" ("id" INTEGER)', [])
    with pytest.raises(Exception, match=r"plan_file.*already exists"):
        await migrate.upgrade()
    assert await migrate.applied() == ()
    assert await columns_of("territory") == {}
    await empty_database.run_sql('DROP TABLE "plan_file"', [])
    assert await migrate.upgrade() == migrate.known()
    assert await all_territories() == ()


async def test_every_index_that_the_tables_ask_for_is_there(database: Engine):
    if database.engine_type == "sqlite":
        rows = await database.run_sql("SELECT name FROM sqlite_master WHERE type = 'index'", [])
    else:
        rows = await database.run_sql("SELECT indexname AS name FROM pg_indexes", [])
    there = {row["name"] for row in rows}
    wanted = {re.findall(r'"(\w+)"', sql)[0] for table in TABLES for sql in index_sql(table)}
    assert wanted <= there


async def test_a_column_that_the_code_does_not_know_is_named(empty_database: Engine):
    await migrate.upgrade()
    await empty_database.run_sql('ALTER TABLE "room" ADD COLUMN "colour" TEXT', [])
    assert await faults() == ("room.colour: TEXT, may null in the database, absent in the code",)
