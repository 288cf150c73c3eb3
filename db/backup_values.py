"""Values of a backup: what JSON cannot carry, written as text and read back by the column's type."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID


def written(value: Any) -> Any:
    """A value as JSON takes it: bytes as base 64, the rest as msgspec writes it."""
    return b64encode(value).decode() if isinstance(value, bytes) else value


def reader_of(type_: str) -> Callable[[Any], Any]:
    """How a value of a column of that SQL type is read back; null stays null."""
    read = _READERS.get(type_)
    if read is None:
        return lambda value: value
    return lambda value: None if value is None else read(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "UUID": UUID,
    "DATE": date.fromisoformat,
    "TIMESTAMPTZ": datetime.fromisoformat,
    "BYTEA": b64decode,
}
