"""Which database this process talks to: `ESCALE_DATABASE_URL`, else a file under `var/`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit

from piccolo.apps.migrations.tables import Migration
from piccolo.table import Table

from db.postgres import PostgresEngine
from db.sqlite import SqliteEngine
from db.tables import TABLES

DEFAULT_URL = "sqlite:///var/escale.sqlite3"

Engine = SqliteEngine | PostgresEngine

_in_use: dict[str, Engine] = {}


class DatabaseUrlError(ValueError):
    """A database address that names no engine we know; the message never repeats a password."""


def engine_for(url: str) -> Engine:
    """The engine of an address: `sqlite:///relative`, `sqlite:////absolute`, `postgresql://…`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise DatabaseUrlError("sqlite: the address names no file")
        return SqliteEngine(unquote(parts.path[1:]))
    if parts.scheme in ("postgresql", "postgres"):
        return PostgresEngine(url)
    raise DatabaseUrlError(f"{parts.scheme or 'nothing'}: known are sqlite and postgresql")


def url_from_environment() -> str:
    """The address that the environment gives, else the embedded file."""
    return os.environ.get("ESCALE_DATABASE_URL") or DEFAULT_URL


def current() -> Engine:
    """The engine of this process."""
    return _in_use["engine"] if _in_use else use(url_from_environment())


def use(url: str) -> Engine:
    """Make this process talk to another database. Stop the one before first."""
    engine = engine_for(url)
    _in_use["engine"] = engine
    tables: list[type[Table]] = [*TABLES, Migration]
    for table in tables:
        table._meta.db = engine
    return engine


@asynccontextmanager
async def connected(url: str | None = None) -> AsyncIterator[Engine]:
    """Keep connections for the life of a command or of the service, and close them at its end."""
    engine = use(url) if url is not None else current()
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()
