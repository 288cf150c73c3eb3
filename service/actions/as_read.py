"""Whether a published thing is still what somebody read, and what of it changed since."""

from collections.abc import Mapping
from typing import Any

import msgspec

from db.queries.assignments import events_of
from db.records.assignment import Assignment
from service.errors import StaleVersion

TOLD = ("status", "starts_at", "ends_at", "staff", "site", "room", "mode")
"""Fields that people decide; nothing of who comes."""


class Changed(StaleVersion):
    """It was changed since it was read: `revision` is the present one, `changed` each field with theirs and yours."""

    code = "interview-changed"
    title = "Ce rendez-vous a changé entre-temps"


async def must_be_as_read(
    present: Assignment, revision: int | None, asked: Mapping[str, object] | None = None
) -> None:
    """Raises `Changed`; a null revision is any. `asked` is what one wants; else yours is what one had read."""
    if revision in (None, present.revision):
        return
    now = _plain(present)
    before = await _as_it_was(present, revision or 0)
    wanted = {name: value for name, value in (asked or {}).items() if value is not None}
    yours = before | _plain(wanted)
    changed: list[Any] = [
        {"field": name, "theirs": now[name], "yours": yours.get(name)}
        for name in TOLD
        if yours.get(name) != now[name]
    ]
    raise Changed(revision=present.revision, changed=changed)


async def _as_it_was(present: Assignment, revision: int) -> dict[str, Any]:
    """At that revision; empty when its history does not know."""
    later = (one for one in await events_of(present.id) if one.revision > revision)
    first = next(later, None)
    return dict(first.before or {}) if first is not None else {}


def _plain(value: object) -> dict[str, Any]:
    """As histories keep it: what JSON has."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return plain
