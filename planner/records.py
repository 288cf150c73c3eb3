"""The base of every record of a problem or a plan, and the types of their fields."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

HalfDay = Literal["am", "pm"]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]
Hour = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
LARGEST_COUNT = 1_000_000
Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_COUNT)]
Total = Annotated[int, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_COUNT)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen record that refuses keys it does not know."""
