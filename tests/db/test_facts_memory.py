"""Facts kept in memory: the same while nothing changed, never what a transaction took back."""

from uuid import UUID

import msgspec
import pytest

from db.queries.fact_storing import add_fact, change_fact, store_facts
from db.queries.facts import facts_of
from db.queries.territories import raise_published_revision
from db.records.territory import Programme
from db.transaction import transaction
from tests.db.facts import every_fact, make_territory

pytestmark = pytest.mark.usefixtures("database")


class _TakenBackError(Exception):
    pass


async def test_what_did_not_change_is_not_read_again_and_what_did_is():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    first, again = await facts_of(territory.id), await facts_of(territory.id)
    assert again.sites is first.sites
    await raise_published_revision(territory.id)
    published = await facts_of(territory.id)
    assert published.territory.published_revision == first.territory.published_revision + 1
    assert published.sites is first.sites
    site = first.sites[0]
    await change_fact(territory.id, msgspec.structs.replace(site, name="Autrement"), version=site.version)
    changed = await facts_of(territory.id)
    assert changed.sites[0].name == "Autrement"


async def _add_and_take_back(territory_id: UUID) -> None:
    async with transaction():
        await add_fact(territory_id, Programme(code="nobody", name="Nobody"))
        assert [one.code for one in (await facts_of(territory_id)).programmes] == ["nobody"]
        raise _TakenBackError


async def test_what_a_transaction_wrote_and_took_back_is_not_remembered():
    territory = await make_territory()
    await facts_of(territory.id)
    with pytest.raises(_TakenBackError):
        await _add_and_take_back(territory.id)
    await add_fact(territory.id, Programme(code="real", name="Real"))
    assert [one.code for one in (await facts_of(territory.id)).programmes] == ["real"]
    async with transaction():
        await add_fact(territory.id, Programme(code="second", name="Second"))
        inside = await facts_of(territory.id)
    assert {one.code for one in inside.programmes} == {"real", "second"}
    assert await facts_of(territory.id) == inside
