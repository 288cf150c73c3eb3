"""Who refers to a fact is told exactly where the database refuses to let it go."""

import msgspec
import pytest

from db.errors import BrokenReferenceError
from db.kinds import KINDS
from db.queries.fact_storing import change_fact, remove_fact
from db.queries.facts import all_facts, fact
from db.queries.referrers import referrers
from db.records.site import Site
from db.transaction import in_transaction
from tests.db.assignments import interview, new, permanence, publish, session, territory_with_facts

pytestmark = pytest.mark.usefixtures("database")


class _KeptError(Exception):
    """Takes back what was only tried."""


async def _refuses(territory_id, record, code: str) -> bool:
    async def work() -> None:
        await remove_fact(territory_id, record, code)
        raise _KeptError

    try:
        await in_transaction(work)
    except BrokenReferenceError:
        return True
    except _KeptError:
        return False
    raise AssertionError("unreachable")


async def test_of_every_fact_the_referrers_are_told_and_of_what_may_go_there_are_none():
    territory = await territory_with_facts()
    await publish(territory, new(permanence()), new(interview(2)), new(session(3)))
    refused = 0
    for kind in KINDS:
        for one in await all_facts(territory.id, kind.record):
            found = await referrers(territory.id, kind.record, one.code)
            assert bool(found) == await _refuses(territory.id, kind.record, one.code), (kind.name, one.code)
            assert all(told.count >= len(told.things) > 0 for told in found)
            refused += bool(found)
    assert refused > 4


async def test_names_and_counts_are_told_of_each_kind_and_more_than_five_are_counted():
    territory = await territory_with_facts()
    await publish(territory, *(new(permanence(day)) for day in (1, 2, 3, 4, 7, 8)))
    found = {one.kind: one for one in await referrers(territory.id, Site, "gagny")}
    assert found["assignment"].count == 6
    assert len(found["assignment"].things) == 5
    assert found["cadence"].things[0].code == "gagny-permanence"
    assert found["cadence"].things[0].name
    assert await referrers(territory.id, Site, "gone") == ()


async def test_of_a_part_only_what_refers_to_parts_is_told():
    territory = await territory_with_facts()
    await publish(territory, new(permanence()), new(session(3)))
    site = await fact(territory.id, Site, "gagny")
    without = msgspec.structs.replace(site, rooms=())
    with pytest.raises(BrokenReferenceError):
        await change_fact(territory.id, without, version=site.version)
    (told,) = await referrers(territory.id, Site, site.code, of_parts=True)
    assert (told.kind, told.count) == ("assignment", 1)
