"""Each SQLite connection has a thread that answers the loop: none is left behind when the loop ends."""

import asyncio
import threading
from pathlib import Path

import pytest

from db.errors import UnreachableError
from db.sqlite import SqliteEngine

STEPS = 40
"""More than there are from asking for a connection to its first answer."""


pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
"""What a thread raises that nobody awaits fails the test."""


def _others() -> set[threading.Thread]:
    return set(threading.enumerate()) - {threading.current_thread()}


async def _cancel_after(engine: SqliteEngine, steps: int) -> None:
    await engine.start()
    reading = asyncio.create_task(engine.run_sql("SELECT 1", []))
    for _ in range(steps):
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.wait([reading])
    await engine.stop()


def test_a_read_cancelled_at_any_step_leaves_no_thread(tmp_path: Path) -> None:
    before = _others()
    for steps in range(STEPS):
        asyncio.run(_cancel_after(SqliteEngine(str(tmp_path / "here.sqlite3")), steps))
    assert not _still_there(_others() - before)


def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    before = _others()
    for _ in range(STEPS):
        with pytest.raises(UnreachableError):
            asyncio.run(SqliteEngine(str(tmp_path / "nowhere" / "x.sqlite3")).run_sql("SELECT 1", []))
    assert not _still_there(_others() - before)


def _still_there(threads: set[threading.Thread]) -> list[threading.Thread]:
    """Those that do not end by themselves; what is left has said by then what it has to say."""
    for thread in threads:
        thread.join(timeout=60)
    return [thread for thread in threads if thread.is_alive()]
