"""A worker: takes jobs, looks at the schedule, and answers on a port of its own how it is doing."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State

from db.errors import DatabaseError
from service.api.health import OPERATIONS
from service.database import answers, open_database
from service.edge.headers import add_security_headers
from service.edge.logs import configure_logs
from service.edge.problem_json import database_error, own_fault, service_error
from service.errors import ServiceError
from service.jobs.all_kinds import all_kinds
from service.jobs.arq_queue import ArqWorker
from service.jobs.local_queue import LocalQueue
from service.jobs.queue import JobQueue
from service.jobs.schedule import Clock
from service.jobs.scheduled.all_scheduled import SCHEDULED
from service.settings import Settings, read_settings


def create_worker(settings: Settings) -> Litestar:
    """The application whose life is that of the worker."""
    configure_logs(settings)
    return Litestar(
        route_handlers=[*OPERATIONS],
        exception_handlers={
            ServiceError: service_error,
            DatabaseError: database_error,
            Exception: own_fault,
        },
        before_send=[add_security_headers],
        lifespan=[_open_and_close],
        openapi_config=None,
        state=State({"settings": settings, "readiness": {"database": answers}}),
        logging_config=None,
    )


def worker_of_environment() -> Litestar:
    return create_worker(read_settings())


@asynccontextmanager
async def _open_and_close(app: Litestar) -> AsyncGenerator[None, None]:
    settings: Settings = app.state.settings
    async with open_database(settings), working(_runner(settings)) as queue:
        app.state.readiness["queue"] = queue.answers
        yield


def _runner(settings: Settings) -> JobQueue:
    """With ESCALE_QUEUE=arq jobs come through Redis, else they are found in the database."""
    kinds = all_kinds(settings)
    return ArqWorker(settings.redis, kinds) if settings.queue == "arq" else LocalQueue(kinds)


@asynccontextmanager
async def working(queue: JobQueue) -> AsyncGenerator[JobQueue, None]:
    """A queue and the schedule that feeds it; at the end what runs here goes back to the queue."""
    clock = Clock(SCHEDULED, queue)
    await queue.start()
    await clock.start()
    try:
        yield queue
    finally:
        await clock.stop()
        await queue.stop()
