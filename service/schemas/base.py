"""What every struct of the JSON interface is made of: nothing unknown, nothing that no database holds."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from service.hidden_signs import hidden_sign

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years that a fact may speak of."""

END = r"$(?!\n)"
"""Of a pattern: where `$` alone would let a line break follow."""

Code = Annotated[
    str, msgspec.Meta(pattern=rf"^[A-Za-z0-9][A-Za-z0-9_./-]*{END}", min_length=1, max_length=100)
]
Name = Annotated[str, msgspec.Meta(pattern=rf"^[^\n\t\u2028\u2029]+{END}", min_length=1, max_length=200)]
"""One line: names stand in subjects of mails."""
Line = Annotated[str, msgspec.Meta(max_length=400)]
Lines = Annotated[str, msgspec.Meta(max_length=2_000)]
Mail = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[!#-'*+/-9=?A-Z^-~-]{1,64}@[A-Za-z0-9.-]{1,135}" + END,
        max_length=200,
        description="An address as mail takes it, without signs that part addresses.",
    ),
]
Phone = Annotated[str, msgspec.Meta(pattern=rf"^[0-9+(). -]*{END}", max_length=40)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Hour = Annotated[str, msgspec.Meta(pattern=rf"^([01][0-9]|2[0-3]):[0-5][0-9]{END}")]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=1_440)]
Length = Annotated[int, msgspec.Meta(ge=1, le=1_440)]
Days = Annotated[int, msgspec.Meta(ge=0, le=400)]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
HalfDay = Literal["am", "pm"]
Few = msgspec.Meta(max_length=200)


class Incoming(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sent to us: unknown fields, signs that do not show and far dates are refused."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            for value in _values(getattr(self, name)):
                wrong = _wrong(value)
                if wrong:
                    raise ValueError(f"{name}: {wrong}")


class Archivable(Incoming, frozen=True, kw_only=True):
    """What is no longer used is archived: things that happened refer to it."""

    archived: bool = False


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered."""


class Page(Outgoing, frozen=True, kw_only=True):
    """A part of a list: `total` counts what the filters let through; `next_offset` null: there are no more.

    Each kind adds its `items`.
    """

    total: int
    next_offset: int | None = None


def _values(value: object) -> Iterator[object]:
    """The plain values of a field; structs inside have looked at themselves."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _values(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


def _wrong(value: object) -> str:
    if isinstance(value, str):
        sign = hidden_sign(value)
        return f"signs that do not show ({sign})" if sign else ""
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return f"not between {FIRST_YEAR} and {LAST_YEAR}"
    return ""
