"""What the panel says of a move: from where to where, for whom it is more, which neighbour comes nearer; nothing is cut off."""

import re
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest

from db.queries.plan_items import items_of
from service.catalogue import NBSP
from service.pages.board.activities import activities
from service.pages.board.broken import MOST_TOLD, Fallen, told_month
from service.pages.board.fairness import shifted
from tests.pages.december_draft import MONTH, newest, permanences
from tests.pages.sample_month import sample_plan, sample_problem
from tests.service.door import plain

PARIS = ZoneInfo("Europe/Paris")


def test_who_has_more_of_what_fairness_counts_is_told_in_numbers_of_things():
    problem, before = sample_problem(), sample_plan()
    first = before.permanences[0]
    given = msgspec.structs.replace(first, staff=("NK",))
    after = msgspec.structs.replace(before, permanences=(given, *before.permanences[1:]))
    told = shifted(problem, activities(problem, before), activities(problem, after))
    assert set(told) == {first.staff[0], "NK"}
    assert told["NK"].replace(NBSP, " ").startswith("4 permanences au lieu de 3")


def test_a_move_that_keeps_everybodys_load_says_nothing_of_it():
    problem, before = sample_problem(), sample_plan()
    found = activities(problem, before)
    assert shifted(problem, found, found) == {}


def test_what_does_not_fit_under_the_first_dozen_is_still_told():
    sentences = [f"Chose {number}." for number in range(MOST_TOLD + 11)]
    told = told_month(sample_problem(), Fallen((), tuple(sentences)), "/planning")
    assert (*told.sentences, *told.others) == tuple(sentences)
    assert told.more.replace(NBSP, " ") == "et 11 autres"
    assert told.count == len(sentences)


@pytest.mark.slow
@pytest.mark.usefixtures("in_november")
async def test_the_panel_of_a_move_says_what_it_costs_then_what_it_breaks_then_what_changes_then_asks(
    visitor: httpx.AsyncClient,
) -> None:
    item = (await permanences())[0]
    places = (await visitor.get(f"{MONTH}/places?cle={item.key}")).json()["places"]
    place = next(one for one in places if one["on"] != item.held_on.isoformat())
    query = {"cle": item.key, "rangee": "gagny", "jour": place["on"], "demi": place["half"]}
    shown = plain(await visitor.get(f"{MONTH}/deplacer?{urlencode(query)}"))
    told = (
        "Effet sur les objectifs",
        "Aucune règle enfreinte.",
        "Ce qui change",
        "Déposer ici",
        "Remettre en place",
    )
    assert [shown.count(one) for one in told] == [1] * len(told)
    assert sorted(told, key=shown.index) == list(told)


@pytest.mark.usefixtures("in_november")
async def test_a_neighbour_that_stays_as_far_is_not_told_among_what_changes(
    visitor: httpx.AsyncClient,
) -> None:
    item = (await permanences())[0]
    other = "pm" if item.half_day == "am" else "am"
    query = {"cle": item.key, "rangee": "gagny", "jour": item.held_on.isoformat(), "demi": other}
    shown = plain(await visitor.get(f"{MONTH}/deplacer?{urlencode(query)}"))
    assert "Effet sur les objectifs" in shown
    assert "Permanence voisine" not in shown


@pytest.mark.slow
@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize("page", ["pourquoi-ici", "reaffecter", "retirer"])
async def test_what_is_asked_of_a_half_day_of_interviews_is_answered_for_each_of_them(
    visitor: httpx.AsyncClient, page: str
) -> None:
    one = next(
        item for item in await items_of((await newest()).id) if item.kind == "interview" and item.starts_at
    )
    half = "am" if one.starts_at.astimezone(PARIS).hour < 13 else "pm"
    key = f"interviews/{one.site_code}/{one.held_on}/{half}"
    shown = await visitor.get(f"{MONTH}/{page}?{urlencode({'cle': key})}", follow_redirects=True)
    assert "La demi-journée suit ses entretiens" in plain(shown)
    assert re.search(r"/ailleurs\?cle=interview", shown.text)
