"""The scaled-out engine: PostgreSQL through asyncpg, with a pool between `start` and `stop`."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from asyncpg import Connection
from piccolo.engine.postgres import PostgresEngine as PiccoloPostgresEngine
from piccolo.querystring import QueryString

from db.errors import reaching, translated
from db.unit import Mode, Unit, active, run_many

POOL_MIN, POOL_MAX = 4, 10
CONNECT_SECONDS = 10


def _config(dsn: str) -> dict[str, Any]:
    return {"dsn": dsn, "timeout": CONNECT_SECONDS, "server_settings": {"timezone": "UTC"}}


class KeptConnection(Connection):  # type: ignore[misc]
    """One that costs no round trip when it goes back to the pool: we set nothing that outlives a transaction."""

    def get_reset_query(self) -> str:
        return ""


class PostgresEngine(PiccoloPostgresEngine):
    """`dsn` is a PostgreSQL URL. Nothing is asked of the server before the first query."""

    __slots__ = ("__weakref__", "active_unit", "begin_sql")

    def __init__(self, dsn: str) -> None:
        super().__init__(config=_config(dsn), extensions=())
        self.active_unit: ContextVar[Unit | None] = ContextVar("postgres_unit", default=None)
        self.begin_sql: dict[Mode, str] = {
            "write": "BEGIN",
            "read": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }

    async def check_version(self) -> None:
        """The server is met at the first query, not when a module is imported."""

    async def prep_database(self) -> None:
        """No extension is needed."""

    async def start(self) -> None:
        """Open the pool. Raises `UnreachableError` when the server does not answer or refuses us."""
        if self.pool is None:
            with reaching():
                await self.start_connection_pool(
                    min_size=POOL_MIN, max_size=POOL_MAX, connection_class=KeptConnection
                )

    async def stop(self) -> None:
        """Close the pool; the engine still works, a connection a query."""
        if self.pool is not None:
            await self.close_connection_pool()

    async def take(self, mode: Mode) -> Any:  # noqa: ARG002 - both engines are asked alike
        """A connection for one transaction."""
        return await (self.pool.acquire() if self.pool else self.get_new_connection())

    async def give_back(self, mode: Mode, connection: Any, *, spoilt: bool) -> None:  # noqa: ARG002
        """Return the connection to the pool (which resets it), or close it."""
        if self.pool and not spoilt:
            await self.pool.release(connection)
            return
        # What failed may no longer answer a polite goodbye.
        connection.terminate()
        if self.pool:
            await self.pool.release(connection)

    def transaction(self, *_: object, mode: Mode = "write", **__: object) -> Unit:  # type: ignore[override]
        """A write transaction unless `mode` says read; inside another one it is that one."""
        return Unit(self, mode)

    async def run_querystring(self, querystring: QueryString, **_: bool) -> Any:  # type: ignore[override]
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self.run_sql(sql, arguments)

    async def run_ddl(self, ddl: str, **_: bool) -> Any:  # type: ignore[override]
        return await self.run_sql(ddl, [])

    async def run_sql(self, sql: str, arguments: Sequence[Any]) -> Any:
        """Run one statement, in this task's transaction if there is one."""
        unit = active(self)
        with translated():
            if unit is not None:
                return await unit.connection.fetch(sql, *arguments)
            if self.pool:
                return await self._run_in_pool(sql, arguments)
            return await self._run_in_new_connection(sql, arguments)

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row of arguments, inside this task's transaction."""
        await run_many(self, sql, rows)
