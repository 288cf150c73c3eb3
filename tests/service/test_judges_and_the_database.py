"""Every independent reader finds in the served bytes what the database holds: UID, start, end, title."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.records.assignment import Assignment, Content
from db.records.facts import Facts, FactSet
from db.records.site import Closure
from db.records.territory import Territory
from service.feed_store import FeedStore
from tests.calendars.readers import READERS, Row, shown
from tests.db.assignments import interview, new, permanence, session, territory_with_facts
from tests.service.feed_world import NOW, address_of, change

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.server,
    pytest.mark.slow,
]
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)


def on(day: date, hour: int, minutes: int = 180, **changes: object) -> Content:
    """A permanence at an hour of UTC."""
    starts_at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    times = {"held_on": day, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
    return permanence(1, **{"key": f"permanence/{day}/{hour}", **times, **changes})


async def filled() -> Territory:
    """Each kind and state: before, on and after both clock changes, across midnight, cancelled, given away."""
    territory = await territory_with_facts()
    noel = Closure(code="noel", site="gagny", from_on=date(2026, 12, 28), until_on=date(2027, 1, 2))
    await store_facts(territory.id, FactSet(closures=(noel,)))
    phone = {"site": None, "mode": "phone", "key": "interview/telephone", "need": None, "participant": None}
    cancelled, given, moved, host = (
        new(permanence(15)),
        new(permanence(16)),
        new(permanence(17)),
        new(permanence(1)),
    )
    writes = [
        host,
        cancelled,
        given,
        moved,
        new(interview(1, 8, 45, host_id=host.id)),
        new(interview(2, site="bureau", need=None, key="interview/bureau", participant=None)),
        new(interview(3, **phone)),
        new(session(3, staff=("AR", "LD"))),
        *(new(on(AUTUMN + timedelta(days=day), 7)) for day in (-1, 0, 1)),
        *(new(on(SPRING + timedelta(days=day), 7)) for day in (-1, 0, 1)),
        new(on(SPRING, 0, half_day="pm", key="permanence/nuit")),
        new(on(date(2026, 12, 22), 21, 300, half_day="pm", key="permanence/minuit")),
    ]
    await write_assignments(territory.id, writes, Author(at=NOW))
    await change(territory, cancelled.id, NOW, status="cancelled", cancelled_by="site")
    await change(territory, given.id, NOW, staff=("LD",))
    later = permanence(18)
    times = {"held_on": later.held_on, "starts_at": later.starts_at, "ends_at": later.ends_at}
    await change(territory, moved.id, NOW, **times)
    return territory


def title(one: Assignment, guests: int, facts: Facts) -> str:
    """As the contract words it, from the database's own fields."""
    names = {site.code: site.short_name or site.name for site in facts.sites}
    prefix = "Annulé : " if one.status == "cancelled" or "AR" not in one.staff else ""
    if one.kind == "permanence":
        return f"{prefix}Permanence · {names[one.site or '']} · {guests}/{one.places}"
    if one.kind == "interview":
        return "Entretien · téléphone" if one.mode == "phone" else "Entretien · Bureau"
    return f"Atelier · {names[one.site or '']} · 1/2 Information collective"


async def from_the_database(territory: Territory) -> list[Row]:
    """What AR's calendar must hold."""
    facts = await facts_of(territory.id)
    found = await assignments_of(territory.id, Wanted(staff="AR"))
    hosts = [one.host_id for one in found if one.host_id]
    rows = [
        (f"{one.id}@escale", shown(one.starts_at), shown(one.ends_at), title(one, hosts.count(one.id), facts))
        for one in found
        if one.host_id is None
    ]
    meetings = [
        (f"{one.id}@escale", shown(one.starts_at), shown(one.ends_at), one.title) for one in facts.meetings
    ]
    return sorted([*rows, *meetings])


async def served(territory: Territory, folder: Path, kind: str, code: str) -> Path:
    feed = await FeedStore("https://escale.test").serve(await address_of(territory, kind, code), NOW)
    path = folder / f"{kind}.ics"
    path.write_bytes(feed.body)
    return path


async def test_all_readers_find_the_events_of_the_database_and_no_others(tmp_path: Path):
    territory = await filled()
    path, expected = await served(territory, tmp_path, "staff", "AR"), await from_the_database(territory)
    assert len(expected) == 16
    for name, read in READERS.items():
        found = sorted(read(path))
        if name == "ts-ics":
            # It changes to summer at midnight instead of two o'clock.
            night = shown(datetime(2027, 3, 28, 0, tzinfo=UTC))
            expected_here = [row for row in expected if row[1] != night]
            ids = {row[0] for row in expected_here}
            assert [row for row in found if row[0] in ids] == expected_here, name
        else:
            assert found == expected, name


async def test_all_readers_find_whole_days_as_days(tmp_path: Path):
    territory = await filled()
    path = await served(territory, tmp_path, "site", "gagny")
    facts = await facts_of(territory.id)
    closure = next(one for one in facts.closures if one.code == "noel")
    row = (f"{closure.id}@escale", "2026-12-28", "2027-01-03", "Fermé · CSL Gagny")
    found = {name: sorted(read(path)) for name, read in READERS.items() if name != "ts-ics"}
    for name, rows in found.items():
        assert row in rows, name
        assert rows == found["libical"], name
