"""Both queues, running jobs that leave marks in the test's folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db import engine
from service.jobs.arq_queue import ArqQueue, ArqWorker
from service.jobs.local_queue import LocalQueue
from service.jobs.queue import JobQueue
from tests.service.jobs.kinds_for_tests import kinds

QUEUES = ["local", pytest.param("arq", marks=pytest.mark.server)]


@pytest.fixture(params=QUEUES)
def redis(request: pytest.FixtureRequest) -> str | None:
    """The address of a Redis, None for the embedded queue."""
    return request.getfixturevalue("redis_url") if request.param == "arq" else None


@pytest.fixture
async def queue(redis: str | None, tmp_path: Path, database: engine.Engine) -> AsyncIterator[JobQueue]:
    if redis is None:
        local = LocalQueue(kinds(tmp_path))
        await local.start()
        yield local
        await local.stop()
        return
    worker, announcer = ArqWorker(redis, kinds(tmp_path)), ArqQueue(redis)
    await worker.start()
    await announcer.start()
    yield announcer
    await announcer.stop()
    await worker.stop()
