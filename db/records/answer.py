"""Answers kept for who sends the same write twice."""

from db.records.base import Record


class KeptAnswer(Record, frozen=True, kw_only=True):
    """A sealed answer; `request_hash` is that of what was sent."""

    request_hash: str
    sealed: bytes
