"""Unexcused absences in a row, and the path that waits for its referent once there are too many."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import all_facts
from db.records.assignment import Assignment
from db.records.attendance import Attendance
from db.records.facts import FactSet
from db.records.participant import Participant, Path
from db.records.territory import Territory
from service.actions.agreed_need import path_for
from service.territory_settings import living_settings

LOOKED_BACK = timedelta(days=400)


class PathAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A path that is suspended until its referent decides: relancer, suspendre, terminer."""

    path: str
    participant: str
    referent: str | None
    misses: int


async def count_misses(
    territory: Territory, found: Assignment, noted: Iterable[Attendance], now: datetime
) -> tuple[PathAsked, ...]:
    """In the caller's transaction, after the interview has its status. Sessions count for nothing here."""
    people = {one.participant for one in noted if one.participant is not None}
    if found.kind != "interview" or not people:
        return ()
    (person,) = people
    path = path_for(await all_facts(territory.id, Path), person, found.programme)
    held = await _held(territory.id, person, found.held_on)
    await _remember_contact(territory.id, person, held)
    if path is None:
        return ()
    most = living_settings(territory).misses_before_suspension
    counted = _judged(_counted(path, held, found.held_on), most, now)
    await store_facts(territory.id, FactSet(paths=(counted,)))
    if counted.asked_referent_at != now:
        return ()
    misses = counted.misses_in_a_row
    return (PathAsked(path=path.code, participant=person, referent=path.referent, misses=misses),)


async def _held(territory_id: UUID, person: str, around: date) -> list[Assignment]:
    """The person's past interviews with a status, the latest first."""
    wanted = Wanted(
        participant=person,
        kinds=("interview",),
        statuses=("held", "missed", "excused"),
        from_on=around - LOOKED_BACK,
    )
    return list(reversed(await assignments_of(territory_id, wanted)))


def _counted(path: Path, held: list[Assignment], noted_on: date) -> Path:
    """Misses since the last interview that was honoured, or since the path began again; excused ones add none."""
    misses = 0
    for one in held:
        if one.status == "held" or one.held_on < (path.starts_on or date.min):
            break
        misses += int(one.status == "missed")
    before = None if path.missed_on == noted_on else path.missed_on
    missed_on = max((one.held_on for one in held if one.status == "missed"), default=before)
    return msgspec.structs.replace(path, misses_in_a_row=misses, missed_on=missed_on)


def _judged(path: Path, most: int, now: datetime) -> Path:
    """Suspended with a question to its referent when there are too many; a correction takes that back."""
    too_many = 0 < most <= path.misses_in_a_row
    if too_many and path.state == "running":
        return msgspec.structs.replace(path, state="suspended", asked_referent_at=now)
    if not too_many and path.asked_referent_at is not None:
        return msgspec.structs.replace(path, state="running", asked_referent_at=None)
    return path


async def _remember_contact(territory_id: UUID, person: str, held: list[Assignment]) -> None:
    """The last contact: from it the months count after which a person is forgotten."""
    seen_on = max((one.held_on for one in held if one.status == "held"), default=None)
    for one in await all_facts(territory_id, Participant):
        if one.code == person and seen_on is not None and (one.last_contact_on or date.min) < seen_on:
            known = msgspec.structs.replace(one, last_contact_on=seen_on)
            await store_facts(territory_id, FactSet(participants=(known,)))
