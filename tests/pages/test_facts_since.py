"""A draft keeps the facts of its computation: what people entered since is said beside it, with one click to compute again."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from db.queries.fact_storing import change_fact
from db.queries.facts import fact, facts_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.site import Site
from db.records.staff import StaffMember
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.pages.board.facts_since import facts_since
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
    return await facts_since(territory, await load_month(territory, FIRST_ON, LAST_ON))


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
    assert await said() == ("équipe",)


async def test_what_no_plan_reads_changes_nothing() -> None:
    territory = await make_territory()
    await make_plan(territory)
    site = await fact(territory.id, Site, "gagny")
    noted = msgspec.structs.replace(site, contact_name="Accueil")
    await change_fact(territory.id, noted, version=site.version)
    assert (await facts_of(territory.id)).territory.facts_revision > territory.facts_revision
    assert await said() == ()


async def test_what_is_published_says_so_elsewhere() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    await one_skill_more()
    assert await said() == ()


async def test_the_page_offers_to_compute_again(tmp_path: Path) -> None:
    territory, month = await make_territory(), (date(2026, 12, 1), date(2026, 12, 31))
    requested = await request_plan(territory, *month, OPTIONS, ACTOR, QuietQueue())
    await run_plan(requested.id, QuietWatcher(), solve_here)
    await one_skill_more()
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        shown = await client.get("/t/petite/planning/2026-12")
    assert "Des données ont changé depuis ce calcul (équipe)" in shown.text
    assert "Recalculer" in shown.text
