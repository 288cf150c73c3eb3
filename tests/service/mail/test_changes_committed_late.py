"""A change that commits after others of a later instant is told in the next minute, on both engines, exactly once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from db.bulk import insert_rows
from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import assignment_events_since
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.settings import set_house_setting
from db.records.assignment import Write
from db.records.staff import StaffMember
from db.records.territory import Territory
from db.tables.assignment import AssignmentEvent
from db.transaction import in_transaction
from service.mail.tell_changes import changes_wait, tell_changes
from service.settings import Settings, read_settings
from tests.db.assignments import interview, new, territory_with_facts
from tests.service.mail.told_rows import told_of

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
SETTINGS: Settings = read_settings({})
WRITERS = 12
MANY = 5_100


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    person = await fact(territory.id, StaffMember, "AR")
    changed = msgspec.structs.replace(person, email="ar@exemple.fr")
    await change_fact(territory.id, changed, version=person.version)
    return territory


async def write(territory: Territory, number: int, at: datetime) -> Write:
    made = new(interview(number))
    await write_assignments(territory.id, [made], Author(at=at))
    return made


async def test_a_change_with_an_earlier_instant_is_told_without_waiting_for_another(
    territory: Territory,
) -> None:
    now = datetime.now(UTC)
    for number, seconds_ago in ((1, 0), (2, 30)):
        await write(territory, number, now - timedelta(seconds=seconds_ago))
        assert await changes_wait(now)
        assert await tell_changes(SETTINGS) == 1
        assert not await changes_wait(now)


async def test_a_look_kept_by_an_earlier_version_is_gone_on_from(territory: Territory) -> None:
    now = datetime.now(UTC)
    await set_house_setting("mail.changes_until", now.isoformat())
    assert not await changes_wait(now)
    await write(territory, 1, now - timedelta(seconds=30))
    assert await changes_wait(now)
    assert await tell_changes(SETTINGS) == 1
    assert not await changes_wait(now)


async def test_what_many_write_at_once_in_any_order_is_each_told_once(territory: Territory) -> None:
    """Each takes its instant first and commits later, the first last, while somebody looks all the time."""
    ended = asyncio.Event()

    async def act(number: int) -> Write:
        at = datetime.now(UTC) + timedelta(milliseconds=number)
        await asyncio.sleep((WRITERS - number) * 0.03)
        return await in_transaction(lambda: write(territory, number, at), territory_id=territory.id)

    async def look() -> None:
        while not ended.is_set():
            await _minute()
            await asyncio.sleep(0.005)

    looking = asyncio.create_task(look())
    written = await asyncio.gather(*(act(number) for number in range(1, WRITERS + 1)))
    ended.set()
    await looking
    await _minute()
    events = await assignment_events_since(datetime.now(UTC) - timedelta(hours=1))
    told = Counter([entry.event_id for one in written for entry in await told_of(one.id)])
    assert told == Counter([event.id for event in events])
    assert len(told) == WRITERS


async def test_after_a_minute_of_very_many_changes_the_next_one_is_told(territory: Territory) -> None:
    """More than a month's publication writes: the look ends at the last of them, and rests."""
    now = datetime.now(UTC)
    made = await write(territory, 1, now - timedelta(seconds=90))
    rows = [
        {
            "assignment": made.id,
            "territory": territory.id,
            "at": now - timedelta(seconds=60) + timedelta(milliseconds=number),
            "what": "seen",
            "revision": number + 2,
        }
        for number in range(MANY)
    ]
    await in_transaction(lambda: insert_rows(AssignmentEvent, rows))
    await tell_changes(SETTINGS)
    assert len(await assignment_events_since(now - timedelta(hours=1), territory_id=territory.id)) == MANY + 1
    assert not await changes_wait(now)
    await write(territory, 2, now)
    assert await changes_wait(now)
    assert await tell_changes(SETTINGS) == 1
    assert not await changes_wait(now)


async def _minute() -> None:
    """What the job of every minute does: it looks only when something waits."""
    if await changes_wait(datetime.now(UTC)):
        await tell_changes(SETTINGS)
