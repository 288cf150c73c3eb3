"""A solve in a process of its own, seen from its parent: progress out, stop in, killable at any time."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec

from planner.plan import Plan
from service.errors import ServiceError
from service.jobs.solver_messages import ChildMessage, CurvePoint, SolveOptions
from service.settings import ROOT

LINE_LIMIT_BYTES = 100_000_000
"""The longest line a child may write: a plan of a large territory is a few megabytes."""


class SolveFailed(ServiceError):
    """Our bug: the solver's process ended without an answer."""

    status = 500
    code = "solve-failed"
    title = "Le calcul s’est arrêté de façon inattendue"


class SolverProcess:
    """One running solve. Iterate over `messages()`; `stop()` ends it early with its best plan."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def messages(self) -> AsyncIterator[ChildMessage]:
        """What the child tells, until its plan. Raises `SolveFailed` when it ends without."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            message = msgspec.json.decode(line, type=ChildMessage)
            yield message
            if message.kind != "progress":
                return
        raise SolveFailed(f"exit code {await self._process.wait()}")

    async def stop(self) -> None:
        """Asks for the best plan found so far; harmless when the child has already ended."""
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(b"stop\n")
            await self._process.stdin.drain()

    async def end(self) -> None:
        """Kills what still runs; closing its input would end it too, but a busy solver notices later."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def solver_process(options: SolveOptions, problem: bytes) -> AsyncIterator[SolverProcess]:
    """Starts the process on a problem, given as JSON without line breaks."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.jobs.solver_child"),
        stdin=PIPE,
        stdout=PIPE,
        env=environment,
        limit=LINE_LIMIT_BYTES,
    )
    solver = SolverProcess(process)
    try:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(options) + b"\n" + problem + b"\n")
        await process.stdin.drain()
        yield solver
    finally:
        await solver.end()


async def solve_in_process(
    problem: bytes,
    options: SolveOptions,
    *,
    stop_asked: asyncio.Event,
    on_point: Callable[[CurvePoint], Awaitable[None]],
) -> Plan | None:
    """The plan, None when stopped before there was any. Cancelling it kills the process."""
    async with solver_process(options, problem) as solver:
        stopping = asyncio.create_task(_stop_when(stop_asked, solver))
        try:
            async for message in solver.messages():
                if message.point is not None:
                    await on_point(message.point)
                elif message.plan is not None:
                    return message.plan
        finally:
            stopping.cancel()
    return None


async def _stop_when(asked: asyncio.Event, solver: SolverProcess) -> None:
    await asked.wait()
    await solver.stop()
