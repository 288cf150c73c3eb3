"""What a published thing becomes when it is called off."""

from typing import Literal

import msgspec

from db.queries.assignment_writing import content_of
from db.records.assignment import Assignment, Content

Canceller = Literal["us", "site", "person"]


def cancelled_content(one: Assignment, *, by: Canceller, reason: str | None = None) -> Content:
    """The same thing, cancelled; `reason` is a code of the territory's list."""
    return msgspec.structs.replace(content_of(one), status="cancelled", cancelled_by=by, cancel_reason=reason)
