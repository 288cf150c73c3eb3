"""The move that a version was published for: told without the participant whom it may concern."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.records.assignment import Assignment
from db.records.plan import Plan

OPTION = "move"
"""Under which name a version's options hold it."""
ORIGIN = "today"
"""How such a version was made."""


class QuickMove(msgspec.Struct, frozen=True, kw_only=True):
    """`what` is called off or replaced, by whose label; `cancelled_by` and `reason` (a code) where called off,
    `coming` where somebody takes it over. `staff` are those who held it; `with_it` what else was called off at once."""

    what: str
    thing: UUID
    kind: str
    on: date
    starts_at: datetime
    site: str | None
    staff: tuple[str, ...]
    author: str
    cancelled_by: str | None = None
    reason: str | None = None
    coming: str | None = None
    with_it: tuple[UUID, ...] = ()


def move_of_thing(
    what: str, thing: Assignment, author: str, with_it: tuple[UUID, ...] = (), **how: str | None
) -> QuickMove:
    """`how`: the fields of `QuickMove` that go with `what`."""
    return QuickMove(
        what=what,
        thing=thing.id,
        kind=thing.kind,
        on=thing.held_on,
        starts_at=thing.starts_at,
        site=thing.site,
        staff=thing.staff,
        author=author,
        with_it=with_it,
        **how,
    )


def quick_move(plan: Plan) -> QuickMove | None:
    """The move that a version was published for; None of one that a coordinator published."""
    held: Any = plan.options.get(OPTION)
    return None if held is None else msgspec.convert(held, QuickMove)
