"""What sites say to proposed dates, and what they were told about who enters."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from db.records.base import HalfDay, Instant, Record

Answer = Literal["waiting", "agreed", "impossible"]


class SiteAnswer(Record, frozen=True, kw_only=True):
    """One proposed half-day and what was said; `via` is `page`, `call` or null, `site` a code."""

    id: UUID
    site: str
    proposed_on: date
    half_day: HalfDay | None
    answer: Answer
    version: int = 1
    assignment_id: UUID | None = None
    via: str | None = None
    said_by: str | None = None
    noted_by: UUID | None = None
    asked_at: Instant | None = None
    answered_at: Instant | None = None


class AccessList(Record, frozen=True, kw_only=True):
    """A version of the list of who enters a site in a month, as it was sent; `number` from 1."""

    id: UUID
    site: str
    month_on: date
    number: int
    lines: tuple[dict[str, Any], ...]
    sent_at: Instant | None = None
    sent_to: str | None = None
    sent_by: UUID | None = None
