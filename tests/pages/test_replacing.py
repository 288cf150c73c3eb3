"""What a new absence frees heads « À replacer » with three places each; questions that make no sense change nothing."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from db.queries.fact_storing import store_facts
from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.plan import Plan
from db.records.site import Closure
from db.records.staff import Absence
from db.records.territory import Territory
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from tests.service.door import account, browser, make_app, plain, send, sign_in
from tests.service.small_territory import (
    ACTOR,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
MONTH = "/t/petite/planning/2026-12"
AWAY = Absence(
    code="away",
    staff="AR",
    starts_at=datetime(2026, 12, 14, 6, tzinfo=UTC),
    ends_at=datetime(2026, 12, 18, 22, tzinfo=UTC),
    kind="leave",
)


async def planned(territory: Territory) -> Plan:
    dates = (date(2026, 12, 1), date(2026, 12, 31))
    plan = await request_plan(territory, *dates, OPTIONS, ACTOR, QuietQueue())
    return await run_plan(plan.id, QuietWatcher(), solve_here)


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A coordinator of a territory in which somebody is away after December was published, planned again."""
    territory = await make_territory()
    await publish_plan(territory, (await planned(territory)).id, ACTOR)
    await store_facts(territory.id, FactSet(absences=(AWAY,)))
    await planned(await territory_by_code("petite"))
    async with browser(make_app(tmp_path)) as client:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(client, "c@petite.fr")
        yield client


async def test_an_interview_that_an_absence_frees_heads_the_panel_with_three_places(
    visitor: httpx.AsyncClient,
) -> None:
    board = plain(await visitor.get(f"{MONTH}?par=lieu&vue=mois"))
    assert "À replacer : 1 entretien attendu" in board
    told = plain(await visitor.get(f"{MONTH}/a-replacer"))
    assert "Entretien KM4821" in told
    assert told.count("avec A.R.") == 3
    assert "décembre" in told
    assert "Fixé avec la personne" in told
    assert "KM4821/fixed" not in told


async def test_before_anything_is_published_it_is_said_which_places_are_to_be_told(
    visitor: httpx.AsyncClient,
) -> None:
    closed = Closure(code="works", site="gagny", from_on=date(2026, 12, 1), until_on=date(2026, 12, 31))
    territory = await territory_by_code("petite")
    await store_facts(territory.id, FactSet(closures=(closed,)))
    await planned(await territory_by_code("petite"))
    told = plain(await visitor.get(f"{MONTH}/comparer"))
    assert "Qui sera prévenu" in told
    outside = told.partition("Hors de l’équipe")[2]
    assert re.search(r"Lieux</b> \(1\).*?>Gagny<", outside, re.DOTALL)


async def test_questions_about_what_is_not_there_or_placed_are_refused_and_nothing_changes(
    visitor: httpx.AsyncClient,
) -> None:
    territory = await territory_by_code("petite")
    before = await plans_of(territory.id)
    for key in ("need/nobody", "need/KM4821/first", "cadence/nobody", "nothing"):
        for place in ("pourquoi", "reparations", "ou", "et-si", "essayer"):
            answer = await visitor.get(f"{MONTH}/{place}", params={"besoin": key, "reparation": "x"})
            assert answer.status_code == 404, (place, key)
            assert "n’existe plus" in plain(answer)
        applied = await send(
            visitor, f"{MONTH}/appliquer", page=f"{MONTH}/et-si", besoin=key, reparation="x",
            revision=str(before[0].version),
        )  # fmt: skip
        assert applied.status_code == 404, key
    assert (await visitor.get(f"{MONTH}?version=77")).status_code == 404
    assert (await visitor.get(f"{MONTH}/comparer?avec=77")).status_code == 404
    assert await plans_of(territory.id) == before
