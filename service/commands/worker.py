"""`escale worker`: runs queued jobs beside the service, on this machine or another."""

import asyncio
import signal
import sys

import typer

from service.database import open_database
from service.edge.logs import configure_logs
from service.jobs.all_kinds import all_kinds
from service.jobs.arq_queue import ArqWorker
from service.jobs.local_queue import LocalQueue
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def worker() -> None:
    """Takes jobs until SIGTERM or SIGINT; what runs then goes back to the queue and is begun again elsewhere.

    With ESCALE_QUEUE=arq announced through Redis, else found in the database.
    """
    settings = read_settings()
    configure_logs(settings)
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    ended = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with open_database(settings):
        kinds = all_kinds(settings)
        jobs = ArqWorker(settings.redis, kinds) if settings.queue == "arq" else LocalQueue(kinds)
        await jobs.start()
        sys.stderr.write("escale worker: ready\n")
        await ended.wait()
        await jobs.stop()
