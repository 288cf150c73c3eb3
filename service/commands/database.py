"""`escale db`: care of the database."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from db import migrate
from db.backup import PLAIN, BackupError, Files, back_up, verify
from db.backup import restore as restore_rows
from db.engine import DatabaseUrlError, connected
from db.errors import UnreachableError
from db.inspect import faults
from service.errors import BadInput
from service.privacy.erasing import erase_again, memory_beside
from service.privacy.rotation import drop_older_keys, rotate_master_key
from service.privacy.sealed_backup import (
    OpenedFiles,
    SealedFiles,
    is_sealed,
    make_backup_key,
    read_private_key,
    read_public_key,
)
from service.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
Result = TypeVar("Result")


@app.callback()
def database() -> None:
    """Brings the database up to date, saves it, restores it, checks it. Settings: ESCALE_DATABASE_URL, ESCALE_VAR."""


@app.command()
def upgrade() -> None:
    """Runs the migrations that are missing; a second time there is nothing to do."""
    ran = _run(migrate.upgrade)
    sys.stdout.write("".join(f"ran {name}\n" for name in ran) or "up to date\n")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Not sealed, although no key is set: whoever has the file reads it."),
    ] = False,
) -> None:
    """Saves everything to one file while others work, sealed for ESCALE_BACKUP_PUBLIC_KEY, and reads it back to verify it."""
    files, sealed = _files_of_backup(plain=plain)
    _run(lambda: back_up(file, files))
    verify(file, files)
    sys.stdout.write(f"saved{', sealed' if sealed else ''} and verified: {file}\n")
    if not sealed:
        sys.stderr.write("not sealed: whoever has this file reads it (escale db backup-key makes a key)\n")


def _files_of_backup(*, plain: bool) -> tuple[Files, bool]:
    """How the file is written. Raises `BadInput` where real people are concerned and nothing would seal it."""
    settings = read_settings()
    if settings.backup_public_key and not plain:
        return SealedFiles(read_public_key(settings.backup_public_key)), True
    if not (settings.demo or plain):
        raise BadInput(
            "ESCALE_BACKUP_PUBLIC_KEY: not set; escale db backup-key makes a key, --plain does without"
        )
    return PLAIN, False


@app.command("backup-key")
def backup_key(
    file: Annotated[Path, typer.Argument(help="File for the private half, to be taken away.")],
) -> None:
    """Makes a key for backups: the private half goes to a file that must not stay here, the public half is printed."""
    public = make_backup_key(file)
    sys.stdout.write(f"ESCALE_BACKUP_PUBLIC_KEY={public}\n")
    sys.stderr.write(f"take {file} away from this machine: it alone opens the backups\n")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file of `escale db backup`.")],
    key: Annotated[Path | None, typer.Option(help="The private key, for a sealed backup.")] = None,
) -> None:
    """Restores a backup into an empty database, from either engine to either. Exit code 2: not a whole backup, or not empty."""
    if not file.is_file():
        raise BadInput(f"{file}: no such file")
    if is_sealed(file) and key is None:
        raise BadInput(f"{file}: is sealed; give its private key with --key")
    files = OpenedFiles(read_private_key(key)) if key and is_sealed(file) else PLAIN
    try:
        memory = memory_beside(read_settings().keys_path)
        restored = _run(lambda: restore_rows(file, lambda: erase_again(memory), files))
    except BackupError as error:
        raise BadInput(f"{file}: {error}") from error
    sys.stdout.write(f"restored {restored.rows} rows\n")
    if restored.done_again:
        sys.stdout.write(f"erased again {restored.done_again} persons whose erasure was remembered\n")


@app.command("rotate-key")
def rotate_key(
    drop_older: Annotated[
        bool,
        typer.Option(
            "--drop-older", help="Take older keys out of the file; backups made under them no longer open."
        ),
    ] = False,
    give_up: Annotated[
        bool,
        typer.Option(
            "--give-up", help="Destroy what no key of the file opens: contacts, second factors, agendas."
        ),
    ] = False,
) -> None:
    """Makes a new master key and wraps with it everything that older ones wrapped. Exit code 1: some of it opens with no key."""
    path = read_settings().keys_path
    if drop_older:
        gone = _run(lambda: drop_older_keys(path))
        sys.stdout.write(f"older keys taken out of {path}: {gone}\n")
        return
    done = _run(lambda: rotate_master_key(path, give_up=give_up))
    sys.stdout.write(f"key {done.key_id} wraps {done.wrapped_count} values; older keys stay in {path}\n")
    if done.lost_count and give_up:
        sys.stdout.write(f"{done.lost_count} values that opened with no key are destroyed\n")
    elif done.lost_count:
        sys.stderr.write(f"{done.lost_count} values open with no key of the file\n")
        raise typer.Exit(1)


@app.command()
def check() -> None:
    """Says whether the database has the shape and the consistency that this version expects; exit code 1 if not."""
    found = _run(_faults)
    sys.stdout.write("".join(f"{fault}\n" for fault in found) or "no fault\n")
    raise typer.Exit(1 if found else 0)


async def _faults() -> tuple[str, ...]:
    missing = await migrate.missing()
    return tuple(f"missing: {name}" for name in missing) or await faults()


def _run(work: Callable[[], Awaitable[Result]]) -> Result:
    """Does `work` on the database of the settings. Raises `BadInput` when it cannot be reached."""
    settings = read_settings()
    if not settings.database_url:
        settings.var_path.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def connect_and_work() -> Result:
        async with connected(settings.database_address):
            return await work()

    try:
        return asyncio.run(connect_and_work())
    except DatabaseUrlError as error:
        raise BadInput(f"ESCALE_DATABASE_URL: {error}") from error
    except UnreachableError as error:
        raise BadInput(f"database: {error}") from error
    except OSError as error:
        raise BadInput(f"{error.filename}: {error.strerror}") from error
