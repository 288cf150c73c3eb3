"""Backups: whole, of one instant, restored on either engine; damaged ones are refused."""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import engine, migrate
from db.backup import BackupError, back_up, restore, verify
from db.engine import Engine
from db.errors import AlreadyThereError, RefusedError
from db.inspect import faults
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.territories import add_territory, territory_by_code
from db.queries.trail import note, trail
from db.records.trail import TrailEntry
from tests.conftest import BOTH_ENGINES
from tests.databases import postgres_database
from tests.db.assignments import NOON, interview, new, permanence, publish, territory_with_facts
from tests.db.filling import fill


async def _everything(territory_code: str = "somme") -> tuple[Any, ...]:
    territory = await territory_by_code(territory_code)
    return (
        territory,
        await facts_of(territory.id),
        await assignments_of(territory.id, Wanted()),
        await trail(),
    )


async def _live_a_little() -> None:
    territory = await territory_with_facts()
    await publish(territory, new(permanence(1)), new(interview(2)))
    await note(TrailEntry(at=NOON, action="plan.published", territory_id=territory.id))


@pytest.fixture(params=BOTH_ENGINES)
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An empty database to restore into, of either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield url


async def test_what_was_saved_on_one_engine_is_the_same_restored_on_either(
    database_url: str, other_url: str, tmp_path: Path
):
    saved = tmp_path / "backup.gz"
    async with engine.connected(database_url):
        await _live_a_little()
        before = await _everything()
        header = await back_up(saved)
    assert header.migrations == migrate.known()
    async with engine.connected(other_url):
        assert (await restore(saved)).rows > 20
        assert await _everything() == before
        assert await faults() == ()


async def test_every_column_of_every_table_survives(database: Engine, other_url: str, tmp_path: Path):
    filled = await fill()
    await back_up(tmp_path / "backup.gz")
    await database.stop()
    async with engine.connected(other_url) as other:
        assert (await restore(tmp_path / "backup.gz")).rows == len(filled)
        for table, values in filled.items():
            row = (await other.run_sql(f'SELECT * FROM "{table}"', []))[0]
            assert {name: row[name] for name in values} == values, table


async def test_a_backup_is_of_one_instant_while_others_write(database: Engine, tmp_path: Path):
    await _live_a_little()
    writing, begun = True, asyncio.Event()

    async def write() -> int:
        number = 0
        while writing:
            number += 1
            await add_territory(
                code=f"t{number}", name="T", zone="Europe/Paris", departements=(), settings={}
            )
            begun.set()
        return number

    task = asyncio.create_task(write())
    await begun.wait()
    await back_up(tmp_path / "backup.gz")
    writing = False
    assert await task > 1
    verify(tmp_path / "backup.gz")


async def test_a_damaged_backup_is_refused_and_nothing_is_restored(
    database: Engine, other_url: str, tmp_path: Path
):
    saved = tmp_path / "backup.gz"
    await _live_a_little()
    await back_up(saved)
    await database.stop()
    lines = gzip.decompress(saved.read_bytes()).splitlines(keepends=True)
    damaged = {
        "a line is gone": b"".join(lines[:20] + lines[21:]),
        "a byte changed": b"".join(lines).replace(b"Gagny", b"Gagnx", 1),
        "the end is gone": b"".join(lines[:-1]),
        "another file": b'{"a": 1}\n',
    }
    async with engine.connected(other_url):
        for name, content in damaged.items():
            saved.write_bytes(gzip.compress(content))
            with pytest.raises(BackupError):
                await restore(saved)
            assert await migrate.applied() == (), name
        saved.write_bytes(b"not compressed")
        with pytest.raises(BackupError):
            verify(saved)


async def test_a_backup_is_not_restored_over_what_is_there(database: Engine, tmp_path: Path):
    await _live_a_little()
    await back_up(tmp_path / "backup.gz")
    before = await _everything()
    with pytest.raises(BackupError, match="not empty"):
        await restore(tmp_path / "backup.gz")
    assert await _everything() == before


async def test_a_restore_that_fails_half_way_or_afterwards_leaves_nothing_behind(
    database: Engine, other_url: str, tmp_path: Path
):
    await _live_a_little()
    await back_up(tmp_path / "backup.gz")
    await database.stop()
    twice = _rewritten(tmp_path / "backup.gz", _last_row_twice)

    async def fails_afterwards() -> int:
        raise OSError("the power went")

    async with engine.connected(other_url):
        with pytest.raises((AlreadyThereError, RefusedError)):
            await restore(twice)
        assert await migrate.applied() == ()
        with pytest.raises(OSError, match="power"):
            await restore(tmp_path / "backup.gz", fails_afterwards)
        assert await migrate.applied() == ()
        assert (await restore(tmp_path / "backup.gz")).rows > 20


async def test_a_backup_of_a_later_version_is_refused(database: Engine, tmp_path: Path):
    await back_up(tmp_path / "backup.gz")
    later = _with_migrations(tmp_path / "backup.gz", (*migrate.known(), "9999_later"))
    with pytest.raises(BackupError, match=r"later version \(9999_later\)"):
        await restore(later)


async def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(
    database: Engine, other_url: str, tmp_path: Path
):
    await _live_a_little()
    before = await _everything()
    await back_up(tmp_path / "backup.gz")
    await database.stop()
    earlier = _with_migrations(tmp_path / "backup.gz", migrate.known()[:6])
    async with engine.connected(other_url):
        await restore(earlier)
        assert await _everything() == before
        assert await faults() == ()


def _with_migrations(path: Path, ids: tuple[str, ...]) -> Path:
    """The backup as a version made it that knew these migrations."""

    def change(lines: list[bytes]) -> list[bytes]:
        header = json.loads(lines[0]) | {"migrations": ids}
        return [json.dumps(header).encode() + b"\n", *lines[1:]]

    return _rewritten(path, change)


def _last_row_twice(lines: list[bytes]) -> list[bytes]:
    last = lines.index(_rows(lines)[-1])
    return [*lines[: last + 1], *lines[last:]]


def _rewritten(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    """Another whole backup: its lines changed, its end counted anew."""
    *lines, _ = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    changed = change(lines)
    sha256 = hashlib.sha256(b"".join(changed)).hexdigest()
    end = json.dumps({"rows": len(_rows(changed)), "sha256": sha256}).encode() + b"\n"
    other = path.with_name("rewritten.gz")
    other.write_bytes(gzip.compress(b"".join([*changed, end])))
    return other


def _rows(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if line.startswith(b"[")]


async def test_an_unfinished_backup_never_bears_the_name_of_a_whole_one(
    empty_database: Engine, tmp_path: Path
):
    with pytest.raises(Exception, match="migration"):
        await back_up(tmp_path / "backup.gz")
    assert not (tmp_path / "backup.gz").exists()
