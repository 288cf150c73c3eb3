"""What can go wrong in the database, told in one tree whatever the engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import asyncpg


class DatabaseError(Exception):
    """The base of all errors of this room."""


class NotFoundError(DatabaseError):
    """No such row, or not in this territory."""

    def __init__(self, kind: str, ref: object) -> None:
        super().__init__(f"no {kind} {ref}")
        self.kind = kind
        self.ref = ref


class AlreadyThereError(DatabaseError):
    """A unique key of `table` is taken."""

    def __init__(self, table: str) -> None:
        super().__init__(f"already there: {table}")
        self.table = table


class BrokenReferenceError(DatabaseError):
    """A row refers to one that does not exist, or is still referred to."""

    def __init__(self, key: str) -> None:
        super().__init__(f"broken reference: {key}")
        self.key = key


class RefusedError(DatabaseError):
    """A guard of the database refused a row: `guard` is its name."""

    def __init__(self, guard: str) -> None:
        super().__init__(f"refused by {guard}")
        self.guard = guard


class StaleVersionError(DatabaseError):
    """The row was changed since it was read; `found` is its version now."""

    def __init__(self, kind: str, ref: object, found: int) -> None:
        super().__init__(f"{kind} {ref} is at version {found}")
        self.kind = kind
        self.ref = ref
        self.found = found


class StateError(DatabaseError):
    """A step that is not allowed from the state the row is in."""

    def __init__(self, kind: str, ref: object, found: str, wanted: str) -> None:
        super().__init__(f"{kind} {ref} is {found}, it cannot become {wanted}")
        self.kind = kind
        self.ref = ref
        self.found = found
        self.wanted = wanted


class PlaceTakenError(DatabaseError):
    """No place of that host's slot is free."""

    def __init__(self, host_id: UUID, slot: int) -> None:
        super().__init__(f"no free place in slot {slot} of {host_id}")
        self.host_id = host_id
        self.slot = slot


class LostHoldError(DatabaseError):
    """A hold that expired, was released, or was confirmed already."""

    def __init__(self, place_ids: tuple[UUID, ...]) -> None:
        super().__init__("the place is no longer held")
        self.place_ids = place_ids


class PassingError(DatabaseError):
    """Nothing was written, and nothing is wrong with what was asked: it may work in a moment."""


class LockedError(PassingError):
    """Another transaction held what this one needs; it may be tried again."""


class FullError(PassingError):
    """No room is left where the database writes."""


class TransactionMisuseError(DatabaseError):
    """A task uses another task's transaction, writes inside a snapshot, or many rows without one."""

    def __init__(self, what: str = "a transaction belongs to the task that opened it") -> None:
        super().__init__(what)


class UnreachableError(PassingError, ConnectionError):
    """The server does not answer or refuses us, or the file cannot be opened."""


class NotMigratedError(DatabaseError):
    """The database is empty or behind; `missing` are the migrations to run."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"{len(missing)} migration(s) to run: escale db upgrade")
        self.missing = missing


_BROKEN_REFERENCES = (
    asyncpg.ForeignKeyViolationError,
    asyncpg.RestrictViolationError,
    asyncpg.NotNullViolationError,
)
_LOST_A_LOCK = (
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
)
_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn an engine's own errors into those of this module."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error) from error
    except asyncpg.PostgresError as error:
        raise _from_postgres(error) from error
    except asyncpg.InterfaceError as error:
        raise _from_driver(error) from error
    except DatabaseError:
        raise
    except OSError as error:
        raise UnreachableError(type(error).__name__) from error


@contextmanager
def reaching() -> Iterator[None]:
    """Turn whatever keeps a first connection from standing into `UnreachableError`."""
    try:
        yield
    except (OSError, TimeoutError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise UnreachableError(str(error) or type(error).__name__) from error


def _from_sqlite(error: sqlite3.Error) -> Exception:
    message = str(error)
    name = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        return AlreadyThereError(message.partition(": ")[2].partition(".")[0])
    if name in ("SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_NOTNULL") or "FOREIGN KEY" in message:
        return BrokenReferenceError(message)
    if name == "SQLITE_CONSTRAINT_TRIGGER":
        return RefusedError(message)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LockedError(message)
    if name == "SQLITE_FULL":
        return FullError(message)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return UnreachableError(message)
    return error


def _from_postgres(error: Exception) -> Exception:
    constraint = getattr(error, "constraint_name", None) or str(error)
    if isinstance(error, asyncpg.UniqueViolationError):
        return AlreadyThereError(str(getattr(error, "table_name", "")))
    if isinstance(error, _BROKEN_REFERENCES):
        return BrokenReferenceError(constraint)
    if isinstance(error, asyncpg.ExclusionViolationError | asyncpg.RaiseError):
        return RefusedError(constraint)
    if isinstance(error, _LOST_A_LOCK):
        return LockedError(str(error))
    if isinstance(error, asyncpg.DiskFullError):
        return FullError(str(error))
    if isinstance(error, _GONE):
        return UnreachableError(type(error).__name__)
    return error


def _from_driver(error: asyncpg.InterfaceError) -> Exception:
    """A connection that ended under its transaction; any other misuse is our bug."""
    return UnreachableError("connection closed") if "clos" in str(error) else error
