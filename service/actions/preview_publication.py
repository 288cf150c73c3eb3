"""What publishing a draft would write at this moment, and what forbids it; nothing is written."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.assignment_writing import content_of
from db.records.assignment import Content
from db.records.territory import Territory
from db.transaction import snapshot
from service.actions.publish_plan import draft_writes, no_longer_holds, read_publishing, vanished
from service.translate.draft import Lost, check_draft


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing before and after; both are there when it changes."""

    id: UUID | None
    before: Content | None
    after: Content | None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    differences: tuple[Difference, ...]
    lost: tuple[Lost, ...]


async def preview_publication(territory: Territory, plan_id: UUID) -> Preview:
    """Raises `NotFoundError`, `StepNotAllowed` when it is no draft."""
    async with snapshot():
        work = await read_publishing(territory, plan_id, datetime.now(UTC))
        check = check_draft(work.translated.problem, work.items)
        lost = await no_longer_holds(work, check)
    if check.report is None:
        return Preview(version=work.plan.version, differences=(), lost=check.lost)
    before = {one.id: content_of(one) for one in work.snapshot.assignments}
    writes = draft_writes(work)
    gone = vanished(work, writes)
    found = [
        Difference(
            id=write.id if write.id in before else None, before=before.get(write.id), after=write.content
        )
        for write in writes
        if before.get(write.id) != write.content
    ]
    found += [Difference(id=write.id, before=before[write.id], after=None) for write in gone]
    return Preview(version=work.plan.version, differences=tuple(found), lost=lost)
