"""Who came so far in the month under way, by the days of the territory itself."""

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from db.queries.assignment_writing import write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.queries.fact_storing import store_facts
from db.queries.territories import add_territory
from db.records.assignment import Content, Write
from service.actions.actor import HOUSE
from service.demo.month_under_way import note_who_came
from tests.service.small_territory import FACTS

pytestmark = pytest.mark.usefixtures("database")
NOUMEA = ZoneInfo("Pacific/Noumea")
NOW = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
"""10:30 on Friday the 20th there: what was at 8 h that day is today's, not yesterday's."""


def at_eight(day: int) -> Write:
    begins = datetime(2026, 11, day, 8, tzinfo=NOUMEA)
    content = Content(
        kind="interview",
        key=f"interview:KM4821/{day}:1",
        held_on=begins.date(),
        half_day="am",
        starts_at=begins,
        ends_at=begins.replace(hour=9),
        staff=("AR",),
        site="bureau",
        participant="KM4821",
        programme="o2r",
        interview_kind="suivi",
        mode="on_site",
    )
    return Write(id=uuid4(), content=content)


async def test_yesterday_is_left_to_note_where_it_is_already_morning() -> None:
    territory = await add_territory(
        code="noumea", name="Nouméa", zone=NOUMEA.key, departements=("988",), settings={}
    )
    await store_facts(territory.id, FACTS)
    await write_assignments(territory.id, [at_eight(day) for day in (18, 19, 20)], HOUSE.author(NOW))
    assert await note_who_came(territory, NOW) == 1
    first, *others = await assignments_of(territory.id, Wanted())
    assert (first.held_on.day, first.status) == (18, "held")
    assert {one.status for one in others} == {"planned"}
    (noted,) = await attendance_of(territory.id, [first.id])
    assert (noted.status, noted.participant, noted.noted_at) == ("honoured", "KM4821", NOW)
