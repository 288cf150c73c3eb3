"""In whose name an action is done."""

from datetime import datetime
from uuid import UUID

import msgspec

from db.queries.assignment_writing import Author
from service.errors import Forbidden


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An account, or the house itself when `account_id` is null; `label` is what histories show.

    `only_staff`: the one staff member whose things they may touch; null is no limit.
    """

    account_id: UUID | None = None
    label: str = "escale"
    only_staff: str | None = None

    def must_be_for(self, *staff: str) -> None:
        """Raises `Forbidden` when these are the things of others alone."""
        if self.only_staff is not None and self.only_staff not in staff:
            raise Forbidden("Seule la coordination agit pour quelqu’un d’autre.")

    def author(self, at: datetime, plan_id: UUID | None = None) -> Author:
        """The author of assignments written now, for a version if one is published."""
        return Author(at=at, actor_id=self.account_id, actor_label=self.label, plan_id=plan_id)


HOUSE = Actor()
