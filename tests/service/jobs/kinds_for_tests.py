"""Jobs that leave marks in a folder, so that a test sees what ran, how often and until when."""

import asyncio
import os
from pathlib import Path
from uuid import UUID

import msgspec

from db.errors import UnreachableError
from service.jobs.kinds import JobKind, JobKinds, RunningJob, TryLater


def marks(folder: Path) -> list[str]:
    """Every mark left so far, in order."""
    path = folder / "marks"
    return path.read_text().split() if path.exists() else []


def kinds(folder: Path) -> JobKinds:
    """`note` ends at once, `slow` waits until it is stopped, `flaky` fails until its last attempt, `never` always."""

    def mark(text: str) -> None:
        with (folder / "marks").open("a") as file:
            file.write(f"{text}\n")

    async def note(running: RunningJob) -> object:
        mark("note")
        await running.report({"done": 1})
        return {"payload": msgspec.json.decode(running.job.payload)}

    async def slow(running: RunningJob) -> object:
        mark(f"slow-{running.job.attempt}-{os.getpid()}")
        try:
            await asyncio.wait_for(running.stop_asked.wait(), 60)
        except asyncio.CancelledError:
            mark("cancelled")
            raise
        mark("kept")
        return {"kept": True}

    async def flaky(running: RunningJob) -> object:
        mark("flaky")
        if running.job.attempt < running.job.max_attempts:
            raise TryLater("not-yet", seconds=0.0)
        return None

    async def broken(running: RunningJob) -> object:
        raise ValueError("Mme Canari")

    async def never(running: RunningJob) -> object:
        raise TryLater("not-yet", seconds=0.0)

    async def unlucky(running: RunningJob) -> object:
        raise UnreachableError("gone")

    async def gave_up(subject_id: UUID, code: str) -> None:
        mark(f"gave-up-{subject_id}-{code}")

    return JobKinds(
        [
            JobKind(name="note", handler=note),
            JobKind(name="slow", handler=slow, solves=True),
            JobKind(name="flaky", handler=flaky),
            JobKind(name="broken", handler=broken),
            JobKind(name="unlucky", handler=unlucky),
            JobKind(name="never", handler=never, gave_up=gave_up),
        ]
    )
