"""Filters of lists: each a word of the address and what it lets through."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec


class Filter(msgspec.Struct, frozen=True):
    """`type` is that of what is asked; days are those of the territory's zone."""

    type: Any
    lets_through: Callable[[Any, Any, ZoneInfo], bool]


def _same(name: str) -> Filter:
    return Filter(str, lambda record, asked, _: getattr(record, name) == asked)


def _at_site(record: Any, asked: str, _: ZoneInfo) -> bool:
    sites = getattr(record, "sites", None)
    if sites is None:
        return bool(record.site == asked)
    return any(asked in (one, getattr(one, "site", None)) for one in sites)


def _first_on(record: Any, zone: ZoneInfo) -> date | None:
    starts_at = getattr(record, "starts_at", None)
    if isinstance(starts_at, datetime):
        return starts_at.astimezone(zone).date()
    return (
        getattr(record, "busy_on", None)
        or getattr(record, "wished_on", None)
        or getattr(record, "from_on", None)
    )


def _last_on(record: Any, zone: ZoneInfo) -> date | None:
    ends_at = getattr(record, "ends_at", None)
    if isinstance(ends_at, datetime):
        return (ends_at.astimezone(zone) - timedelta(seconds=1)).date()
    return (
        getattr(record, "busy_on", None)
        or getattr(record, "wished_on", None)
        or getattr(record, "until_on", None)
    )


FILTERS: Mapping[str, Filter] = {
    **{
        name: _same(name)
        for name in ("staff", "participant", "programme", "referent", "state", "kind", "mode")
    },
    "site": Filter(str, _at_site),
    "attendee": Filter(str, lambda record, asked, _: asked in record.attendees),
    "archived": Filter(bool, lambda record, asked, _: (record.archived_at is not None) is asked),
    "from_on": Filter(date, lambda record, asked, zone: (_last_on(record, zone) or date.max) >= asked),
    "until_on": Filter(date, lambda record, asked, zone: (_first_on(record, zone) or date.min) <= asked),
}
"""`from_on` and `until_on` let through what has a day between them, both included."""


def chosen(records: tuple[Any, ...], asked: Mapping[str, Any], zone: ZoneInfo) -> list[Any]:
    """The records that every filter lets through."""
    wanted = [(FILTERS[name], value) for name, value in asked.items()]
    return [
        record for record in records if all(one.lets_through(record, value, zone) for one, value in wanted)
    ]
