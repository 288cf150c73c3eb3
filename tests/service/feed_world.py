"""A territory with addresses of feeds, for tests: who reads what, and what is in it."""

from datetime import UTC, datetime
from uuid import UUID

import icalendar
import msgspec

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.records.assignment import Assignment, Content, Write
from db.records.territory import Territory
from service.actions.make_feed_address import make_feed_address
from service.feed_options import PLAIN, FeedOptions
from service.feed_store import FeedStore

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of December 2026, UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


async def subject_id(territory: Territory, kind: str, code: str) -> UUID:
    facts = await facts_of(territory.id)
    named = {"staff": facts.staff, "site": facts.sites, "promotion": facts.promotions}
    named |= {"partner": facts.partners, "free_busy": facts.partners}
    found = territory.id if kind == "territory" else next(one.id for one in named[kind] if one.code == code)
    assert found is not None
    return found


async def address_of(
    territory: Territory, kind: str = "staff", code: str = "AR", options: FeedOptions = PLAIN
) -> str:
    """The name of a feed behind `/feeds/`."""
    subject = await subject_id(territory, kind, code)
    token, _ = await make_feed_address(territory.id, kind, subject, "Téléphone", options)
    return f"{token}.ics"


async def events_of(store: FeedStore, name: str, now: datetime = NOW) -> list[icalendar.Event]:
    served = await store.serve(name, now)
    found: list[icalendar.Event] = icalendar.Calendar.from_ical(served.body).walk("VEVENT")
    return found


async def change(territory: Territory, id_: UUID, when: datetime, **changes: object) -> Assignment:
    """A change of one assignment, as a publication or a living change writes it."""
    (before,) = await assignments_of(territory.id, Wanted(ids=(id_,)))
    content: Content = msgspec.structs.replace(content_of(before), **changes)
    await write_assignments(territory.id, [Write(id=id_, content=content)], Author(at=when))
    (after,) = await assignments_of(territory.id, Wanted(ids=(id_,)))
    return after
