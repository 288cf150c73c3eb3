"""What the places of a few weeks lie in: few columns, four statements, whatever the number of sites."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.queries.places import record_of
from db.records.orientation import PlaceHost, StaffClaim
from db.records.place import TakenPlace
from db.tables.assignment import Assignment, AssignmentStaff, StaffInterview
from db.tables.partner import TakenPlace as PlaceTable
from db.transaction import snapshot

KINDS = ("permanence", "office")
CHUNK = 500


class HostsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Published hosts at some sites between two dates, both included; or only those with these ids."""

    sites: tuple[str, ...]
    from_on: date
    until_on: date
    ids: tuple[UUID, ...] = ()


async def place_hosts(territory_id: UUID, wanted: HostsWanted) -> tuple[PlaceHost, ...]:
    """Hosts that stand, by start and id."""
    if not wanted.sites:
        return ()
    table: Any = Assignment
    condition: Any = (
        (table.territory == territory_id)
        & (table.held_on >= wanted.from_on)
        & (table.held_on <= wanted.until_on)
        & table.kind.is_in(list(KINDS))
        & (table.status != "cancelled")
        & table.site.code.is_in(list(wanted.sites))
    )
    if wanted.ids:
        condition = condition & table.id.is_in(list(wanted.ids))
    columns = (
        table.id,
        table.kind,
        table.held_on,
        table.half_day,
        table.starts_at,
        table.ends_at,
        table.revision,
        table.status,
    )
    async with snapshot():
        rows = (
            await table.select(
                *columns, table.site.code.as_alias("site"), table.programme.code.as_alias("programme")
            )
            .where(condition)
            .order_by(table.starts_at, table.id)
        )
        staff = await _staff_of([row["id"] for row in rows])
    return tuple(PlaceHost(**row, staff=tuple(sorted(staff[row["id"]]))) for row in rows)


async def _staff_of(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    table: Any = AssignmentStaff
    found: dict[UUID, list[str]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        rows = await table.select(table.assignment, table.staff.code.as_alias("code")).where(
            table.assignment.is_in(list(ids[start : start + CHUNK])) & table.left_at.is_null()
        )
        for row in rows:
            found[row["assignment"]].append(row["code"])
    return found


async def host_revision(host_id: UUID) -> int | None:
    """The revision of a host that stands, None when it was called off or never was."""
    table = Assignment
    row = (
        await table.select(table.revision)
        .where((table.id == host_id) & (table.status != "cancelled"))
        .first()
    )
    return None if row is None else int(row["revision"])


async def staff_claims(
    territory_id: UUID, staff: Sequence[str], from_at: datetime, until_at: datetime
) -> tuple[StaffClaim, ...]:
    """Interviews that these people have in some time, published or booked."""
    if not staff:
        return ()
    table: Any = StaffInterview
    rows = await table.select(table.staff.code.as_alias("staff"), table.starts_at, table.ends_at).where(
        (table.staff.territory == territory_id)
        & table.staff.code.is_in(list(staff))
        & table.released_at.is_null()
        & (table.starts_at < until_at)
        & (table.ends_at > from_at)
    )
    return tuple(StaffClaim(**row) for row in rows)


async def standing_places(host_ids: Sequence[UUID], *, now: datetime) -> tuple[TakenPlace, ...]:
    """Places that stand at this instant, of any number of hosts."""
    found: list[TakenPlace] = []
    for start in range(0, len(host_ids), CHUNK):
        rows = await PlaceTable.select().where(
            PlaceTable.host_id.is_in(list(host_ids[start : start + CHUNK])) & PlaceTable.released_at.is_null()
        )
        found += [record_of(row) for row in rows if row["expires_at"] is None or row["expires_at"] > now]
    return tuple(found)


async def holds_of(territory_id: UUID, holder_id: UUID, *, now: datetime) -> tuple[TakenPlace, ...]:
    """What somebody holds in a territory at this instant, the soonest to expire first."""
    table = PlaceTable
    rows = (
        await table.select()
        .where(
            (table.territory == territory_id)
            & (table.holder_id == holder_id)
            & table.released_at.is_null()
            & (table.state == "held")
            & (table.expires_at > now)
        )
        .order_by(table.expires_at)
    )
    return tuple(record_of(row) for row in rows)


async def place_by_id(territory_id: UUID, place_id: UUID) -> TakenPlace | None:
    """One row of the table, standing or not; None when it is none of this territory's."""
    table = PlaceTable
    row = await table.select().where((table.id == place_id) & (table.territory == territory_id)).first()
    return None if row is None else record_of(row)


async def places_for(orientation_id: UUID) -> tuple[TakenPlace, ...]:
    """What stands for one orientation."""
    table = PlaceTable
    rows = await table.select().where((table.orientation == orientation_id) & table.released_at.is_null())
    return tuple(record_of(row) for row in rows)
