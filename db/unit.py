"""One transaction of either engine: a connection taken, a unit of work, the connection given back.

Piccolo's own transactions leak their connection when BEGIN or COMMIT fails; here it always goes
back, and a task that another task's transaction leaked into is told so.
"""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Literal, Protocol

from db.errors import TransactionMisuseError, translated

Mode = Literal["write", "read"]


class Connections(Protocol):
    """What a transaction asks of its engine; `Any` is the adapter's own connection."""

    active_unit: ContextVar["Unit | None"]
    begin_sql: dict[Mode, str]

    async def take(self, mode: Mode) -> Any: ...

    async def give_back(self, mode: Mode, connection: Any, *, spoilt: bool) -> None: ...


class Unit:
    """A transaction. `write` waits its turn where the engine asks for it; `read` sees one state."""

    __slots__ = ("_connections", "_parent", "_token", "connection", "ended", "mode", "owner")

    def __init__(self, connections: Connections, mode: Mode) -> None:
        self._connections = connections
        self._parent: Unit | None = None
        self._token: Token[Unit | None] | None = None
        self.connection: Any = None
        self.ended = False
        self.mode = mode
        self.owner = asyncio.current_task()

    async def __aenter__(self) -> "Unit":
        self._parent = active(self._connections)
        if self._parent is not None:
            if self.mode == "write" and self._parent.mode == "read":
                raise TransactionMisuseError("nothing can be written inside a snapshot")
            return self._parent
        with translated():
            self.connection = await self._connections.take(self.mode)
        try:
            with translated():
                await self.connection.execute(self._connections.begin_sql[self.mode])
        except BaseException:
            await self._connections.give_back(self.mode, self.connection, spoilt=True)
            raise
        self._token = self._connections.active_unit.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._parent is not None:
            return
        spoilt = True
        try:
            with translated():
                await self.connection.execute("COMMIT" if error is None else "ROLLBACK")
            spoilt = False
        finally:
            self.ended = True
            if self._token is not None:
                self._connections.active_unit.reset(self._token)
            await self._connections.give_back(self.mode, self.connection, spoilt=spoilt)


def active(connections: Connections) -> Unit | None:
    """This task's transaction, or None; one that ended is none. Another task's is refused."""
    unit = connections.active_unit.get()
    if unit is None or unit.ended:
        return None
    if unit.owner is not asyncio.current_task():
        raise TransactionMisuseError
    return unit


def must_be_active(connections: Connections) -> Unit:
    """This task's transaction. Raises `TransactionMisuseError` when there is none."""
    unit = active(connections)
    if unit is None:
        raise TransactionMisuseError("no transaction is open")
    return unit


async def run_many(connections: Connections, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of arguments, inside this task's transaction."""
    with translated():
        await must_be_active(connections).connection.executemany(sql, rows)
