"""Every feed of the demonstration as a file, and the secret addresses, readable by their owner only."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from db.records.territory import Territory
from service.actions.read_feeds import read_feeds
from service.atomic_files import write_atomically
from service.demo.addresses import Addresses

FOLDER = "feeds"
UNSAFE = re.compile(r"[^\w.-]")
"""What a code may hold and a file name should not."""


class Written(NamedTuple):
    """How many files there are, how many of them changed, and where the addresses are."""

    files: int
    changed: int
    folder: Path
    addresses: Path


async def write_feeds(territories: Sequence[Territory], planned_on: date, var: Path, address: str) -> Written:
    """Writes `feeds/<territory>-<kind>-<code>.ics` under `var`; addresses are made once and kept."""
    folder = var / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    as_of = min(datetime.now(UTC), datetime.combine(planned_on, time(12), tzinfo=UTC))
    addresses = Addresses(var)
    files = changed = 0
    for territory in territories:
        feeds = await read_feeds(territory.id, as_of)
        for subject in feeds.subjects():
            name = UNSAFE.sub("-", f"{territory.code}-{subject.kind}-{subject.code}") + ".ics"
            changed += _replace(folder / name, feeds.write(subject, as_of).body)
            files += 1
            await addresses.ensure(name, territory.id, subject)
    addresses.write(address)
    return Written(files, changed, folder, addresses.path)


def _replace(path: Path, body: bytes) -> bool:
    """Whether the file was not there or held something else."""
    if path.exists() and path.read_bytes() == body:
        return False
    write_atomically(path, body)
    return True
