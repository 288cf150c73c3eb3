"""Generating a month in a browser: what is said of the facts that a computation takes, and where it is stopped."""

import re
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from db.queries.fact_storing import add_fact
from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.plan import Plan, PlanItem
from db.records.site import Closure
from db.records.staff import Absence
from db.states import PlanState
from service.actions.edit_draft import Edit, edit_draft
from service.pages.board.source import load_month
from service.pages.seen import seen_of
from service.translate.kept_pins import keeping_pins
from tests.pages.december_draft import DECEMBER, MONTH, act, computed, newest, permanences
from tests.service.door import plain
from tests.service.small_territory import OPTIONS

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_the_progress_of_a_month_that_was_never_computed_is_not_found(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await visitor.get("/t/petite/planning/2027-05/calcul/flux")).status_code == 404
    assert (await visitor.get("/t/petite/planning/2027-05/calcul")).status_code in (302, 303)


async def test_a_computation_is_stopped_or_given_up_by_these_words_alone(visitor: httpx.AsyncClient) -> None:
    await act(visitor, "generer")
    assert (await act(visitor, "calcul/nimporte")).status_code == 404
    assert (await newest()).state is PlanState.QUEUED
    assert (await act(visitor, "calcul/abandonner")).status_code == 303
    assert (await newest()).state is PlanState.CANCELLED
    assert (await visitor.get(f"{MONTH}/calcul")).status_code == 200


async def absent(staff: str) -> None:
    away = Absence(
        code=f"conge-{staff}",
        staff=staff,
        starts_at=datetime(2026, 12, 14, 7, tzinfo=UTC),
        ends_at=datetime(2026, 12, 14, 22, tzinfo=UTC),
        kind="leave",
    )
    await add_fact((await territory_by_code("petite")).id, away)


async def told(visitor: httpx.AsyncClient, page: str, name: str) -> str:
    """What a page says of one thing that the computation takes."""
    found = re.search(
        rf"{name}</dt>\s*<dd>(.*?)</dd>", (await visitor.get(f"{MONTH}/{page}")).text, re.DOTALL
    )
    return found.group(1).strip() if found else ""


async def test_an_absence_entered_after_the_draft_is_among_what_the_next_computation_takes(
    visitor: httpx.AsyncClient,
) -> None:
    assert await told(visitor, "generer", "Absences") == "aucune"
    await absent("AR")
    assert "14 déc" in await told(visitor, "generer", "Absences")
    await act(visitor, "generer")
    assert "14 déc" in await told(visitor, "calcul", "Absences")


async def test_a_computation_that_is_over_says_what_it_was_given(visitor: httpx.AsyncClient) -> None:
    await absent("AR")
    assert await told(visitor, "calcul", "Absences") == "aucune"
    await computed()
    assert "A.R." in await told(visitor, "calcul", "Absences")


async def pinned(visitor: httpx.AsyncClient, item: PlanItem) -> None:
    assert (await act(visitor, "epingler", cle=item.key, revision=seen_of(await newest()))).status_code == 303


async def closed(item: PlanItem) -> None:
    shut = Closure(code="travaux", site="gagny", from_on=item.held_on, until_on=item.held_on)
    await add_fact((await territory_by_code("petite")).id, shut)


async def computed_again() -> Plan:
    return await computed(msgspec.structs.replace(OPTIONS, pins_of=(await newest()).id))


async def test_what_a_closure_forbids_by_now_is_not_kept_as_a_decision(visitor: httpx.AsyncClient) -> None:
    item, other = (await permanences())[:2]
    await pinned(visitor, item)
    await pinned(visitor, other)
    await closed(item)
    assert (
        await told(visitor, "generer", "Épinglé ou fixé avec la personne")
        == "2\N{NO-BREAK SPACE}: ne bougent pas"
    )
    assert "Permanence" in await told(visitor, "generer", "N’est plus épinglé")
    plan = await computed_again()
    assert plan.overruled == ()
    held = {one.key: one for one in await items_of(plan.id)}
    assert item.key not in held
    assert held[other.key].pinned
    assert await told(visitor, "generer", "N’est plus épinglé") == ""
    assert "fermé" in await told(visitor, "calcul", "N’est plus épinglé")
    board = plain(await visitor.get(MONTH))
    assert "n’est plus épinglée" in board


async def test_why_a_pin_is_gone_is_told_also_where_the_computation_does_not_promise_its_kind(
    visitor: httpx.AsyncClient,
) -> None:
    draft = await newest()
    item = next(one for one in await items_of(draft.id) if one.need_code == "KM4821/first")
    edit = Edit(words="épinglé", put=(msgspec.structs.replace(item, pinned=True),))
    await edit_draft(await territory_by_code("petite"), draft.id, edit, version=None)
    day_on = datetime.combine(item.held_on, datetime.min.time(), UTC)
    away = Absence(
        code="loin",
        staff=item.staff_codes[0],
        starts_at=day_on,
        ends_at=day_on.replace(hour=22),
        kind="leave",
    )
    await add_fact((await territory_by_code("petite")).id, away)
    await computed(msgspec.structs.replace(OPTIONS, pins_of=draft.id, covers=("permanences",)))
    words = await told(visitor, "calcul", "N’est plus épinglé")
    assert "KM4821" in words
    assert "absence" in words
    assert "ne le connaissent plus" not in words


async def test_a_rule_that_was_broken_knowingly_stays_so_on_the_facts_that_were_known(
    visitor: httpx.AsyncClient,
) -> None:
    item = (await permanences())[0]
    await closed(item)
    await computed()
    await edit_draft(
        await territory_by_code("petite"),
        (await newest()).id,
        Edit(words="posée", put=(msgspec.structs.replace(item, pinned=True),)),
        version=None,
    )
    plan = await computed_again()
    assert item.key in {one.key for one in await items_of(plan.id) if one.pinned}
    assert {one["rule"] for one in plan.overruled} == {"site_open"}
    assert await told(visitor, "calcul", "N’est plus épinglé") == ""


async def test_one_pin_at_fault_frees_no_other(visitor: httpx.AsyncClient) -> None:
    item = (await permanences())[0]
    await pinned(visitor, item)
    territory = await territory_by_code("petite")
    month = await load_month(territory, *DECEMBER)
    stranger = msgspec.structs.replace(item, key="autre", half_day="pm", staff_codes=("QQ",), pinned=True)
    kept = keeping_pins(month.facts.problem, (*month.items, stranger), month.facts.problem)
    assert [one.item.key for one in kept.freed] == ["autre"]
    doubled = msgspec.structs.replace(month.facts.problem, pins=month.facts.problem.pins[:1] * 2)
    held = keeping_pins(doubled, month.items, None)
    assert held.freed == ()
    assert len(held.problem.pins) == 3
