"""Many people who edit the same fact at once, each after reading it: no change of theirs is lost."""

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
MANY = pytest.mark.parametrize("editors", [16, pytest.param(50, marks=pytest.mark.soak)])
TRIES = 500


async def edit(territory: Territory) -> int:
    """Adds one to a number that was read before; how often somebody else was faster."""
    for tries in range(TRIES):
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


@MANY
async def test_many_editors_of_one_fact_lose_no_update(editors: int) -> None:
    territory = await make_living()
    before = await fact(territory.id, Site, "gagny")
    await asyncio.gather(*(edit(territory) for _ in range(editors)))
    after = await fact(territory.id, Site, "gagny")
    assert (after.position, after.version) == (before.position + editors, before.version + editors)


@MANY
async def test_parts_that_many_editors_add_are_all_there(editors: int) -> None:
    territory = await make_living()

    async def rename(number: int) -> None:
        code = ("gagny", "bureau")[number % 2]
        for _ in range(TRIES):
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

    await asyncio.gather(*(rename(number) for number in range(editors)))
    rooms = [len((await fact(territory.id, Site, code)).rooms) for code in ("gagny", "bureau")]
    assert sum(rooms) == editors
