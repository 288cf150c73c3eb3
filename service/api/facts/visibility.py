"""What of a fact somebody sees: a coordinator all, staff their own people's and what concerns the team."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.records.base import Fact
from db.records.cadence import Promotion
from db.records.staff import Absence
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.own_people import visible_participants
from service.api.facts.resource import Resource
from service.errors import NotFound


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """`staff` null: sees everything; `people` are the references that a staff member may see."""

    staff: str | None
    people: frozenset[str] = frozenset()


async def viewer_of(territory: Territory, actor: Actor, resource: Resource) -> Viewer:
    """Asks for the people only where a fact can speak of some."""
    if actor.only_staff is None:
        return Viewer(staff=None)
    speaks = resource.person is not None or resource.record is Promotion
    people = await visible_participants(territory, actor) if speaks else frozenset()
    return Viewer(staff=actor.only_staff, people=people or frozenset())


def shown(record: Fact, viewer: Viewer, resource: Resource) -> Fact | None:
    """The fact as it is shown; None when it is not."""
    if viewer.staff is None:
        return record
    if resource.private and resource.owner and getattr(record, resource.owner) != viewer.staff:
        return None
    if resource.person is not None and not _is_own(record, viewer, resource.person):
        return None
    mask = MASKS.get(type(record))
    return mask(record, viewer) if mask else record


def _is_own(record: Any, viewer: Viewer, field: str) -> bool:
    person = getattr(record, field)
    if person is None:
        return bool(record.referent == viewer.staff)
    return person in viewer.people


def must_show(record: Fact, viewer: Viewer, resource: Resource) -> Fact:
    """Raises `NotFound` when it is not shown."""
    found = shown(record, viewer, resource)
    if found is None:
        raise NotFound
    return found


def _only_absent(absence: Absence, viewer: Viewer) -> Absence:
    """Others see that somebody is absent, never why."""
    if absence.staff == viewer.staff:
        return absence
    return msgspec.structs.replace(absence, kind="unavailable", declared_by=None)


def _own_people(promotion: Promotion, viewer: Viewer) -> Promotion:
    known = tuple(one for one in promotion.participants if one in viewer.people)
    return msgspec.structs.replace(promotion, participants=known)


MASKS: dict[type[Fact], Callable[[Any, Viewer], Fact]] = {Absence: _only_absent, Promotion: _own_people}
