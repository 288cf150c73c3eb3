"""Answers kept for who sends the same write twice."""

from db.records.base import Record


class KeptAnswer(Record, frozen=True, kw_only=True):
    """An answer as it left: status, headers, bytes; `request_hash` is that of what was sent."""

    request_hash: str
    status: int
    headers: dict[str, str]
    body: bytes
