"""A draft keeps the facts of its computation: what people entered since is said beside it, with one click to compute again."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path as Path_
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import change_fact, store_facts
from db.queries.facts import fact, facts_of
from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.assignment import Content, Write
from db.records.cadence import Promotion, Sequence
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Path
from db.records.plan import Plan
from db.records.site import Closure, Site
from db.records.staff import Accreditation, StaffMember
from db.records.territory import Stage, Territory
from service.actions.copy_published import copy_published
from service.actions.edit_draft import copy_to_draft
from service.actions.publish_plan import publish_plan
from service.actions.remove_item import remove_item
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.pages.board import living
from service.pages.board.facts_since import NEEDS, facts_since
from service.pages.board.living import living_month
from service.pages.board.source import load_month
from tests.service.door import account, browser, make_app, sign_in
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_plan,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def said() -> tuple[str, ...]:
    territory = await territory_by_code("petite")
    since = await facts_since(territory, await load_month(territory, FIRST_ON, LAST_ON))
    return since.changed if since else ()


async def one_skill_more() -> None:
    territory = await territory_by_code("petite")
    person = await fact(territory.id, StaffMember, "AR")
    await change_fact(
        territory.id, msgspec.structs.replace(person, skills=("sport",)), version=person.version
    )


async def test_a_draft_names_what_changed_since_it_was_computed() -> None:
    await make_plan(await make_territory())
    assert await said() == ()
    await one_skill_more()
    assert await said() == ("équipe (A.R.)",)


async def test_what_no_plan_reads_changes_nothing() -> None:
    territory = await make_territory()
    await make_plan(territory)
    site = await fact(territory.id, Site, "gagny")
    noted = msgspec.structs.replace(site, contact_name="Accueil")
    await change_fact(territory.id, noted, version=site.version)
    assert (await facts_of(territory.id)).territory.facts_revision > territory.facts_revision
    assert await said() == ()


async def test_publishing_enters_nothing_and_what_is_published_says_what_was_entered_since() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert await said() == ()
    await one_skill_more()
    assert await said() == ("équipe (A.R.)",)


async def test_a_draft_opened_on_what_is_published_is_as_old_as_its_computation() -> None:
    territory = await make_territory()
    made = await make_plan(territory)
    await publish_plan(territory, made.id, ACTOR)
    await one_skill_more()
    territory = await territory_by_code("petite")
    await copy_to_draft(territory, await plan_by_id(territory.id, made.id))
    assert await said() == ("équipe (A.R.)",)


async def test_what_begins_after_the_month_changes_nothing_of_it() -> None:
    territory = await make_territory()
    await make_plan(territory)
    later = LAST_ON + timedelta(days=1)
    person = await fact(territory.id, StaffMember, "AR")
    allowed = Accreditation(site="gagny", from_on=later, until_on=later)
    await change_fact(
        territory.id,
        msgspec.structs.replace(person, accreditations=(*person.accreditations, allowed)),
        version=person.version,
    )
    await store_facts(
        territory.id, FactSet(closures=(Closure(code="w", site="gagny", from_on=later, until_on=later),))
    )
    assert await said() == ()


RHYTHM = (Stage(every_weeks=2),)


async def with_rhythm() -> Territory:
    """ZT1002 is met every other week by a path, and a promotion begins before these dates and goes on in them."""
    territory = await make_territory()
    path = Path(
        code="ZT1002-o2r", programme="o2r", participant="ZT1002", referent="AR", sites=("bureau",),
        rhythm=RHYTHM, starts_on=date(2026, 11, 2),
    )  # fmt: skip
    steps = tuple(
        Sequence(code=f"s{number}", title="CV", from_on=from_on, until_on=LAST_ON, max_days=60)
        for number, from_on in enumerate((date(2026, 11, 2), FIRST_ON), 1)
    )
    group = Promotion(code="promo", name="Promo", site="gagny", seats=8, sequences=steps)
    await store_facts(territory.id, FactSet(paths=(path,), promotions=(group,)))
    return territory


def published(**fields: object) -> Write:
    """On the second of December at ten, before the dates of the draft."""
    at = datetime(2026, 12, 2, 9, tzinfo=UTC)
    values: dict[str, object] = {
        "held_on": at.date(), "half_day": "am", "starts_at": at, "ends_at": at + timedelta(hours=1),
        "staff": ("AR",), "site": "bureau",
    }  # fmt: skip
    return Write(id=uuid4(), content=Content(**(values | fields)))  # type: ignore[arg-type]


async def test_what_is_published_or_held_meanwhile_was_entered_by_nobody() -> None:
    territory = await with_rhythm()
    await make_plan(territory)
    before = await said_needs()
    held = published(
        kind="interview", key="interview:ZT1002/x:1", participant="ZT1002", programme="o2r",
        need="KM4821/first", interview_kind="suivi", mode="on_site",
    )  # fmt: skip
    led = published(
        kind="session", key="session:promo/s1", promotion="promo", sequence="s1", staff=("NK",), site="gagny"
    )
    await write_assignments(territory.id, [held, led], Author(at=datetime.now(UTC)))
    path = await fact(territory.id, Path, "ZT1002-o2r")
    counted = msgspec.structs.replace(path, last_interview_on=date(2026, 12, 2), missed_on=date(2026, 11, 3))
    await change_fact(territory.id, counted, version=path.version)
    assert await said_needs() != before
    assert await said() == ()


async def said_needs() -> tuple[set[str], tuple[str, ...]]:
    """What is asked for by now: needs, and who led a sequence."""
    problem = (await living_month(await territory_by_code("petite"), FIRST_ON, LAST_ON)).problem
    return {one.id for one in problem.interviews}, problem.promotions[0].animators_before


async def test_needs_and_rhythms_that_somebody_enters_are_said() -> None:
    territory = await with_rhythm()
    await make_plan(territory)
    path = await fact(territory.id, Path, "ZT1002-o2r")
    often = (Stage(every_weeks=1),)
    await change_fact(territory.id, msgspec.structs.replace(path, rhythm=often), version=path.version)
    assert await said() == (NEEDS,)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed"},
        {"slots": 2},
        {"code": "KM4821/more"},
        {"code": "KM4821/later", "from_on": date.max},
    ],
)
async def test_a_need_that_is_typed_closed_or_changed_is_said(change: dict[str, Any]) -> None:
    territory = await make_territory()
    await make_plan(territory)
    need = await fact(territory.id, InterviewNeed, "KM4821/first")
    later = {"until_on": date.max} if "from_on" in change else {}
    await store_facts(territory.id, FactSet(needs=(msgspec.structs.replace(need, **change, **later),)))
    assert await said() == (() if later else (NEEDS,))


async def draft_of_december() -> Plan:
    territory, month = await make_territory(), (date(2026, 12, 1), date(2026, 12, 31))
    requested = await request_plan(territory, *month, OPTIONS, ACTOR, QuietQueue())
    return await run_plan(requested.id, QuietWatcher(), solve_here)


def plain(html: str) -> str:
    """Without the spaces that do not break."""
    return html.replace("\u202f", " ").replace("\xa0", " ")


async def page_of_december(tmp_path: Path_, *, again: bool = False) -> str:
    """As a coordinator reads it, who has her account from the first time on."""
    if not again:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        return (await client.get("/t/petite/planning/2026-12")).text


AT_ONCE = '<input type="hidden" name="depart" value="publie">'


async def test_the_page_offers_to_compute_again(tmp_path: Path_) -> None:
    await draft_of_december()
    await one_skill_more()
    shown = await page_of_december(tmp_path)
    assert re.search(
        r"données du \S+ \S+ à [^;]+ ; depuis, ceci a changé : équipe \(A\.R\.\)\.", plain(shown)
    )
    assert "Ce brouillon n’en tient pas encore compte." in shown
    assert AT_ONCE in shown


async def test_a_published_month_takes_back_its_proof_when_facts_changed(tmp_path: Path_) -> None:
    draft = await draft_of_december()
    await publish_plan(await territory_by_code("petite"), draft.id, ACTOR)
    before = plain(await page_of_december(tmp_path))
    assert "aucun planning meilleur n’existe avec ces données" in before
    assert AT_ONCE not in before
    await one_skill_more()
    shown = plain(await page_of_december(tmp_path, again=True))
    assert "n’existe avec ces données" not in shown
    assert "aucun planning meilleur n’existait avec les données du" in shown
    assert "depuis, ceci a changé : équipe (A.R.)." in shown
    assert "Un nouveau calcul en tient compte" in shown
    assert AT_ONCE in shown


async def test_changes_by_hand_are_not_left_behind_without_a_word(tmp_path: Path_) -> None:
    draft = await draft_of_december()
    territory = await territory_by_code("petite")
    item = next(one for one in await items_of(draft.id) if one.kind == "permanence")
    await remove_item(territory, draft.id, item.key, version=draft.version)
    await one_skill_more()
    shown = await page_of_december(tmp_path)
    assert "vos autres modifications à la main restent dans celle-ci" in shown
    assert AT_ONCE not in shown
    assert 'href="/t/petite/planning/2026-12/generer">Replanifier…</a>' in shown


async def test_an_old_draft_is_compared_once_until_something_is_entered() -> None:
    await draft_of_december()
    await one_skill_more()
    territory = await territory_by_code("petite")
    month = await load_month(territory, date(2026, 12, 1), date(2026, 12, 31))
    once = await facts_since(territory, month)
    assert once is not None
    assert once.changed == ("équipe (A.R.)",)
    living._known.clear()
    assert await facts_since(territory, month) == once
    assert not living._known
    works = Closure(code="works", site="gagny", from_on=date(2026, 12, 9), until_on=date(2026, 12, 9))
    await store_facts(territory.id, FactSet(closures=(works,)))
    now = await facts_since(await territory_by_code("petite"), month)
    assert now is not None
    assert now.changed == ("lieux (Gagny)", "équipe (A.R.)")


async def test_a_draft_opened_by_hand_was_not_computed(tmp_path: Path_) -> None:
    territory = await make_territory()
    await copy_published(territory, date(2026, 12, 1), date(2026, 12, 31), ACTOR)
    await one_skill_more()
    shown = await page_of_december(tmp_path)
    assert "depuis, ceci a changé : équipe (A.R.)." in plain(shown)
    assert "depuis un calcul" not in plain(shown)
