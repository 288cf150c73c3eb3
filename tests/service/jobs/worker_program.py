"""A process that runs test jobs until it is killed: `worker_program.py FOLDER DATABASE [REDIS]`."""

import asyncio
import sys
from pathlib import Path

from db import engine
from service.jobs.arq_queue import ArqWorker
from service.jobs.local_queue import LocalQueue
from tests.service.jobs.kinds_for_tests import kinds


async def main(folder: str, database: str, redis: str | None = None) -> None:
    known = kinds(Path(folder))
    async with engine.connected(database):
        worker = ArqWorker(redis, known) if redis else LocalQueue(known)
        await worker.start()
        await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
