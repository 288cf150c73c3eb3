"""Each SQLite connection has a thread that answers the loop: none is left behind when the loop ends."""

import asyncio
import threading
from pathlib import Path

import pytest

from db.errors import UnreachableError
from db.sqlite import SqliteEngine

STEPS = 40
"""More than there are from asking for a connection to its first answer."""


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """What threads raised that nobody awaited."""
    raised: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda what: raised.append(what.exc_value))
    return raised


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


def test_a_read_cancelled_at_any_step_leaves_no_thread(
    tmp_path: Path, silent: list[BaseException | None]
) -> None:
    before = _others()
    for steps in range(STEPS):
        asyncio.run(_cancel_after(SqliteEngine(str(tmp_path / "here.sqlite3")), steps))
    _end(_others() - before)
    assert silent == []


def test_a_file_that_cannot_be_opened_leaves_no_thread(
    tmp_path: Path, silent: list[BaseException | None]
) -> None:
    before = _others()
    for _ in range(STEPS):
        with pytest.raises(UnreachableError):
            asyncio.run(SqliteEngine(str(tmp_path / "nowhere" / "x.sqlite3")).run_sql("SELECT 1", []))
    _end(_others() - before)
    assert silent == []


def _end(threads: set[threading.Thread]) -> None:
    """What is left says what it has to say."""
    for thread in threads:
        thread.join()
