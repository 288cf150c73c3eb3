"""`escale serve`: pages, JSON interface and feeds, on the address that the settings give."""

import asyncio
import os
import signal
import socket
import sys
import threading
import time
from tempfile import TemporaryDirectory

import typer
import uvicorn

from service.accounts.kept_keys import refuse_lost_keys
from service.database import open_database
from service.demo.accounts import FILE as DEMO_ACCOUNTS
from service.edge.metrics import SHARED_FOLDER
from service.errors import BadInput
from service.jobs.arq_queue import reach_redis
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
SECONDS_TO_FINISH = 10
LOOK_SECONDS = 0.1


@app.command()
def serve() -> None:
    """Serves until SIGTERM or SIGINT; open requests get ten seconds to finish, jobs that run here go back to the queue.

    Settings: ESCALE_HOST, ESCALE_PORT, ESCALE_WEB_PROCESSES and others.
    """
    settings = read_settings()
    asyncio.run(reach_everything(settings))
    if _listens(settings):
        raise BadInput(f"ESCALE_PORT: {settings.port} is taken by another program; name a free one")
    threading.Thread(target=_say_where, args=(settings,), daemon=True).start()
    with TemporaryDirectory(prefix="escale-measures-") as folder:
        if settings.web_processes > 1:
            os.environ[SHARED_FOLDER] = folder
        serve_until_told(
            "service.app:app_of_environment", settings, settings.port, processes=settings.web_processes
        )


def _say_where(settings: Settings) -> None:
    """Says the address once somebody can come there."""
    while not _listens(settings):
        time.sleep(LOOK_SECONDS)
    sys.stderr.write(f"escale : {settings.address}  (Ctrl+C pour arrêter)\n")
    passwords = settings.var_path / DEMO_ACCOUNTS
    if passwords.exists():
        sys.stderr.write(f"comptes de démonstration : {passwords}\n")


def _listens(settings: Settings) -> bool:
    try:
        with socket.create_connection((settings.host, settings.port), timeout=1):
            return True
    except OSError:
        return False


async def reach_everything(settings: Settings) -> None:
    """Opens what the settings name, once, before anything serves. Raises `BadInput` naming the variable."""
    async with open_database(settings):
        await refuse_lost_keys(settings.keys_path)
        if settings.queue == "arq":
            await reach_redis(settings.redis)


def serve_until_told(factory: str, settings: Settings, port: int, *, processes: int = 1) -> None:
    """Serves the application that a factory makes, in this process or in several."""
    # The server raises the signal again that it has obeyed: an orderly end is no failure.
    signal.signal(signal.SIGTERM, lambda *_: None)
    uvicorn.run(
        factory,
        factory=True,
        workers=processes,
        host=settings.host,
        port=port,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
