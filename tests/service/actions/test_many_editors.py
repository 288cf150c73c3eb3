"""Fifty people who edit the same fact at once, each after reading it: no change of theirs is lost."""

import asyncio

import msgspec
import pytest

from db.queries.facts import fact
from db.records.site import Room, Site
from db.records.territory import Territory
from service.actions.replace_fact import replace_fact
from service.errors import StaleVersion
from tests.service.living_territory import make_living

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
EDITORS = 50


async def edit(territory: Territory) -> int:
    """Adds one to a number that was read before; how often somebody else was faster."""
    for tries in range(10 * EDITORS):
        read = await fact(territory.id, Site, "gagny")
        wanted = read.position + 1
        try:
            await replace_fact(
                territory,
                Site,
                "gagny",
                lambda present, wanted=wanted: msgspec.structs.replace(present, position=wanted),
                lambda _, version=read.version: version,
            )
        except StaleVersion:
            continue
        return tries
    raise AssertionError("never the first")


async def test_fifty_editors_of_one_fact_lose_no_update() -> None:
    territory = await make_living()
    before = await fact(territory.id, Site, "gagny")
    await asyncio.gather(*(edit(territory) for _ in range(EDITORS)))
    after = await fact(territory.id, Site, "gagny")
    assert (after.position, after.version) == (before.position + EDITORS, before.version + EDITORS)


async def test_parts_that_fifty_editors_add_are_all_there() -> None:
    territory = await make_living()

    async def rename(number: int) -> None:
        code = ("gagny", "bureau")[number % 2]
        for _ in range(10 * EDITORS):
            read = await fact(territory.id, Site, code)
            rooms = (*read.rooms, Room(code=f"r{number}"))
            try:
                await replace_fact(
                    territory,
                    Site,
                    code,
                    lambda present, rooms=rooms: msgspec.structs.replace(present, rooms=rooms),
                    lambda _, version=read.version: version,
                )
            except StaleVersion:
                continue
            return

    await asyncio.gather(*(rename(number) for number in range(EDITORS)))
    rooms = [len((await fact(territory.id, Site, code)).rooms) for code in ("gagny", "bureau")]
    assert sum(rooms) == EDITORS
