"""Several processes at one database: one place, one winner; upgrades that meet."""

import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from db import engine, migrate
from db.queries.places import places_taken
from tests.db.assignments import NOON
from tests.db.facts import make_territory

ROOT = Path(__file__).resolve().parents[2]


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _ended(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    return output.strip()


@pytest.mark.slow
async def test_of_three_processes_at_one_place_exactly_one_attempt_wins(database_url: str):
    host: UUID = uuid4()
    async with engine.connected(database_url):
        territory = await make_territory()
    start = str(time.time() + 3)
    processes = [
        _started("-m", "tests.db.racer", database_url, str(territory.id), str(host), start, "40")
        for _ in range(3)
    ]
    assert sorted(_ended(process) for process in processes) == ["0", "0", "1"]
    async with engine.connected(database_url):
        assert len(await places_taken((host,), now=NOON)) == 1


_UPGRADE = """
import asyncio, sys
from db import engine, migrate

async def main():
    async with engine.connected(sys.argv[1]):
        print(len(await migrate.upgrade()))

asyncio.run(main())
"""


@pytest.mark.slow
async def test_three_processes_that_upgrade_an_empty_database_do_it_once(empty_database_url: str):
    processes = [_started("-c", _UPGRADE, empty_database_url) for _ in range(3)]
    assert sorted(_ended(process) for process in processes) == ["0", "0", str(len(migrate.known()))]
