"""The engines: transactions that begin well, end well, and never keep what they took."""

import asyncio

import pytest

from db import engine
from db.errors import TransactionMisuseError
from db.tables.territory import Setting
from db.transaction import snapshot, transaction

pytestmark = pytest.mark.usefixtures("database")


async def _names() -> list[str]:
    return sorted([row["key"] for row in await Setting.select(Setting.key)])


async def test_what_a_transaction_wrote_stays():
    async with transaction():
        await Setting.insert(Setting(key="a"))
    assert await _names() == ["a"]


async def _write_then_fail(*, nested: bool) -> None:
    async with transaction():
        if nested:
            async with transaction():
                await Setting.insert(Setting(key="a"))
        else:
            await Setting.insert(Setting(key="a"))
        raise RuntimeError


async def test_what_failed_leaves_nothing():
    with pytest.raises(RuntimeError):
        await _write_then_fail(nested=False)
    assert await _names() == []


async def test_a_transaction_inside_another_is_part_of_it():
    with pytest.raises(RuntimeError):
        await _write_then_fail(nested=True)
    assert await _names() == []


async def test_many_tasks_that_read_then_write_all_succeed():
    await Setting.insert(Setting(key="n", value="0"))

    async def one_more() -> None:
        async with transaction():
            if engine.current().engine_type == "postgres":
                await engine.current().run_sql("SELECT pg_advisory_xact_lock(1)", [])
            row = await Setting.select(Setting.value).first()
            await Setting.update({Setting.value: str(int(row["value"]) + 1)}, force=True)

    await asyncio.gather(*(one_more() for _ in range(60)))
    assert (await Setting.select(Setting.value).first())["value"] == "60"


async def test_a_snapshot_sees_one_instant_whatever_is_written_meanwhile():
    await Setting.insert(Setting(key="a"))
    writing = asyncio.Event()
    written = asyncio.Event()

    async def write() -> None:
        await writing.wait()
        await Setting.insert(Setting(key="b"))
        written.set()

    task = asyncio.create_task(write())
    async with snapshot():
        assert await _names() == ["a"]
        writing.set()
        await written.wait()
        assert await _names() == ["a"]
    await task
    assert await _names() == ["a", "b"]


async def test_nothing_can_be_written_in_a_snapshot():
    with pytest.raises(Exception, match=r"readonly|read-only"):
        async with snapshot():
            await Setting.insert(Setting(key="a"))
    assert await _names() == []


async def test_a_write_transaction_is_not_part_of_a_snapshot():
    async with snapshot():
        with pytest.raises(TransactionMisuseError, match="snapshot"):
            await _write_then_fail(nested=False)


async def test_a_task_started_inside_a_transaction_is_refused():
    async with transaction():
        with pytest.raises(TransactionMisuseError):
            await asyncio.create_task(_names())


async def test_a_task_that_outlives_a_transaction_reads_on_its_own():
    go = asyncio.Event()

    async def later() -> list[str]:
        await go.wait()
        return await _names()

    async with transaction():
        task = asyncio.create_task(later())
        await Setting.insert(Setting(key="a"))
    go.set()
    assert await task == ["a"]
