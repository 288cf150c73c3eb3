"""The database as the service opens it: brought up to date where it is our own file, checked where it is a server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from db import migrate
from db.engine import DatabaseUrlError, connected, current
from db.errors import (
    DatabaseError,
    FullError,
    NotFoundError,
    NotMigratedError,
    PassingError,
    StaleVersionError,
    StateError,
)
from service.errors import (
    BadInput,
    Conflict,
    NotFound,
    ServiceError,
    StaleVersion,
    StepNotAllowed,
    Unavailable,
)
from service.settings import Settings

RETRY_SECONDS = 5
"""What `Retry-After` says while the database is locked, full or away."""


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[None]:
    """Connections for the life of a command or of the service. Raises `BadInput` when it cannot be used."""
    if not settings.database_url:
        settings.var_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        async with connected(settings.database_address):
            await _bring_up_to_date()
            yield
    except DatabaseUrlError as error:
        raise BadInput(f"ESCALE_DATABASE_URL: {error}") from error
    except (NotMigratedError, OSError) as error:
        raise BadInput(f"database: {error}") from error
    except DatabaseError as error:
        raise in_our_words(error) from error


async def _bring_up_to_date() -> None:
    """An embedded file is upgraded on the way; a server by `escale db upgrade`, once, before its processes start."""
    if current().engine_type == "sqlite":
        await migrate.upgrade()
    else:
        await migrate.check()


async def answers() -> bool:
    """Whether the database answers at all."""
    try:
        await current().run_sql("SELECT 1", [])
    except Exception:
        return False
    return True


def in_our_words(error: DatabaseError) -> ServiceError:
    """The error of the service that says what one of the database means."""
    if isinstance(error, NotFoundError):
        return NotFound()
    if isinstance(error, StaleVersionError):
        return StaleVersion(found=error.found)
    if isinstance(error, FullError):
        return Unavailable("Il n’y a plus de place pour enregistrer.", retry_after=RETRY_SECONDS)
    if isinstance(error, PassingError):
        return Unavailable(
            "La base ne répond pas pour l’instant ; recommencez dans un moment.", retry_after=RETRY_SECONDS
        )
    if isinstance(error, StateError):
        return StepNotAllowed(f"état : {error.found}")
    return Conflict()
