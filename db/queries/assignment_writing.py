"""Published assignments, written: identity and UID stay, revision and history follow each change.

Everything happens in the caller's transaction, under the territory's lock: the rows, who holds them,
their history, the claims on half-days and hours, and the revision that makes feeds stale.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.acting import Mention, mention
from db.assignment_rows import AssignmentIds, row_values, update_rows
from db.bulk import insert_rows
from db.claims import claim, claims_of, release
from db.holders import Holding, store_holders
from db.queries.assignments import CHUNK, Wanted, assignments_of
from db.queries.territories import raise_published_revision
from db.records.assignment import Assignment, Content, Write, Written
from db.tables.assignment import Assignment as AssignmentTable
from db.tables.assignment import AssignmentEvent
from db.transaction import lock_territory, transaction

_MOVES = ("starts_at", "ends_at", "held_on", "half_day", "site", "room", "staff", "status")
"""Fields whose change raises a calendar's SEQUENCE and that people have to notice."""

_TOOK_PLACE = frozenset({"held", "missed", "excused"})


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """In whose name a writing is done, when, and for which version if it publishes one."""

    at: datetime
    actor_id: UUID | None = None
    actor_label: str | None = None
    plan_id: UUID | None = None


def _seen(content: Content, name: str) -> Any:
    """A field as a calendar shows it: who came changes nothing there."""
    value = getattr(content, name)
    return "planned" if name == "status" and value in _TOOK_PLACE else value


class _Change(msgspec.Struct, frozen=True, kw_only=True):
    """One write beside what is there; `before` null: it is new."""

    write: Write
    before: Assignment | None

    @property
    def content(self) -> Content:
        return self.write.content

    @property
    def differs(self) -> bool:
        return self.before is None or content_of(self.before) != self.content

    @property
    def moves(self) -> bool:
        before = self.before
        return before is not None and any(_seen(before, name) != _seen(self.content, name) for name in _MOVES)

    @property
    def claims_differ(self) -> bool:
        return self.before is None or claims_of(self.before) != claims_of(self.content)

    @property
    def holding(self) -> Holding:
        return Holding(
            assignment_id=self.write.id,
            before=self.before,
            content=self.content,
            sequence_number=self.sequence_number,
        )

    @property
    def revision(self) -> int:
        return self.before.revision + 1 if self.before else 1

    @property
    def sequence_number(self) -> int:
        return self.before.sequence_number + int(self.moves) if self.before else 0


def content_of(assignment: Assignment) -> Content:
    """What an assignment is, without what the database keeps about it."""
    return Content(**{name: getattr(assignment, name) for name in Content.__struct_fields__})


async def write_assignments(territory_id: UUID, writes: Sequence[Write], author: Author) -> Written:
    """Write assignments that a publication or a living change decided; what is as it was stays.

    Raises `NotFoundError` on an unknown code, `RefusedError` or `AlreadyThereError` when one of the
    last guards finds a person twice at one time: nothing is written then.
    """
    async with transaction():
        await lock_territory(territory_id)
        held = await _held(territory_id, [write.id for write in writes])
        changes = [_Change(write=_sorted(write), before=held.get(write.id)) for write in writes]
        todo = [change for change in changes if change.differs]
        if todo:
            await _write(territory_id, todo, author)
            _mention(territory_id, todo)
            await raise_published_revision(territory_id)
    return Written(
        created=tuple(change.write.id for change in todo if change.before is None),
        changed=tuple(change.write.id for change in todo if change.before is not None),
        unchanged=tuple(change.write.id for change in changes if not change.differs),
    )


def _mention(territory_id: UUID, changes: list[_Change]) -> None:
    for change in changes:
        kind, ref = change.content.kind, str(change.write.id)
        mention(Mention(what=change.write.what, kind=kind, ref=ref, territory_id=territory_id))


def _sorted(write: Write) -> Write:
    """Staff in the order in which they are read back."""
    content = msgspec.structs.replace(write.content, staff=tuple(sorted(write.content.staff)))
    return msgspec.structs.replace(write, content=content)


async def _held(territory_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Assignment]:
    found: dict[UUID, Assignment] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = await assignments_of(territory_id, Wanted(ids=tuple(ids[start : start + CHUNK])))
        found |= {one.id: one for one in chunk}
    return found


async def _write(territory_id: UUID, changes: list[_Change], author: Author) -> None:
    ids = await AssignmentIds.load(territory_id)
    rows = {change.write.id: _row(change, ids, author) for change in changes}
    await update_rows({change.write.id: rows[change.write.id] for change in changes if change.before})
    new = [change.write.id for change in changes if change.before is None]
    await insert_rows(
        AssignmentTable,
        [{**rows[id_], "id": id_, "territory": territory_id, "created_at": author.at} for id_ in new],
    )
    await store_holders([change.holding for change in changes], ids.staff, author.at)
    claims = [change for change in changes if change.claims_differ]
    await release([change.write.id for change in claims if change.before], author.at)
    await claim([change.write for change in claims], ids.staff)
    await insert_rows(AssignmentEvent, [_event(territory_id, change, author) for change in changes])


def _row(change: _Change, ids: AssignmentIds, author: Author) -> dict[str, Any]:
    row = row_values(change.content, ids)
    before = change.before
    return {
        **row,
        "plan": author.plan_id or (before.plan_id if before else None),
        "revision": change.revision,
        "version": change.revision,
        "sequence_number": change.sequence_number,
        "last_modified_at": author.at,
        "changed_at": author.at if change.moves else before and before.changed_at,
        "former_starts_at": before.starts_at
        if before and change.moves
        else before and before.former_starts_at,
    }


def _event(territory_id: UUID, change: _Change, author: Author) -> dict[str, Any]:
    before = content_of(change.before) if change.before else None
    return {
        "assignment": change.write.id,
        "territory": territory_id,
        "plan": author.plan_id,
        "at": author.at,
        "actor_id": author.actor_id,
        "actor_label": author.actor_label,
        "what": change.write.what,
        "revision": change.revision,
        "before": before,
        "after": change.content,
        "overruled": change.write.overruled,
    }
