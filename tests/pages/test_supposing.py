"""Et si… ? Facts supposed otherwise: asked, computed, laid side by side, discarded; nothing real changes."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.plan import Plan
from db.records.site import Closure
from db.states import PlanState
from service.actions.give_up_plan import give_up_plan
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import SCENARIO, request_plan
from service.actions.run_plan import run_plan
from service.catalogue import NBSP
from tests.service.door import account, browser, form_token, make_app, plain, send, sign_in
from tests.service.small_territory import (
    ACTOR,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow, pytest.mark.in_process]
PLACE = "/t/petite/planning/2026-12/et-si"
AWAY = {
    "fait": "absence",
    "staff": "AR",
    "from_on": "2026-12-14",
    "until_on": "2026-12-31",
    "part": "day",
    "puis": "calculer",
}
CLOSED = {
    "fait": "fermeture",
    "site": "gagny",
    "from_on": "2026-12-01",
    "until_on": "2026-12-31",
    "part": "day",
    "puis": "calculer",
}
OPEN = {
    "fait": "ouverture",
    "site": "gagny",
    "weekday": "6",
    "part": "am",
    "starts": "",
    "ends": "",
    "puis": "calculer",
}
HOURS = {"fait": "heures", "opening": "gagny/1/am", "starts": "10:00", "ends": "12:00"}
WRONG = (
    ({**AWAY, "until_on": "2026-12-01"}, "La fin précède le début"),
    ({**AWAY, "staff": ""}, "À choisir"),
    ({**OPEN, "starts": "09:00"}, "Les deux heures, ou aucune"),
    ({**HOURS, "starts": "13:00"}, "La fin précède le début"),
    ({"fait": "besoin", "need": "cadence/nowhere", "count": "2"}, "Ce choix n’existe pas"),
)
NEVER_WRITTEN = (
    ({"suppose": '{"type":"staff_leaves","staff":"AR"}'}, 400),
    ({"suppose": "nothing"}, 400),
    ({"fait": "ailleurs"}, 404),
    ({"besoin": "cadence/gagny-permanence"}, 404),
)
SUPPOSED = (
    ({**AWAY, "staff": "NK", "until_on": ""}, "si N.K. part le lundi 14 décembre"),
    (
        {**CLOSED, "from_on": "2026-12-07", "until_on": "2026-12-11", "part": "am"},
        "si Gagny ferme du lundi 7 décembre au vendredi 11 décembre, chaque matin",
    ),
    (HOURS, "si Gagny change d’heures le lundi matin, de 10 h à 12 h"),
    (
        {"fait": "besoin", "need": "cadence/gagny-permanence", "count": "3"},
        "si « Permanence » demande 3 par mois",
    ),
    (
        {"fait": "besoin", "need": "need/ZT1002/first", "count": "0"},
        "si l’entretien ZT1002 n’est plus demandé",
    ),
)


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A coordinator of a territory that nothing was planned for yet."""
    await make_territory()
    app = make_app(tmp_path)
    app.state.queue = QuietQueue()
    async with browser(app) as client:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(client, "c@petite.fr")
        yield client


async def publish_december() -> Plan:
    territory = await territory_by_code("petite")
    plan = await request_plan(territory, date(2026, 12, 1), date(2026, 12, 31), OPTIONS, ACTOR, QuietQueue())
    await publish_plan(territory, (await run_plan(plan.id, QuietWatcher(), solve_here)).id, ACTOR)
    return plan


async def scenarios() -> list[Plan]:
    territory = await territory_by_code("petite")
    return [one for one in await plans_of(territory.id) if one.origin == SCENARIO]


async def computed() -> Plan:
    """The scenario that waits, computed as a worker would."""
    (waiting,) = [one for one in await scenarios() if one.state is PlanState.QUEUED]
    return await run_plan(waiting.id, QuietWatcher(), solve_here)


async def test_a_scenario_is_computed_laid_beside_what_is_published_and_discarded(
    visitor: httpx.AsyncClient,
) -> None:
    published = await publish_december()
    territory = await territory_by_code("petite")
    before = await facts_of(territory.id)
    asked = await send(visitor, PLACE, **CLOSED)
    assert (asked.status_code, asked.headers["location"]) == (303, PLACE)
    assert 'id="en-calcul"' in plain(await visitor.get(PLACE))
    scenario = await computed()
    told = plain(await visitor.get(PLACE))
    assert "Si Gagny ferme du mardi 1er décembre au jeudi 31 décembre" in told
    assert "Permanences non placées : 2 de plus." in told
    assert "comme maintenant" in told
    assert "Changements pour" in told
    other = await send(visitor, f"{PLACE}/{published.number}/ecarter", page=PLACE)
    assert other.status_code == 404
    done = await send(visitor, f"{PLACE}/{scenario.number}/ecarter", page=PLACE)
    assert "Scénario écarté" in plain(await visitor.get(done.headers["location"]))
    assert [one.state for one in await scenarios()] == [PlanState.DISCARDED]
    after = await territory_by_code("petite")
    assert await facts_of(territory.id) == before
    assert after.facts_revision == territory.facts_revision
    assert after.published_revision == territory.published_revision


