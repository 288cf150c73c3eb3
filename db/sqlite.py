"""The embedded engine: SQLite in WAL mode, one writer at a time, kept connections.

Piccolo's own engine begins transactions deferred (they fail at once when two of them read, then
write) and opens a connection and a thread for each query. This one does neither.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.querystring import QueryString

from db.errors import reaching, translated
from db.unit import Mode, Unit, active, run_many

BUSY_SECONDS = 10.0
KEPT_READERS = 16
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    # What is deleted (the key of an erased person) is overwritten in the file, not only forgotten.
    "PRAGMA secure_delete = ON",
)


class SqliteEngine(SQLiteEngine):
    """`start` and `stop` bracket the life of the kept connections."""

    __slots__ = ("__weakref__", "_kept", "_started", "_turn", "active_unit", "begin_sql")

    def __init__(self, path: str) -> None:
        super().__init__(path=path, timeout=BUSY_SECONDS)
        self.active_unit: ContextVar[Unit | None] = ContextVar("sqlite_unit", default=None)
        self.begin_sql: dict[Mode, str] = {"write": "BEGIN IMMEDIATE", "read": "BEGIN"}
        self._kept: dict[Mode, list[aiosqlite.Connection]] = {"write": [], "read": []}
        self._turn: asyncio.Lock | None = None
        self._started = False

    async def start(self) -> None:
        """Prepare the file (WAL stays with it), keep connections from now on. Raises `UnreachableError`."""
        with reaching():
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            await self._set_wal()
        self._turn = asyncio.Lock()
        self._started = True

    async def _set_wal(self) -> None:
        connection = await self.get_connection()
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
        finally:
            await connection.close()

    async def stop(self) -> None:
        """Close every kept connection; the engine still works, a connection a query."""
        self._started = False
        self._turn = None
        for kept in self._kept.values():
            while kept:
                await kept.pop().close()

    async def get_connection(self) -> aiosqlite.Connection:
        """A new connection with its pragmas; nothing is left open when one of them fails."""
        connection = await _opened(aiosqlite.connect(**self.connection_kwargs))
        try:
            connection.row_factory = sqlite3.Row
            for pragma in _PRAGMAS:
                await connection.execute(pragma)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def take(self, mode: Mode) -> aiosqlite.Connection:
        """A connection for one transaction or query; writers of this process queue in order."""
        if mode == "write" and self._turn is not None:
            await self._turn.acquire()
        try:
            if self._kept[mode]:
                return self._kept[mode].pop()
            return await self._new_connection(mode)
        except BaseException:
            self._end_turn(mode)
            raise

    async def _new_connection(self, mode: Mode) -> aiosqlite.Connection:
        connection = await self.get_connection()
        try:
            if mode == "read":
                await connection.execute("PRAGMA query_only = ON")
        except BaseException:
            await connection.close()
            raise
        return connection

    async def give_back(self, mode: Mode, connection: aiosqlite.Connection, *, spoilt: bool) -> None:
        """Keep the connection for the next one, or close it: spoilt, too many, or not started."""
        limit = 1 if mode == "write" else KEPT_READERS
        try:
            if self._started and not spoilt and len(self._kept[mode]) < limit:
                self._kept[mode].append(connection)
            else:
                with suppress(sqlite3.Error, ValueError):
                    await connection.close()
        finally:
            self._end_turn(mode)

    def _end_turn(self, mode: Mode) -> None:
        if mode == "write" and self._turn is not None and self._turn.locked():
            self._turn.release()

    def transaction(self, *_: object, mode: Mode = "write", **__: object) -> Unit:  # type: ignore[override]
        """A write transaction unless `mode` says read; inside another one it is that one."""
        return Unit(self, mode)

    async def run_querystring(self, querystring: QueryString, **_: bool) -> Any:  # type: ignore[override]
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self.run_sql(sql, arguments)

    async def run_ddl(self, ddl: str, **_: bool) -> Any:  # type: ignore[override]
        return await self.run_sql(ddl, [])

    async def run_sql(self, sql: str, arguments: Sequence[Any]) -> Any:
        """Run one statement, in this task's transaction if there is one; rows as dicts."""
        unit = active(self)
        if unit is not None:
            return await self._fetch(unit.connection, sql, arguments)
        mode: Mode = "read" if sql.lstrip()[:6].upper() == "SELECT" else "write"
        with translated():
            connection = await self.take(mode)
        spoilt = True
        try:
            rows = await self._fetch(connection, sql, arguments)
            spoilt = False
        finally:
            await self.give_back(mode, connection, spoilt=spoilt)
        return rows

    @staticmethod
    async def _fetch(connection: aiosqlite.Connection, sql: str, arguments: Sequence[Any]) -> Any:
        with translated():
            rows: list[sqlite3.Row] = list(await connection.execute_fetchall(sql, arguments))
        names = rows[0].keys() if rows else ()
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row of arguments, inside this task's transaction."""
        await run_many(self, sql, rows)


async def _opened(connection: aiosqlite.Connection) -> aiosqlite.Connection:
    """The connection, open. One that fails or is cancelled meanwhile has ended its thread as well."""
    try:
        return await connection
    except BaseException:
        # The library tells it to end and goes on: it would answer a loop that is closed by then.
        connection._thread.join()
        raise
