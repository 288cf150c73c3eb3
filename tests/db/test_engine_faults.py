"""Engines under faults: what fails gives its connection back, and the process can end."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from db import engine
from db.engine import DatabaseUrlError, engine_for
from db.errors import BrokenReferenceError, LockedError, TransactionMisuseError, UnreachableError, translated
from db.tables.territory import Setting
from db.transaction import in_transaction, lock, transaction

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "faults.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


def _locked_by_another(url: str) -> sqlite3.Connection:
    """Another process's write lock on the file."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def test_a_failed_begin_is_told_and_the_next_transaction_works(sqlite_url: str):
    engine.use(sqlite_url).connection_kwargs["timeout"] = 0.05
    async with engine.connected():
        other = _locked_by_another(sqlite_url)
        with pytest.raises(LockedError):
            await _insert("a")
        other.rollback()
        other.close()
        await asyncio.wait_for(_insert("a"), 60)


async def _insert(key: str) -> None:
    async with transaction():
        await Setting.insert(Setting(key=key))


async def test_a_failed_commit_leaves_no_transaction_behind(sqlite_url: str):
    async with engine.connected(sqlite_url) as running:
        await running.run_sql('CREATE TABLE "a" ("id" INTEGER PRIMARY KEY)', [])
        await running.run_sql(
            'CREATE TABLE "b" ("a" INTEGER REFERENCES "a" DEFERRABLE INITIALLY DEFERRED)', []
        )
        with pytest.raises(BrokenReferenceError):
            await _orphan(running)
        assert await running.run_sql('SELECT * FROM "b"', []) == []
        await asyncio.wait_for(_insert("a"), 60)


async def _orphan(running: engine.Engine) -> None:
    async with transaction():
        await running.run_sql('INSERT INTO "b" VALUES (7)', [])


_PROGRAM = """
import asyncio, sqlite3, sys
import db.sqlite
db.sqlite.BUSY_SECONDS = 0.05
from db import engine
from db.errors import LockedError
from db.tables.territory import Setting
from db.transaction import transaction

async def main(url):
    engine.use(url)
    if sys.argv[2] == "started":
        await engine.current().start()
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with transaction():
            await Setting.insert(Setting(key="a"))
    except LockedError:
        print("locked")
    if sys.argv[2] == "started":
        await engine.current().stop()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("life", ["started", "bare"])
def test_a_process_whose_begin_failed_can_end(sqlite_url: str, life: str):
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, sqlite_url, life],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout) == (0, "locked\n"), done.stderr


async def test_the_embedded_file_is_in_wal_mode_and_kept_so(sqlite_url: str):
    async with engine.connected(sqlite_url) as running:
        assert (await running.run_sql("PRAGMA journal_mode", []))[0]["journal_mode"] == "wal"
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_cancelled_task_gives_its_turn_to_the_next(database: engine.Engine):
    inside = asyncio.Event()

    async def linger() -> None:
        async with transaction():
            await Setting.insert(Setting(key="lost"))
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(linger())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(_insert("kept"), 60)
    assert [row["key"] for row in await Setting.select(Setting.key)] == ["kept"]


async def test_who_waits_for_a_turn_and_gives_up_blocks_nobody(database: engine.Engine):
    async with transaction():
        waiting = asyncio.create_task(_insert("never"))
        await asyncio.sleep(0.05)
        if database.engine_type == "sqlite":
            waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(_insert("next"), 60)
    assert "next" in [row["key"] for row in await Setting.select(Setting.key)]


async def test_work_that_lost_a_lock_is_done_again_and_counts_once(database: engine.Engine):
    tries = 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        await Setting.insert(Setting(key=f"try {tries}"))
        if tries < 3:
            raise LockedError

    await in_transaction(work)
    assert [row["key"] for row in await Setting.select(Setting.key)] == ["try 3"]


async def test_work_that_always_loses_says_so(database: engine.Engine):
    async def work() -> None:
        raise LockedError

    with pytest.raises(LockedError):
        await in_transaction(work)


@pytest.mark.server
async def test_two_transactions_that_wait_for_each_other_both_succeed_in_the_end(
    migrated_postgres_url: str,
):
    async with engine.connected(migrated_postgres_url):
        await Setting.delete(force=True)
        for key in ("a", "b"):
            await _insert(key)
        met = asyncio.Barrier(2)
        first_tries = {"ab", "ba"}

        async def update(order: str) -> None:
            async def work() -> None:
                for place, key in enumerate(order):
                    await Setting.update({Setting.value: order}).where(Setting.key == key)
                    if place == 0 and order in first_tries:
                        first_tries.discard(order)
                        await met.wait()

            await in_transaction(work)

        await asyncio.wait_for(asyncio.gather(update("ab"), update("ba")), 30)
        values = {row["value"] for row in await Setting.select(Setting.value)}
    assert values in ({"ab"}, {"ba"})


async def test_a_lock_outside_a_transaction_is_refused(database: engine.Engine):
    with pytest.raises(TransactionMisuseError):
        await lock("anything")


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////proc/none/x.sqlite3"])
async def test_a_database_that_cannot_be_reached_is_told_as_such(url: str):
    with pytest.raises(UnreachableError):
        await engine.use(url).start()


@pytest.mark.server
async def test_a_server_without_that_database_is_told_as_such(postgres_url: str):
    with pytest.raises(UnreachableError, match="none_of_ours"):
        await engine.use(postgres_url + "none_of_ours").start()


@pytest.mark.parametrize("url", ["", "mysql://a:secret@b/c", "sqlite://", "sqlite:///"])
def test_an_unknown_address_is_refused_without_repeating_a_password(url: str):
    with pytest.raises(DatabaseUrlError) as caught:
        engine_for(url)
    assert "secret" not in str(caught.value)


def test_the_address_comes_from_the_environment_or_is_the_embedded_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ESCALE_DATABASE_URL", raising=False)
    assert engine.url_from_environment() == "sqlite:///var/escale.sqlite3"
    monkeypatch.setitem(os.environ, "ESCALE_DATABASE_URL", "postgresql://h/d")
    assert engine.url_from_environment() == "postgresql://h/d"


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (asyncpg.DeadlockDetectedError("x"), LockedError),
        (asyncpg.SerializationError("x"), LockedError),
        (asyncpg.SyntaxOrAccessError("x"), asyncpg.SyntaxOrAccessError),
        (sqlite3.OperationalError("no such table"), sqlite3.OperationalError),
    ],
)
def test_each_engine_error_has_one_translation(raised: Exception, told: type[Exception]):
    with pytest.raises(told), translated():
        raise raised