async def test_several_facts_are_supposed_one_after_the_other_or_alone(visitor: httpx.AsyncClient) -> None:
    page = (await send(visitor, PLACE, **{**AWAY, "puis": "aussi"})).headers["location"]
    assert "A.R. s’absente du lundi 14 décembre au jeudi 31 décembre" in plain(await visitor.get(page))
    code = httpx.URL(page).params["suppose"]
    assert (await send(visitor, PLACE, fait="absence", suppose=code, puis="seulement")).status_code == 303
    waiting = await send(visitor, PLACE, **{**OPEN, "suppose": code})
    assert waiting.status_code == 422
    assert "déjà en cours de calcul" in plain(waiting)
    assert "Gagny ouvre le samedi matin" in plain(waiting)
    await computed()
    assert (await send(visitor, PLACE, **{**OPEN, "suppose": code})).status_code == 303
    assert sorted(str(one.options["name"]).replace(NBSP, " ") for one in await scenarios()) == [
        "si A.R. s’absente du lundi 14 décembre au jeudi 31 décembre",
        "si A.R. s’absente du lundi 14 décembre au jeudi 31 décembre et si Gagny ouvre le samedi matin",
    ]


async def test_one_fact_too_many_is_refused_and_what_was_typed_stays(visitor: httpx.AsyncClient) -> None:
    days = [f'{{"type":"staff_leaves","staff":"AR","on":"2026-12-{day:02}"}}' for day in range(7, 16)]
    eight = f"{PLACE}?{urlencode([('suppose', code) for code in days[:8]])}"
    assert "A.R. part le lundi 14 décembre" in plain(await visitor.get(eight))
    answer = await visitor.post(
        PLACE, data={"_csrf_token": await form_token(visitor, PLACE), **AWAY, "suppose": days[:8]}
    )
    assert answer.status_code == 422
    assert "au plus 8 faits à la fois" in plain(answer)
    assert "A.R. part le lundi 14 décembre" in plain(answer)
    assert 'value="2026-12-31"' in answer.text
    nine = await visitor.get(f"{PLACE}?{urlencode([('suppose', code) for code in days])}")
    assert (nine.status_code, "au plus 8 faits à la fois" in plain(nine)) == (400, True)
    assert await scenarios() == []


async def test_what_makes_no_sense_is_said_at_its_field_and_nothing_is_computed(
    visitor: httpx.AsyncClient,
) -> None:
    for sent, told in WRONG:
        answer = await send(visitor, PLACE, **{"puis": "calculer", **sent})
        assert (answer.status_code, told in plain(answer)) == (422, True), told
    unknown = '{"type":"staff_leaves","staff":"ZZ","on":"2026-12-11"}'
    answer = await send(visitor, PLACE, fait="absence", suppose=unknown, puis="seulement")
    assert answer.status_code == 422
    for asked, status in NEVER_WRITTEN:
        assert (await visitor.get(f"{PLACE}?{urlencode(asked)}")).status_code == status, asked
    assert await scenarios() == []


async def test_each_form_supposes_its_fact(visitor: httpx.AsyncClient) -> None:
    for sent, name in SUPPOSED:
        answer = await send(visitor, PLACE, **{"puis": "calculer", **sent})
        assert answer.status_code == 303, name
        (made, *_) = sorted(await scenarios(), key=lambda one: -one.number)
        assert str(made.options["name"]).replace(NBSP, " ") == name
        await give_up_plan(made.id, "not computed here")


async def test_a_need_that_is_not_placed_offers_what_would_let_it_be(visitor: httpx.AsyncClient) -> None:
    closure = Closure(code="works", site="gagny", from_on=date(2026, 12, 1), until_on=date(2026, 12, 31))
    territory = await territory_by_code("petite")
    await store_facts(territory.id, FactSet(closures=(closure,)))
    await publish_december()
    told = plain(await visitor.get(f"{PLACE}?besoin=cadence/gagny-permanence"))
    assert "Pour placer" in told
    assert "Gagny ouvre le" in told
    assert "suppose=" in told
