"""Refusals in the trail: one line for whoever asks the same again within an hour, also at once; few references."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from db.queries.refusals import MOST_NAMED, note_refusal
from db.queries.trail import Sought, trail
from db.records.trail import TrailEntry
from tests.db.assignments import NOON

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/t/…/personnes/…"
REFUSED = TrailEntry(at=NOON, action="refused", actor_id=uuid4(), about_kind="page", about_ref=PAGE)


async def lines() -> list[str | None]:
    """What was refused, the first first."""
    return [one.about_ref for one in reversed(await trail(Sought(actions=("refused",)), limit=1000))]


async def test_the_same_asked_again_in_the_hour_is_one_line():
    for minutes in (0, 20, 59, 60, 61):
        later = msgspec.structs.replace(REFUSED, at=NOON + timedelta(minutes=minutes))
        await note_refusal(later, page=PAGE)
    assert await lines() == [PAGE, PAGE]


async def test_another_person_territory_or_page_is_another_line():
    elsewhere = uuid4()
    for changed in ({}, {"actor_id": uuid4()}, {"territory_id": elsewhere}, {"about_ref": "/t/…/places"}):
        for _ in range(2):
            await note_refusal(msgspec.structs.replace(REFUSED, **changed), page=PAGE)
    assert Counter(await lines()) == {PAGE: 3, "/t/…/places": 1}


async def test_many_at_once_are_one_line():
    await asyncio.gather(*(note_refusal(REFUSED, page=PAGE) for _ in range(12)))
    assert await lines() == [PAGE]


async def test_of_many_references_some_are_named_and_the_others_told_by_their_page():
    asked = [f"XY{number:04}" for number in range(MOST_NAMED + 10)]
    named = [msgspec.structs.replace(REFUSED, about_kind="participant", about_ref=one) for one in asked]
    await asyncio.gather(*(note_refusal(one, page=PAGE) for one in named))
    found = await lines()
    assert len(found) == len(set(found)) == MOST_NAMED + 1
    assert PAGE in found
    assert set(found) - {PAGE} < set(asked)
