"""Bring a database to the present shape, and say whether it has it; the same on both engines.

A migration is a file of `db/migrations`: SQL that both engines read (`0007_once.sql`), or one file
an engine (`0008_guards.sqlite.sql`, `0008_guards.postgres.sql`), or Python with `forwards()`.
Statements of a file stand apart by an empty line.
"""

import importlib
from pathlib import Path

from piccolo.apps.migrations.tables import Migration

from db.engine import current
from db.errors import NotMigratedError
from db.transaction import lock

APP = "escale"
_FOLDER = Path(__file__).parent / "migrations"


def known() -> tuple[str, ...]:
    """Ids of all migrations, in the order in which they run."""
    return tuple(sorted({path.name.partition(".")[0] for path in _FOLDER.glob("[0-9]*.*")}))


async def missing() -> tuple[str, ...]:
    """Ids of the migrations that this database has not seen."""
    ran = await applied()
    return tuple(id_ for id_ in known() if id_ not in ran)


async def applied() -> tuple[str, ...]:
    """Ids of the migrations that ran on this database."""
    if not await Migration.table_exists().run():
        return ()
    return tuple(sorted(await Migration.get_migrations_which_ran(app_name=APP)))


async def check() -> None:
    """Raise `NotMigratedError` unless every migration ran."""
    behind = await missing()
    if behind:
        raise NotMigratedError(behind)


async def upgrade(until: str | None = None) -> tuple[str, ...]:
    """Run what is missing, up to `until` (included); ids of those that ran.

    All in one transaction under one lock: of two processes that upgrade together one waits, then
    finds nothing to do; a migration that fails leaves nothing behind.
    """
    done: list[str] = []
    async with current().transaction(mode="write"):
        await lock("migrations")
        await Migration.create_table(if_not_exists=True)
        for id_ in await missing():
            if until is not None and id_ > until:
                break
            await _run(id_)
            await Migration.insert(Migration(name=id_, app_name=APP)).run()
            done.append(id_)
    return tuple(done)


async def _run(id_: str) -> None:
    if (_FOLDER / f"{id_}.py").exists():
        await importlib.import_module(f"db.migrations.{id_}").forwards()
        return
    for statement in _statements(id_):
        await current().run_sql(statement, [])


def _statements(id_: str) -> list[str]:
    """The statements of a file of SQL, this engine's own if there is one."""
    own = _FOLDER / f"{id_}.{current().engine_type}.sql"
    body = (own if own.exists() else _FOLDER / f"{id_}.sql").read_text(encoding="utf-8")
    return [part for part in body.split("\n\n") if part.strip()]
