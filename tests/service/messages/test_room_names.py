"""A room is called as its site calls it, and nothing else that has its code is called a room."""

import msgspec
import pytest

from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.records.facts import FactSet
from db.records.site import Room
from planner.audit import Auditor
from planner.plan import Plan
from planner.why.fact import Fact
from service.explaining.living_plans import names_of, rooms_of
from service.messages.explanations import Explained
from service.pages.board.source import labels_of
from service.translate.problem import Snapshot, translate
from tests.service.small_territory import FIRST_ON, LAST_ON, TODAY_ON, make_territory

pytestmark = pytest.mark.usefixtures("database")
CALLED = {"bureau": "salle Rouge", "gagny": "salle Bleue"}


async def named() -> Snapshot:
    """Two sites that have a room « r » each."""
    territory = await make_territory()
    sites = [
        msgspec.structs.replace(one, rooms=(Room(code="r", name=CALLED[one.code], seats=6),))
        for one in (await facts_of(territory.id)).sites
    ]
    await store_facts(territory.id, FactSet(sites=tuple(sites)))
    return Snapshot(facts=await facts_of(territory.id))


async def test_rooms_of_one_code_are_told_apart_by_their_site() -> None:
    found = await named()
    problem = translate(found, FIRST_ON, LAST_ON, TODAY_ON).problem
    words = Explained(Auditor(problem).view(Plan()), names_of(found), rooms_of(found))
    labels = labels_of(found.facts, FIRST_ON, LAST_ON)
    for site, room in CALLED.items():
        (said,) = words.told([Fact(kind="room", site=site, about="r")])
        assert f"({room}, 6 places)" in said
        assert labels.room(site, "r") == words.words.room(site, "r") == room


async def test_what_has_the_code_of_a_room_is_no_room() -> None:
    found = await named()
    assert "r" not in names_of(found)
    assert "r" not in labels_of(found.facts, FIRST_ON, LAST_ON).names
