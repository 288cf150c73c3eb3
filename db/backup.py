"""Backups: one portable file for both engines, taken while everybody works, verified, restored.

A file is gzipped lines of JSON: a header (format, migrations, instant), then for each table its
columns and its rows, at the end the number of rows and the SHA-256 of all lines before. What was
saved from SQLite restores into PostgreSQL, and the reverse; what an older version saved restores
into the shape of that time and is migrated from there.
"""

import gzip
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID

import msgspec
from piccolo.table import Table

from db import migrate
from db.backup_values import reader_of, written
from db.ddl import column_type
from db.engine import current
from db.errors import DatabaseError
from db.records.base import Instant
from db.shape import column_of
from db.tables import TABLES
from db.tables.columns import utc_now
from db.transaction import snapshot, transaction

FORMAT = "escale-backup/1"
CHUNK = 1000


class BackupError(DatabaseError):
    """A file that is no whole backup, or a database it cannot be restored into."""


class Header(msgspec.Struct, frozen=True):
    format: str
    migrations: tuple[str, ...]
    made_at: Instant
    engine: str


class TableLine(msgspec.Struct, frozen=True):
    """A table whose rows follow: names and types of its columns, in the order of the rows."""

    table: str
    columns: tuple[tuple[str, str], ...]


class EndLine(msgspec.Struct, frozen=True):
    rows: int
    sha256: str


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows came back, and of how many things `then` said that it did them again."""

    rows: int
    done_again: int


class Files(Protocol):
    """How the bytes of a backup reach their file and come back: as they are, or sealed."""

    def create(self, path: Path) -> IO[bytes]: ...

    def open(self, path: Path) -> IO[bytes]: ...


class PlainFiles:
    """As they are."""

    def create(self, path: Path) -> IO[bytes]:
        return path.open("wb")

    def open(self, path: Path) -> IO[bytes]:
        return path.open("rb")


PLAIN = PlainFiles()
_LINE = msgspec.json.Decoder(list[Any] | dict[str, Any])


async def back_up(path: Path, files: Files = PLAIN) -> Header:
    """Write everything the database holds at this instant to a new file. Raises `NotMigratedError`."""
    await migrate.check()
    header = Header(FORMAT, await migrate.applied(), utc_now(), current().engine_type)
    digest, rows = hashlib.sha256(), 0
    unfinished = path.with_name(path.name + ".part")
    with files.create(unfinished) as raw, gzip.open(raw, "wb", compresslevel=6) as file:
        async with snapshot():
            async for line, counted in _lines(header):
                digest.update(line)
                rows += counted
                file.write(line)
        file.write(_encoded(EndLine(rows, digest.hexdigest())))
    unfinished.replace(path)
    return header


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"


async def _lines(header: Header) -> AsyncIterator[tuple[bytes, int]]:
    """Lines of a backup, each with the number of rows it carries."""
    yield _encoded(header), 0
    for table in TABLES:
        columns = [(str(column._meta.db_column_name), column_type(column)) for column in table._meta.columns]
        yield _encoded(TableLine(table._meta.tablename, tuple(columns))), 0
        async for row in _rows(table):
            yield _encoded([written(row[name]) for name, _ in columns]), 1


async def _rows(table: type[Table]) -> AsyncIterator[dict[str, Any]]:
    """Every row, by id, a thousand at a time."""
    id_ = column_of(table, "id")
    last = UUID(int=0)
    while True:
        rows = await table.select().where(id_ > last).order_by(id_).limit(CHUNK)
        for row in rows:
            yield row
        if len(rows) < CHUNK:
            return
        last = rows[-1]["id"]


def verify(path: Path, files: Files = PLAIN) -> Header:
    """Read a whole backup and recount it. Raises `BackupError` when a byte of it is missing or wrong."""
    digest, rows, before = hashlib.sha256(), 0, b""
    try:
        for line in _read(path, files):
            digest.update(before)
            rows += before.startswith(b"[")
            before = line
        end = msgspec.json.decode(before, type=EndLine)
    except (OSError, EOFError, msgspec.MsgspecError, gzip.BadGzipFile) as error:
        raise BackupError(f"{path.name}: not a whole backup ({error})") from error
    if (end.rows, end.sha256) != (rows, digest.hexdigest()):
        raise BackupError(f"{path.name}: its lines are not those that were saved")
    return _header(path, files)


def _header(path: Path, files: Files) -> Header:
    first = next(_read(path, files))
    try:
        header = msgspec.json.decode(first, type=Header)
    except msgspec.MsgspecError as error:
        raise BackupError(f"{path.name}: no backup of escale") from error
    if header.format != FORMAT:
        raise BackupError(f"{path.name}: format {header.format}, expected {FORMAT}")
    return header


def _read(path: Path, files: Files) -> Iterator[bytes]:
    with files.open(path) as raw, gzip.open(raw, "rb") as file:
        yield from file


async def nothing_more() -> int:
    return 0


async def restore(
    path: Path, then: Callable[[], Awaitable[int]] = nothing_more, files: Files = PLAIN
) -> Restored:
    """Fill an empty database from a backup and bring it to the present shape.

    All or nothing, `then` included: what has to be done again before anybody reads what came back.
    Raises `BackupError` when the file is damaged, newer than this version, or the database not empty.
    """
    header = verify(path, files)
    unknown = set(header.migrations) - set(migrate.known())
    if unknown:
        raise BackupError(f"{path.name}: made by a later version ({', '.join(sorted(unknown))})")
    async with transaction():
        if await migrate.applied() and not await _is_empty():
            raise BackupError("the database is not empty")
        await migrate.upgrade(until=max(header.migrations))
        rows = await _fill(path, files)
        await migrate.upgrade()
        return Restored(rows=rows, done_again=await then())


async def _is_empty() -> bool:
    for table in TABLES:
        if await table.table_exists() and await table.exists():
            return False
    return True


async def _fill(path: Path, files: Files) -> int:
    total = 0
    head: TableLine | None = None
    pending: list[list[Any]] = []
    for line in _read(path, files):
        value = _LINE.decode(line)
        if isinstance(value, list):
            pending.append(value)
        if head is not None and (len(pending) == CHUNK or isinstance(value, dict)):
            total += await _insert(head, pending)
            pending = []
        if isinstance(value, dict) and "table" in value:
            head = msgspec.convert(value, TableLine)
    return total


async def _insert(head: TableLine, rows: list[list[Any]]) -> int:
    if not rows:
        return 0
    readers = [reader_of(type_) for _, type_ in head.columns]
    names = ", ".join(f'"{name}"' for name, _ in head.columns)
    postgres = current().engine_type == "postgres"
    marks = ", ".join(f"${place}" if postgres else "?" for place in range(1, len(readers) + 1))
    await current().run_many(
        f'INSERT INTO "{head.table}" ({names}) VALUES ({marks})',  # noqa: S608
        [[read(value) for read, value in zip(readers, row, strict=True)] for row in rows],
    )
    return len(rows)
