"""Contents of published assignments, for tests; they refer to the facts of `tests.db.facts`."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.records.assignment import Content, Write, Written
from db.records.territory import Territory
from tests.db.facts import at, every_fact, make_territory, on

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


async def territory_with_facts(code: str = "somme") -> Territory:
    territory = await make_territory(code)
    await store_facts(territory.id, every_fact())
    return territory


def permanence(day: int = 1, half_day: str = "am", **changes: Any) -> Content:
    """A permanence at Gagny, by AR unless said otherwise."""
    hour = 9 if half_day == "am" else 13
    values: dict[str, Any] = {
        "kind": "permanence",
        "key": f"permanence/gagny-permanence/{on(day)}/{half_day}",
        "held_on": on(day),
        "half_day": half_day,
        "starts_at": at(day, hour - 1),
        "ends_at": at(day, hour + 2),
        "staff": ("AR",),
        "site": "gagny",
        "cadence": "gagny-permanence",
        "places": 4,
    }
    return Content(**(values | changes))


def interview(day: int = 1, hour: int = 9, minute: int = 0, **changes: Any) -> Content:
    """An hour's diagnostic of KM4821 with AR."""
    values: dict[str, Any] = {
        "kind": "interview",
        "key": f"interview/KM4821/diagnostic/{day}/{hour}/{minute}",
        "held_on": on(day),
        "half_day": "am",
        "starts_at": at(day, hour, minute),
        "ends_at": at(day, hour + 1, minute),
        "staff": ("AR",),
        "site": "gagny",
        "need": "KM4821/diagnostic",
        "participant": "KM4821",
        "interview_kind": "diagnostic",
        "mode": "on_site",
    }
    return Content(**(values | changes))


def session(day: int = 1, **changes: Any) -> Content:
    """A whole-day session of the promotion, by LD."""
    values: dict[str, Any] = {
        "kind": "session",
        "key": "session/sas-7/info",
        "held_on": on(day),
        "starts_at": at(day, 8),
        "ends_at": at(day, 16),
        "staff": ("LD",),
        "site": "gagny",
        "room": "salle-a",
        "promotion": "sas-7",
        "sequence": "info",
    }
    return Content(**(values | changes))


def new(content: Content, **changes: Any) -> Write:
    return Write(id=uuid4(), content=content, **changes)


async def publish(territory: Territory, *writes: Write, when: datetime = NOON) -> Written:
    return await write_assignments(territory.id, writes, Author(at=when, actor_label="C. Coordinatrice"))


def first_of_month() -> date:
    return on(1)
