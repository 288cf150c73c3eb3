"""What a new absence frees heads « À replacer » with three places each; questions that make no sense change nothing."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from db.queries.fact_storing import store_facts
from db.queries.facts import pins
from db.queries.plan_items import items_of, set_figures
from db.queries.plans import plans_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Participant
from db.records.plan import Plan
from db.records.site import Closure
from db.records.staff import Absence
from db.records.territory import Territory
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.catalogue import NBSP
from service.pages.seen import seen_of
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
NEED = "KM4821/fixed"
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
    assert "c’est fixé avec la personne, un nouveau calcul n’y touche pas : voyez « À replacer »" in board
    told = plain(await visitor.get(f"{MONTH}/a-replacer"))
    assert "Entretien KM4821" in told
    assert told.count("avec A.R.</b>") == 3
    assert "Prévu mardi 15 décembre à 10 h, Bureau, avec A.R." in told.replace(NBSP, " ")
    assert "décembre" in told
    assert "Fixé avec la personne" in told
    assert NEED not in re.sub(r'value="[^"]*"', "", told)
    for strange in ("0", "-1", "x", "999999999"):
        asked = await visitor.get(f"{MONTH}/a-replacer?partie={strange}")
        assert (asked.status_code, len(re.findall(r"<h3>Entretien", asked.text))) == (200, 1)


async def test_the_number_on_the_board_counts_what_is_listed_not_all_that_a_decision_names(
    visitor: httpx.AsyncClient,
) -> None:
    draft = (await plans_of((await territory_by_code("petite")).id))[0]
    names = [f"interview {need}#1" for need in (NEED, "KM4821/first", "ZT1002/first")]
    of_the_person = {"rule": "weekly_days", "about": "AR", "on": "2026-12-14", "amount": 1, "because": names}
    await set_figures(draft.id, overruled=[*draft.overruled, of_the_person])
    board = plain(await visitor.get(f"{MONTH}?par=lieu&vue=mois"))
    listed = re.findall(r"<h3>Entretien", (await visitor.get(f"{MONTH}/a-replacer")).text)
    assert len(listed) == 1
    assert "À replacer : 1 entretien attendu" in board


async def freed(visitor: httpx.AsyncClient, **sent: str) -> httpx.Response:
    draft = (await plans_of((await territory_by_code("petite")).id))[0]
    return await send(
        visitor, f"{MONTH}/a-replacer", page=f"{MONTH}/a-replacer", besoin=NEED, numero="1",
        revision=seen_of(draft), **sent,
    )  # fmt: skip


async def test_a_fixed_interview_is_freed_and_stands_at_the_place_chosen(visitor: httpx.AsyncClient) -> None:
    territory = await territory_by_code("petite")
    (pin,) = [one for one in await pins(territory.id) if one.need_code == NEED]
    told = await visitor.get(f"{MONTH}/a-replacer")
    codes = re.findall(r'name="place" value="(\w+)"', told.text)
    assert len(codes) == 3
    assert (await freed(visitor, place="gone")).status_code == 404
    assert (await freed(visitor, place=codes[0])).status_code == 303
    assert NEED not in {one.need_code for one in await pins(territory.id)}
    draft = (await plans_of(territory.id))[0]
    (item,) = [one for one in await items_of(draft.id) if one.need_code == NEED]
    assert (item.held_on, item.starts_at) != (pin.held_on, None)
    assert not AWAY.starts_at <= (item.starts_at or AWAY.starts_at) <= AWAY.ends_at
    assert item.pinned
    assert "Aucun entretien à replacer" in plain(await visitor.get(f"{MONTH}/a-replacer"))
    await publish_plan(await territory_by_code("petite"), draft.id, ACTOR)
    (pin,) = [one for one in await pins(territory.id) if one.need_code == NEED]
    assert pin.held_on == item.held_on


async def test_a_fixed_interview_is_freed_without_a_place_and_waits_for_one(
    visitor: httpx.AsyncClient,
) -> None:
    territory = await territory_by_code("petite")
    assert (await freed(visitor)).status_code == 303
    draft = (await plans_of(territory.id))[0]
    assert NEED not in {one.need_code for one in await items_of(draft.id)}
    assert NEED not in {one.need_code for one in await pins(territory.id)}
    told = plain(await visitor.get(f"{MONTH}/a-replacer"))
    assert "Voir toutes les places" in told
    assert "Fixé avec la personne" not in told
    assert (await freed(visitor, place="gone")).status_code == 404
    await publish_plan(await territory_by_code("petite"), draft.id, ACTOR)
    assert "À replacer : 1 entretien attendu" in plain(await visitor.get(MONTH))
    still = plain(await visitor.get(f"{MONTH}/a-replacer"))
    assert "Entretien KM4821" in still
    assert "Prévu mardi 15 décembre à 10 h" in still.replace(NBSP, " ")
    assert "Ouvrez un brouillon (« Modifier ») pour replacer." in still.replace(NBSP, " ")


async def test_who_frees_a_draft_that_changed_meanwhile_frees_nothing(visitor: httpx.AsyncClient) -> None:
    territory = await territory_by_code("petite")
    old = await send(
        visitor, f"{MONTH}/a-replacer", page=f"{MONTH}/a-replacer", besoin=NEED, numero="1", revision="1-0"
    )
    assert old.status_code == 409
    assert NEED in {one.need_code for one in await pins(territory.id)}


async def test_a_long_list_is_shown_part_by_part(visitor: httpx.AsyncClient) -> None:
    territory = await territory_by_code("petite")
    people = tuple(f"PM{number:04}" for number in range(24))
    needs = tuple(
        InterviewNeed(
            code=f"{who}/first",
            participant=who,
            kind="diagnostic",
            from_on=date(2026, 12, 1),
            until_on=date(2026, 12, 31),
            sites=("bureau",),
        )
        for who in people
    )
    await store_facts(
        territory.id, FactSet(participants=tuple(Participant(code=who) for who in people), needs=needs)
    )
    await publish_plan(territory, (await planned(await territory_by_code("petite"))).id, ACTOR)
    closed = Closure(code="works", site="bureau", from_on=date(2026, 12, 1), until_on=date(2026, 12, 31))
    await store_facts(territory.id, FactSet(closures=(closed,)))
    await planned(await territory_by_code("petite"))
    first, second = [await visitor.get(f"{MONTH}/a-replacer{asked}") for asked in ("", "?partie=2")]
    assert len(re.findall(r"<h3>Entretien", first.text)) == 20
    (card, *_) = re.findall(r'data-load="([^"]+)"', first.text)
    told = plain(await visitor.get(card))
    assert "est fermé" in told
    assert (
        plain(first).count("Pourquoi, et ce qui aiderait") == 19
    )  # one of the twenty is fixed with the person
    assert "1 à 20 sur " in plain(first)
    assert "Les suivants" in plain(first)
    assert "Les précédents" not in plain(first)
    assert 0 < len(re.findall(r"<h3>Entretien", second.text)) < 20
    assert "Les précédents" in plain(second)
    beyond = plain(await visitor.get(f"{MONTH}/a-replacer?partie=99"))
    assert "21 à " in beyond
    assert "Les précédents" in beyond


async def test_before_anything_is_published_it_is_said_which_places_are_to_be_told(
    visitor: httpx.AsyncClient,
) -> None:
    closed = Closure(code="works", site="gagny", from_on=date(2026, 12, 1), until_on=date(2026, 12, 31))
    territory = await territory_by_code("petite")
    await store_facts(territory.id, FactSet(closures=(closed,)))
    await planned(await territory_by_code("petite"))
    told = plain(await visitor.get(f"{MONTH}/publier"))
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
            revision=seen_of(before[0]),
        )  # fmt: skip
        assert applied.status_code == 404, key
    assert (await visitor.get(f"{MONTH}?version=77")).status_code == 404
    assert (await visitor.get(f"{MONTH}/comparer?avec=77")).status_code == 404
    assert await plans_of(territory.id) == before
