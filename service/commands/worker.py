"""`escale worker`: runs queued jobs beside the service, on this machine or another."""

import asyncio
import sys

import typer

from service.commands.serve import reach_everything, serve_until_told
from service.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def worker() -> None:
    """Takes jobs until SIGTERM or SIGINT; what runs then goes back to the queue and is begun again elsewhere.

    With ESCALE_QUEUE=arq announced through Redis, else found in the database. /health, /ready and /metrics
    answer on ESCALE_HOST and ESCALE_WORKER_PORT.
    """
    settings = read_settings()
    asyncio.run(reach_everything(settings))
    sys.stderr.write("escale worker : prend les calculs et les envois  (Ctrl+C pour arrêter)\n")
    serve_until_told("service.jobs.worker:worker_of_environment", settings, settings.worker_port)
