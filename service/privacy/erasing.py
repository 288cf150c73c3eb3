"""Erase one person, and do it again after any restore: the memory also lies outside of the database."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.erasure import erase_participant, erasures
from db.queries.facts import fact
from db.records.erasure import Erasure
from db.records.participant import Participant

FILE = "erasures.jsonl"
OWNER_ONLY = 0o600


async def erase_person(
    territory_id: UUID, reference: str, memory: Path, *, asked_by: UUID | None = None
) -> None:
    """Remembered outside first: a crash in between is made good at the next restore. Raises `NotFoundError`."""
    now = datetime.now(UTC)
    await fact(territory_id, Participant, reference)
    erasure = Erasure(about_kind="participant", about_ref=reference, erased_at=now, territory_id=territory_id)
    remember(memory, erasure)
    await erase_participant(territory_id, reference, at=now, asked_by=asked_by)


def memory_beside(keys_path: Path) -> Path:
    """The file of what was erased, in the folder of the master keys."""
    return keys_path.with_name(FILE)


def remember(memory: Path, erasure: Erasure) -> None:
    """One line in the file beside the master key."""
    memory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with memory.open("ab") as file:
        file.write(msgspec.json.encode(erasure) + b"\n")
    memory.chmod(OWNER_ONLY)


def remembered(memory: Path) -> tuple[Erasure, ...]:
    if not memory.exists():
        return ()
    return tuple(msgspec.json.decode(line, type=Erasure) for line in memory.read_bytes().splitlines() if line)


async def erase_again(memory: Path) -> int:
    """Everything that the file or the database remembers; how many persons had come back."""
    known = {(one.territory_id, one.about_ref): one for one in (*await erasures(), *remembered(memory))}
    count = 0
    for one in known.values():
        if one.territory_id is None:
            continue
        try:
            await erase_participant(one.territory_id, one.about_ref, at=one.erased_at)
        except NotFoundError:
            continue
        count += 1
    return count
