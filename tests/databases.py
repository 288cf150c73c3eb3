"""Fresh, migrated databases for tests: a copy of a file, or one database emptied between tests."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from db import engine, migrate
from db.tables import TABLES
from tests.servers import KeptConnections, run_sql_now

_wiping = KeptConnections()


async def _upgrade(url: str) -> None:
    async with engine.connected(url):
        await migrate.upgrade()


def make_sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file, closed."""
    path = folder / "template.sqlite3"
    asyncio.run(_upgrade(f"sqlite:///{path}"))
    return path


@contextmanager
def sqlite_database(template: Path, folder: Path) -> Iterator[str]:
    """The address of a copy of the template."""
    path = folder / f"{uuid4().hex}.sqlite3"
    shutil.copy(template, path)
    yield f"sqlite:///{path}"


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """The address of a new, empty database; dropped at the end."""
    name = f"escale_test_{uuid4().hex[:12]}"
    run_sql_now(server + "postgres", f'CREATE DATABASE "{name}"')
    try:
        yield server + name
    finally:
        run_sql_now(server + "postgres", f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_postgres_database(server: str) -> Iterator[str]:
    """The address of a new, migrated database; dropped at the end."""
    with postgres_database(server) as url:
        asyncio.run(_upgrade(url))
        yield url


def wipe_postgres(url: str, *, alone: bool = True) -> None:
    """Delete every row but the migrations that ran, without asking triggers or references.

    `alone`: whoever else is connected was forgotten by an earlier test, and is put out.
    A copy of a template costs a second and more for each test, this a few thousandths.
    """
    deletes = "; ".join(f'DELETE FROM "{table._meta.tablename}"' for table in TABLES)
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    _wiping.run(
        url,
        *(others if alone else ()),
        f"SET session_replication_role = replica; {deletes}",
    )
