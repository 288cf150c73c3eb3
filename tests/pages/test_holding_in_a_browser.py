"""A held place in Chromium: the time that is left beside it, what becomes of it at the end, what is said without any script."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from db.engine import connected
from db.migrate import upgrade
from tests.pages.conftest import Served, faults_of, serve
from tests.service.partners.sample import make_territory, monday, office, permanence, publish

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOR = "?partenaire=spip-93"
KEPT = {"#label": "94-1211", "#officer": "M.D.", "#officer_phone": "01 45 67 89 10"}


@pytest.fixture(scope="module")
def held_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A service with two half-days in three weeks, and its database."""
    database = tmp_path_factory.mktemp("held") / "escale.sqlite3"
    # The browser's own event loop runs in this thread already.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, _prepare(f"sqlite:///{database}")).result()
    for served in serve(database.parent):
        yield served, database


async def _prepare(url: str) -> None:
    async with connected(url):
        await upgrade()
        await publish(await make_territory(), permanence(monday()), office(monday()))


@pytest.fixture
def hold(held_at: tuple[Served, Path], open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Holds the first free place and stands on its form; what is held is given back afterwards."""
    served, database = held_at

    def hold_one(**options: object) -> Page:
        page = open_page(f"{served.url}/health", **options)
        if options.get("java_script_enabled") is not False:
            page.clock.install()
        page.goto(f"{served.url}/t/essai/places{FOR}")
        page.locator("button.slot").first.click()
        page.get_by_role("heading", name="Orienter une personne").wait_for()
        return page

    yield hold_one
    _end_all(database)


def _end_all(database: Path) -> None:
    with sqlite3.connect(database) as kept:
        kept.execute("UPDATE taken_place SET expires_at = '2020-01-01 00:00:00' WHERE state = 'held'")


def test_the_time_that_is_left_stands_beside_what_is_held(hold):
    page = hold()
    left = page.get_by_role("timer")
    expect(left).to_have_text(re.compile(r"^14 min \d+ s$"))
    page.clock.fast_forward("05:00")
    expect(left).to_have_text(re.compile(r"^9 min \d+ s$"))
    assert page.get_by_role("progressbar", name="Temps qui reste").evaluate("one => one.value") <= 600
    page.goto(page.url.partition("/orienter/")[0] + f"/places{FOR}")
    beside = page.locator(".note.held")
    expect(beside).to_contain_text("vous est réservé jusqu’à")
    expect(beside).to_contain_text(re.compile(r"\(encore \d+ min \d+ s\)"))
    assert faults_of(page) == []


def test_a_hold_that_ends_while_its_form_is_filled_says_so_and_keeps_what_was_typed(hold, held_at):
    page = hold()
    for field, words in KEPT.items():
        page.fill(field, words)
    page.get_by_role("radio", name="Emploi").check()
    page.clock.fast_forward("15:30")
    page.get_by_text("Le temps est écoulé.", exact=True).wait_for()
    assert not page.get_by_role("button", name="Rendre la place").is_visible()
    assert faults_of(page) == []
    _end_all(held_at[1])
    page.get_by_role("button", name="Confirmer l’orientation").click()
    page.get_by_role("heading", name="Les plus proches").wait_for()
    page.locator("button[name=place]").first.click()
    page.get_by_role("heading", name="Orienter une personne").wait_for()
    assert {field: page.input_value(field) for field in KEPT} == KEPT
    assert page.get_by_role("radio", name="Emploi").is_checked()


def test_the_end_is_told_on_the_page_of_places_too(hold):
    page = hold()
    page.goto(page.url.partition("/orienter/")[0] + f"/places{FOR}")
    page.locator(".note.held").get_by_text("encore").wait_for()
    page.clock.fast_forward("16:00")
    expect(page.locator(".note.held")).to_contain_text("le temps est écoulé")
    assert not page.get_by_role("link", name="Orienter une personne").is_visible()


def test_without_any_script_the_hour_is_told_and_nothing_counts_wrongly(hold):
    page = hold(java_script_enabled=False)
    assert page.get_by_role("timer").inner_text().startswith("Retenue jusqu’à")
    assert not page.locator("progress").is_visible()
    page.goto(page.url.partition("/orienter/")[0] + f"/places{FOR}")
    beside = page.locator(".note.held")
    assert "vous est réservé jusqu’à" in beside.inner_text()
    assert "encore" not in beside.inner_text()
