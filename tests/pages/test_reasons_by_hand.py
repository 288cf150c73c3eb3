"""Why a draft changes what is published: what hands did is told as theirs, however long ago and whatever came after."""

import re

import httpx
import msgspec
import pytest

from db.records.plan import Plan, PlanItem
from service.actions.edit_draft import MOST_STEPS
from service.pages.seen import seen_of
from tests.pages.december_draft import MONTH, act, computed, newest, permanences, published
from tests.service.door import plain
from tests.service.small_territory import OPTIONS

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def told(visitor: httpx.AsyncClient, against: str = "") -> str:
    return re.sub(r"\s+", " ", plain(await visitor.get(f"{MONTH}/comparer{against}")))


async def edit(visitor: httpx.AsyncClient, page: str, **fields: str) -> None:
    done = await act(visitor, page, **fields, revision=seen_of(await newest()))
    assert done.status_code == 303, plain(done)


async def moved_by_hand(visitor: httpx.AsyncClient) -> PlanItem:
    """A permanence of a draft that begins as what is published, put elsewhere."""
    await published()
    await act(visitor, "modifier")
    item, before = (await permanences())[0], {one.key for one in await permanences()}
    place = (await visitor.get(f"{MONTH}/places?cle={item.key}")).json()["places"][0]
    await edit(visitor, "deplacer", cle=item.key, rangee="gagny", jour=place["on"], demi=place["half"])
    (now,) = [one for one in await permanences() if one.key not in before]
    return now


async def computed_from(draft: Plan) -> Plan:
    return await computed(msgspec.structs.replace(OPTIONS, pins_of=draft.id))


async def test_what_was_moved_pinned_and_computed_again_was_not_chosen_by_the_planner(
    visitor: httpx.AsyncClient,
) -> None:
    item = await moved_by_hand(visitor)
    await edit(visitor, "epingler", cle=item.key)
    await computed_from(await newest())
    shown = await told(visitor)
    assert "Épinglé à la main" in shown
    assert "Choisi par le calcul" not in shown


async def test_what_comes_back_with_an_earlier_version_was_not_changed_in_what_is_published(
    visitor: httpx.AsyncClient,
) -> None:
    await moved_by_hand(visitor)
    edited = await newest()
    await computed()
    await act(visitor, "modifier", revision=seen_of(edited))
    assert (await newest()).made_from == edited.id
    shown = await told(visitor)
    assert "Repris de la version 2" in shown
    assert "à partir de la version 2" in shown
    assert "Changé depuis dans ce qui est publié" not in shown
    await published()
    assert "Repris de la version 3, ou changé depuis" in await told(visitor, "?avec=1")


async def test_what_a_hand_did_too_long_ago_to_be_undone_is_still_its_own(visitor: httpx.AsyncClient) -> None:
    await moved_by_hand(visitor)
    other = (await permanences())[-1]
    for _ in range(MOST_STEPS):
        await edit(visitor, "epingler", cle=other.key)
    assert "Décidé par c<" in await told(visitor)
    for _ in range(MOST_STEPS):
        await edit(visitor, "annuler")
    shown = await told(visitor)
    assert "Décidé par c<" in shown
    assert "Ouverte à la main" in shown
    assert "C.O." not in shown.partition("<main")[2], "one person has one name"
    assert "Changé depuis dans ce qui est publié" not in shown
