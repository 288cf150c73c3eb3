"""A fact that names something unknown here: which of its fields does."""

import msgspec

from db.errors import NotFoundError
from db.records.base import Fact
from service.errors import NotFound


def named_wrongly(record: Fact, error: NotFoundError) -> NotFound:
    """404 with `invalid`, the field of the record that holds the code; other territories' codes are unknown too."""
    field = next((name for name in record.__struct_fields__ if _holds(getattr(record, name), error.ref)), "")
    message = f"inconnu dans ce territoire ({error.kind})"
    return NotFound("Ce qui est nommé n’existe pas ici.", invalid=[{"field": field, "message": message}])


def _holds(value: object, code: object) -> bool:
    if isinstance(value, msgspec.Struct):
        return any(_holds(getattr(value, name), code) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return any(_holds(one, code) for one in value)
    return isinstance(value, str) and value == code
