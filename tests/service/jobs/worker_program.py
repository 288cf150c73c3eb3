"""A process that runs test jobs until it is killed.

`worker_program.py FOLDER DATABASE SILENT_SECONDS [REDIS]`: leases are void after that silence, and renewed
five times as often. The real schedule is looked at as well.
"""

import asyncio
import sys
from pathlib import Path

from db import engine
from db.queries import jobs
from service.jobs import run
from service.jobs.arq_queue import ArqWorker
from service.jobs.local_queue import LocalQueue
from service.jobs.worker import working
from tests.service.jobs.kinds_for_tests import kinds


async def main(folder: str, database: str, silent_seconds: str, redis: str | None = None) -> None:
    jobs.SILENT_SECONDS = int(silent_seconds)
    run.BEAT_SECONDS = jobs.SILENT_SECONDS / 5
    known = kinds(Path(folder))
    queue = ArqWorker(redis, known) if redis else LocalQueue(known)
    async with engine.connected(database), working(queue):
        (Path(folder) / "ready").touch()
        await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
