"""Feeds as a client reads them, and living changes of what is in them, for tests."""

from datetime import UTC, datetime, timedelta

import httpx
import icalendar
import msgspec

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.records.assignment import Assignment, Content, Write
from db.records.territory import Territory
from service.actions.make_feed_address import make_feed_address

Client = httpx.AsyncClient


NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def address(
    territory: Territory, kind: str = "staff", code: str = "AR", device: str = "Téléphone"
) -> str:
    facts = await facts_of(territory.id)
    named = {"staff": facts.staff, "site": facts.sites, "promotion": facts.promotions}
    named |= {"partner": facts.partners, "free_busy": facts.partners}
    subject = territory.id
    if kind != "territory":
        subject = next(one.id for one in named[kind] if one.code == code)
    token, _ = await make_feed_address(territory.id, kind, subject, device)
    return f"/feeds/{token}.ics"


async def events(client: Client, path: str) -> list[icalendar.Event]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


async def permanences(client: Client, path: str) -> list[icalendar.Event]:
    return [one for one in await events(client, path) if "Permanence" in one["SUMMARY"]]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


STEP = iter(range(1, 1000))


async def change(territory: Territory, event: icalendar.Event, **changes: object) -> None:
    """A living change of the assignment behind an event, each later than the one before."""
    id_ = str(event["UID"]).removesuffix("@escale")
    found: list[Assignment] = list(await assignments_of(territory.id, Wanted()))
    content: Content = content_of(next(one for one in found if str(one.id) == id_))
    write = Write(
        id=next(one.id for one in found if str(one.id) == id_),
        content=msgspec.structs.replace(content, **changes),
    )
    await write_assignments(territory.id, [write], Author(at=NOW + timedelta(minutes=next(STEP))))
