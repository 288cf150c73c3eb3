"""What actions know of queues: a committed job row is announced, somebody runs it."""

import os
import socket
from typing import Protocol
from uuid import UUID


class JobQueue(Protocol):
    """Announces jobs to whoever runs them. The table of jobs is the truth: a lost announcement costs time,
    never a job."""

    async def announce(self, job_id: UUID, *, solves: bool) -> None:
        """Says that a job row has been committed. Call it after the transaction, never inside."""

    async def answers(self) -> bool:
        """Whether what is announced reaches somebody by now."""

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Ends gracefully: what runs here goes back to the queue."""


def worker_name() -> str:
    """Who we are in a lease: machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}"
