"""What became of people whom partners oriented: who came how often, and whether their paths ended."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Instant
from db.tables.assignment import Attendance
from db.tables.participant import Path


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody was to come to, and whether they came."""

    starts_at: Instant
    status: str


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """One person's presences, and the day on which the last of their paths ended; None while one goes on."""

    presences: tuple[Presence, ...] = ()
    ended_on: date | None = None

    def counts(self, since_at: Instant) -> Counter[str]:
        """By status, from an instant on."""
        return Counter(one.status for one in self.presences if one.starts_at >= since_at)


async def followed(territory_id: UUID, participant_ids: Sequence[UUID]) -> dict[UUID, Followed]:
    """By participant."""
    table: Any = Attendance
    rows = await table.select(
        table.participant, table.status, table.assignment.starts_at.as_alias("at")
    ).where((table.territory == territory_id) & table.participant.is_in(list(participant_ids)))
    presences: dict[UUID, list[Presence]] = defaultdict(list)
    for row in rows:
        presences[row["participant"]].append(Presence(starts_at=row["at"], status=row["status"]))
    ends = await _ends(participant_ids)
    return {one: Followed(presences=tuple(presences[one]), ended_on=ends.get(one)) for one in participant_ids}


async def _ends(participant_ids: Sequence[UUID]) -> dict[UUID, date]:
    rows = await Path.select(Path.participant, Path.state, Path.exit_on).where(
        Path.participant.is_in(list(participant_ids))
    )
    paths: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        paths[row["participant"]].append(row)
    return {
        one: max(row["exit_on"] for row in found)
        for one, found in paths.items()
        if all(row["state"] == "ended" and row["exit_on"] is not None for row in found)
    }
