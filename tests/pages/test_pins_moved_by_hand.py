"""What was pinned and is moved by hand in a draft: pinned where it was put, in the next computation and once published."""

from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import pins
from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.plan import PlanItem
from db.transaction import in_transaction
from service.actions.call_off import CallOff, call_off
from service.pages.seen import seen_of
from tests.pages.december_draft import MONTH, act, computed, newest, permanences, published
from tests.service.door import plain
from tests.service.small_territory import ACTOR, OPTIONS

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def edit(visitor: httpx.AsyncClient, page: str, **fields: str) -> None:
    done = await act(visitor, page, **fields, revision=seen_of(await newest()))
    assert done.status_code == 303, plain(done)


async def pinned_and_published(visitor: httpx.AsyncClient) -> PlanItem:
    """A permanence whose pin is a fact, in a draft of what is published."""
    item = (await permanences())[0]
    await edit(visitor, "epingler", cle=item.key)
    await published()
    await act(visitor, "modifier")
    assert item.key in await pinned_keys()
    return item


async def pinned_keys() -> set[str]:
    return {one.key for one in await pins((await territory_by_code("petite")).id)}


async def moved(visitor: httpx.AsyncClient, item: PlanItem) -> PlanItem:
    """To the best place of the board, which breaks no rule: its own pin goes along."""
    place = (await visitor.get(f"{MONTH}/places?cle={item.key}")).json()["places"][0]
    assert place["effect"] != "breaks"
    before = {one.key for one in await permanences()}
    spot = {"rangee": "gagny", "jour": place["on"], "demi": place["half"]}
    told = plain(await visitor.get(f"{MONTH}/deplacer?cle={item.key}", params={"cle": item.key, **spot}))
    assert "elle le reste, à sa nouvelle place" in told
    await edit(visitor, "deplacer", cle=item.key, **spot)
    (now,) = [one for one in await permanences() if one.key not in before]
    return now


async def computed_again() -> dict[str, bool]:
    """What the next computation from the draft holds, and whether it is pinned."""
    plan = await computed(msgspec.structs.replace(OPTIONS, pins_of=(await newest()).id))
    assert plan.overruled == ()
    return {one.key: one.pinned for one in await items_of(plan.id)}


async def test_its_pin_goes_along_to_what_is_computed_and_published(visitor: httpx.AsyncClient) -> None:
    old = await pinned_and_published(visitor)
    new = await moved(visitor, old)
    assert (await newest()).overruled == ()
    for _ in ("the first", "what is computed from it"):
        held = await computed_again()
        assert held[new.key]
        assert old.key not in held
    assert old.key in await pinned_keys()
    await published()
    assert {old.key, new.key} & await pinned_keys() == {new.key}


async def test_moved_and_published_without_computing_it_is_pinned_there_alone(
    visitor: httpx.AsyncClient,
) -> None:
    old = await pinned_and_published(visitor)
    new = await moved(visitor, old)
    await published()
    assert {old.key, new.key} & await pinned_keys() == {new.key}


async def test_taken_off_it_is_pinned_nowhere(visitor: httpx.AsyncClient) -> None:
    old = await pinned_and_published(visitor)
    await edit(visitor, "retirer", cle=old.key)
    await computed_again()
    await published()
    assert old.key not in await pinned_keys()


async def test_taken_back_or_thrown_away_the_pin_is_as_before(visitor: httpx.AsyncClient) -> None:
    old = await pinned_and_published(visitor)
    await moved(visitor, old)
    await edit(visitor, "annuler")
    assert (await computed_again())[old.key]
    assert old.key in await pinned_keys()


async def two_workshops() -> list[PlanItem]:
    """Drafted anew, with two open workshops of one cadence."""
    territory = await territory_by_code("petite")
    await store_facts(
        territory.id,
        FactSet(cadences=(Cadence(code="cv", name="CV", site="bureau", kind="session", asked=2),)),
    )
    await computed()
    return await workshops()


async def workshops() -> list[PlanItem]:
    held = (one for one in await items_of((await newest()).id) if one.kind == "session")
    return sorted(held, key=lambda one: one.held_on)


async def called_off(item: PlanItem) -> None:
    territory = await territory_by_code("petite")
    wanted = Wanted(from_on=item.held_on, until_on=item.held_on)
    found = [one for one in await assignments_of(territory.id, wanted) if one.key == item.key]
    now = datetime.now(UTC)

    async def work() -> object:
        return await call_off(territory, found, CallOff(), ACTOR, now)

    await in_transaction(work, territory_id=territory.id)


async def test_a_workshop_that_no_hand_moved_stays_pinned_once_an_earlier_one_is_called_off(
    visitor: httpx.AsyncClient,
) -> None:
    first, second = await two_workshops()
    await edit(visitor, "epingler", cle=second.key)
    await published()
    await called_off(first)
    await act(visitor, "modifier")
    (held,) = await workshops()
    assert (held.key, held.pinned, held.number == second.number) == (second.key, True, False)
    assert (await computed_again())[second.key]
    await published()
    assert second.key in await pinned_keys()


async def test_a_draft_that_counts_workshops_otherwise_meets_their_pins(visitor: httpx.AsyncClient) -> None:
    first, second = await two_workshops()
    await edit(visitor, "epingler", cle=second.key)
    await published()
    await act(visitor, "modifier")
    await called_off(first)
    await edit(visitor, "retirer", cle=first.key)
    plan = await published()
    assert plan.overruled == ()
    assert [key for key in await pinned_keys() if key.startswith("session:")] == [second.key]


async def test_a_workshop_taken_off_by_hand_is_pinned_nowhere(visitor: httpx.AsyncClient) -> None:
    _, second = await two_workshops()
    await edit(visitor, "epingler", cle=second.key)
    await published()
    await act(visitor, "modifier")
    await edit(visitor, "retirer", cle=second.key)
    await published()
    assert second.key not in await pinned_keys()
