"""The one table of taken places: take, confirm, release; nobody ever has another's place.

Taking locks the territory, looks, writes; the unique key of the table is the last guard. An expired
hold is released by whoever comes next, in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.errors import LostHoldError, PlaceTakenError
from db.records.place import PlaceRequest, TakenPlace
from db.shape import to_record
from db.tables.columns import utc_now
from db.tables.partner import TakenPlace as PlaceTable
from db.transaction import in_transaction

_FREE_AGAIN = "expired"


async def take_place(
    territory_id: UUID, request: PlaceRequest, *, now: datetime | None = None
) -> tuple[TakenPlace, ...]:
    """Take the first free place of a slot, one row a slot. Raises `PlaceTakenError` when there is none.

    What a holder asks to hold and holds already is given back as it is.
    """
    instant = now or utc_now()

    async def work() -> tuple[TakenPlace, ...]:
        taken = await _standing(request.host_kind, (request.host_id,), instant)
        mine = _held_already(request, taken)
        if mine:
            return mine
        place = first_free(request, {(one.slot, one.place) for one in taken})
        if place is None:
            raise PlaceTakenError(request.host_id, request.slot)
        return await _insert(territory_id, [(request, place)])

    return await in_transaction(work, territory_id=territory_id)


def _held_already(request: PlaceRequest, taken: Sequence[TakenPlace]) -> tuple[TakenPlace, ...]:
    """The place that the same holder holds of that slot: asking twice is asking once."""
    if request.state != "held" or request.holder_id is None:
        return ()
    return tuple(
        one
        for one in taken
        if one.state == "held" and (one.slot, one.holder_id) == (request.slot, request.holder_id)
    )


def first_free(request: PlaceRequest, taken: set[tuple[int, int]]) -> int | None:
    """The lowest place number free in every slot asked for; beyond all others without a capacity."""
    slots = range(request.slot, request.slot + request.slots)
    if request.capacity is None:
        return max((place for slot, place in taken if slot in slots), default=0) + 1
    for place in range(1, request.capacity + 1):
        if all((slot, place) not in taken for slot in slots):
            return place
    return None


async def take_places(
    territory_id: UUID, requests: Sequence[PlaceRequest], *, now: datetime
) -> tuple[TakenPlace, ...]:
    """Take many places at once, for a publication. Raises `PlaceTakenError` on the first that is not free."""

    async def work() -> tuple[TakenPlace, ...]:
        hosts = {(request.host_kind, request.host_id) for request in requests}
        taken: dict[UUID, set[tuple[int, int]]] = {host_id: set() for _, host_id in hosts}
        for kind in {kind for kind, _ in hosts}:
            ids = tuple(host_id for one, host_id in hosts if one == kind)
            for standing in await _standing(kind, ids, now):
                taken[standing.host_id].add((standing.slot, standing.place))
        return await _insert(territory_id, _allotted(requests, taken))

    return await in_transaction(work, territory_id=territory_id)


def _allotted(
    requests: Sequence[PlaceRequest], taken: dict[UUID, set[tuple[int, int]]]
) -> list[tuple[PlaceRequest, int]]:
    found = []
    for request in requests:
        place = first_free(request, taken[request.host_id])
        if place is None:
            raise PlaceTakenError(request.host_id, request.slot)
        taken[request.host_id] |= {(request.slot + more, place) for more in range(request.slots)}
        found.append((request, place))
    return found


async def confirm_hold(
    place_ids: Sequence[UUID],
    *,
    orientation_id: UUID | None,
    now: datetime,
    interview_id: UUID | None = None,
) -> tuple[TakenPlace, ...]:
    """Turn a hold into a booking. Raises `LostHoldError` when it expired, was released or confirmed."""

    async def work() -> tuple[TakenPlace, ...]:
        table = PlaceTable
        rows = (
            await table.update(
                {
                    table.state: "booked",
                    table.orientation: orientation_id,
                    table.interview: interview_id,
                    table.expires_at: None,
                },
                force=True,
            )
            .where(
                table.id.is_in(list(place_ids))
                & table.released_at.is_null()
                & (table.state == "held")
                & (table.expires_at > now)
            )
            .returning(*table.all_columns())
        )
        if len(rows) != len(place_ids):
            raise LostHoldError(tuple(place_ids))
        return tuple(record_of(row) for row in rows)

    return await in_transaction(work)


async def hand_over(place: TakenPlace, holder_id: UUID) -> TakenPlace:
    """The same place under another holder."""
    await PlaceTable.update({PlaceTable.holder_id: holder_id}).where(PlaceTable.id == place.id)
    return msgspec.structs.replace(place, holder_id=holder_id)


async def release_places(place_ids: Sequence[UUID], *, reason: str, at: datetime) -> tuple[TakenPlace, ...]:
    """Give places back; those that stood. Released ones stay as history."""
    return await _release(PlaceTable.id.is_in(list(place_ids)), reason, at) if place_ids else ()


async def release_hosts(
    host_kind: str, host_ids: Sequence[UUID], *, reason: str, at: datetime
) -> tuple[TakenPlace, ...]:
    """Give back every place of hosts that vanish; those that stood, so that their holders can be told."""
    if not host_ids:
        return ()
    return await _release(
        (PlaceTable.host_kind == host_kind) & PlaceTable.host_id.is_in(list(host_ids)), reason, at
    )


async def release_interviews(
    interview_ids: Sequence[UUID], *, reason: str, at: datetime
) -> tuple[TakenPlace, ...]:
    """Give back the places of published interviews that are moved or cancelled."""
    return (
        await _release(PlaceTable.interview.is_in(list(interview_ids)), reason, at) if interview_ids else ()
    )


async def places_taken(host_ids: Sequence[UUID], *, now: datetime) -> tuple[TakenPlace, ...]:
    """Places that stand at this instant, by host, slot and place; expired holds left out."""
    if not host_ids:
        return ()
    rows = await PlaceTable.select().where(
        PlaceTable.host_id.is_in(list(host_ids)) & PlaceTable.released_at.is_null()
    )
    standing = [record_of(row) for row in rows if row["expires_at"] is None or row["expires_at"] > now]
    return tuple(sorted(standing, key=lambda one: (str(one.host_id), one.slot, one.place)))


async def _standing(host_kind: str, host_ids: Sequence[UUID], now: datetime) -> tuple[TakenPlace, ...]:
    """Places that stand, after those whose hold expired were released."""
    mine = (PlaceTable.host_kind == host_kind) & PlaceTable.host_id.is_in(list(host_ids))
    await _release(mine & (PlaceTable.expires_at <= now), _FREE_AGAIN, now)
    rows = await PlaceTable.select().where(mine & PlaceTable.released_at.is_null())
    return tuple(record_of(row) for row in rows)


async def _release(condition: Any, reason: str, at: datetime) -> tuple[TakenPlace, ...]:
    table = PlaceTable
    rows = (
        await table.update({table.released_at: at, table.release_reason: reason})
        .where(condition & table.released_at.is_null())
        .returning(*table.all_columns())
    )
    return tuple(record_of(row) for row in rows)


async def _insert(territory_id: UUID, allotted: Sequence[tuple[PlaceRequest, int]]) -> tuple[TakenPlace, ...]:
    rows = [
        {
            "territory": territory_id,
            "host_kind": request.host_kind,
            "host_id": request.host_id,
            "slot": request.slot + more,
            "place": place,
            "state": request.state,
            "partner": request.partner_id,
            "orientation": request.orientation_id,
            "interview": request.interview_id,
            "holder_id": request.holder_id,
            "expires_at": request.expires_at,
            "created_at": utc_now(),
        }
        for request, place in allotted
        for more in range(request.slots)
    ]
    ids = await insert_rows(PlaceTable, rows)
    return tuple(
        record_of({"id": id_, "released_at": None, "release_reason": None, **row})
        for id_, row in zip(ids, rows, strict=True)
    )


def record_of(row: dict[str, Any]) -> TakenPlace:
    """A row of the table as a record."""
    return to_record(
        TakenPlace,
        PlaceTable,
        row,
        {},
        territory_id=row["territory"],
        partner_id=row["partner"],
        orientation_id=row["orientation"],
        interview_id=row["interview"],
    )
