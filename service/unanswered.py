"""Appointments of which nobody has said yet who came."""

from collections.abc import Iterable
from datetime import datetime

from db.records.assignment import Assignment


def unanswered(mine: Iterable[Assignment], now: datetime) -> tuple[Assignment, ...]:
    """What has begun and has no answer yet: interviews and collective sessions."""
    return tuple(
        one
        for one in mine
        if one.kind in ("interview", "session")
        and one.status in ("planned", "to_confirm")
        and one.starts_at <= now
    )
