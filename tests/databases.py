"""Fresh, migrated databases for tests: copies of one template an engine, made once a session."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from db import engine, migrate
from tests.servers import run_sql_now

TEMPLATE = "escale_template"


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


def make_postgres_template(server: str) -> str:
    """A migrated database on the server; its name."""
    name = f"{TEMPLATE}_{uuid4().hex[:8]}"
    run_sql_now(server + "postgres", f'CREATE DATABASE "{name}"')
    asyncio.run(_upgrade(server + name))
    return name


@contextmanager
def postgres_database(server: str, template: str | None = None) -> Iterator[str]:
    """The address of a new database, a copy of the template or empty; dropped at the end."""
    name = f"escale_test_{uuid4().hex[:12]}"
    source = f' TEMPLATE "{template}"' if template else ""
    run_sql_now(server + "postgres", f'CREATE DATABASE "{name}"{source}')
    try:
        yield server + name
    finally:
        run_sql_now(server + "postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
