"""Orientations as published interviews, and as what the planner must leave in place.

In a permanence an orientation is a place that partners booked: the planner keeps the permanence and may
give it other people. In an office half-day, which exists only for its interviews, it is a need of its own,
pinned to its time, place and person.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.queries.assignment_writing import content_of
from db.records.assignment import Assignment, Content, Write
from db.records.orientation import PlaceHost
from db.records.participant import InterviewNeed, Pin

ORIGIN = "orientation"
_PERMANENCE_KEY = "orientation:"


def is_oriented(one: Assignment) -> bool:
    """An interview that lives by its permanence alone: no plan decides it."""
    return one.kind == "interview" and one.key.startswith(_PERMANENCE_KEY)


def need_code(code: str) -> str:
    """The need of an orientation to an office half-day."""
    return f"{ORIGIN}/{code}"


def oriented_content(
    host: PlaceHost, code: str, staff: str, starts_at: datetime, ends_at: datetime
) -> Content:
    """The interview of the orientation with that code, at its place in a host."""
    office = host.kind == "office"
    return Content(
        kind="interview",
        key=f"interview:{need_code(code)}:1" if office else f"{_PERMANENCE_KEY}{code}",
        held_on=host.held_on,
        half_day=host.half_day,
        starts_at=starts_at,
        ends_at=ends_at,
        staff=(staff,),
        status="planned",
        site=host.site,
        number=1 if office else None,
        need=need_code(code) if office else None,
        programme=None if office else host.programme,
        host_id=host.id,
        interview_kind="diagnostic",
        mode="on_site",
        fixed_with_person=True,
    )


def oriented_need(content: Content, orientation_id: UUID) -> InterviewNeed:
    """The need behind an orientation to an office half-day."""
    return InterviewNeed(
        code=content.need or "",
        from_on=content.held_on,
        until_on=content.held_on,
        orientation_id=orientation_id,
        kind="diagnostic",
        other_staff=True,
        origin=ORIGIN,
        sites=(content.site or "",),
    )


def oriented_pin(content: Content, zone: str) -> Pin:
    """What holds it in its place."""
    return Pin(
        key=content.key,
        kind="interview",
        held_on=content.held_on,
        staff_codes=content.staff,
        starts_hour=f"{content.starts_at.astimezone(ZoneInfo(zone)):%H:%M}",
        site_code=content.site,
        need_code=content.need,
        number=1,
        origin=ORIGIN,
    )


def follow_hosts(
    oriented: Sequence[Assignment], hosts: Mapping[UUID, Assignment], writes: Sequence[Write]
) -> list[Write]:
    """What becomes of orientations whose permanence a publication changes: they move with it."""
    becoming = {write.id: write.content for write in writes if write.content.kind == "permanence"}
    engaged = [write.content for write in writes if write.content.kind == "interview"]
    found: list[Write] = []
    for one in oriented:
        before, after = hosts.get(one.host_id or one.id), becoming.get(one.host_id or one.id)
        if before is None or after is None or "cancelled" in (after.status, one.status):
            continue
        content = _moved(one, before, after, engaged)
        engaged.append(content)
        if content != content_of(one):
            found.append(Write(id=one.id, content=content, what="followed"))
    return found


def _moved(one: Assignment, before: Assignment, after: Content, engaged: Iterable[Content]) -> Content:
    """As far into the half-day as before, with somebody who is there and has nobody else then."""
    starts_at = one.starts_at + (after.starts_at - before.starts_at)
    ends_at = starts_at + (one.ends_at - one.starts_at)
    return msgspec.structs.replace(
        content_of(one),
        held_on=after.held_on,
        half_day=after.half_day,
        starts_at=starts_at,
        ends_at=ends_at,
        site=after.site,
        staff=_who(one, after, [c for c in engaged if c.starts_at < ends_at and starts_at < c.ends_at]),
    )


def _who(one: Assignment, after: Content, at_that_time: Iterable[Content]) -> tuple[str, ...]:
    """The same person if they are there, else another; nobody free: the first one there."""
    busy = {who for other in at_that_time if other.status != "cancelled" for who in other.staff}
    there = [who for who in (*one.staff, *after.staff) if who in after.staff]
    return tuple([who for who in there if who not in busy][:1] or there[:1]) or one.staff
