"""The base of all records, and of those that people edit."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

HalfDay = Literal["am", "pm"]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen record."""


class Fact(Record, frozen=True, kw_only=True):
    """A fact known by its code, immutable and unique in its territory.

    `id` and `version` are the database's: null and 0 in a fact that is not stored yet; two facts
    are the same whatever these say.
    """

    code: str
    id: UUID | None = None
    version: int = 0
