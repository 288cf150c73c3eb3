"""In whose name an action is done."""

from datetime import datetime
from uuid import UUID

import msgspec

from db.queries.assignment_writing import Author


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An account, or the house itself when `account_id` is null; `label` is what histories show."""

    account_id: UUID | None = None
    label: str = "escale"

    def author(self, at: datetime, plan_id: UUID | None = None) -> Author:
        """The author of assignments written now, for a version if one is published."""
        return Author(at=at, actor_id=self.account_id, actor_label=self.label, plan_id=plan_id)


HOUSE = Actor()
