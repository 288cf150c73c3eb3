"""Partners' and sites' pages in an old browser: no style newer than 2021, no part of a page that needs a newer one, all usable in 2017's."""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route

from tests.pages.old_browser import NEWER_THAN_2021, as_in_2017, blocks_of
from tests.pages.test_partner_pages import FOR, link, monday, partners, press

__all__ = ["partners"]
SERVICE = Path(__file__).parents[2] / "service"
SHEETS = ("tokens", "base", "shell", "controls", "partner", "print")
"""The style sheets that partners' and sites' pages rest on."""
TOO_NEW_IN_A_PAGE = re.compile(
    r"<(?:dialog|template|slot|search)\b|\b(?:popover|inert|commandfor|formaction|hx-[a-z-]+)\b(?==|\s|>)|\bloading=",
    re.IGNORECASE,
)
CONTROLS = "main button, main a.btn, main a.slot, main input:not([type=hidden]), main select, main textarea"
LEAST_PIXELS = 18


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_style_of_these_pages_is_newer_than_2021(sheet: str) -> None:
    text = (SERVICE / "static" / "css" / f"{sheet}.css").read_text()
    assert [found[0] for block in blocks_of(text) for found in NEWER_THAN_2021.finditer(str(block))] == []
    assert not [one for one in blocks_of(text) if "{" in one.body and not one.head.startswith("@")]


@pytest.mark.parametrize("folder", ["partner", "site"])
def test_no_template_of_these_pages_needs_an_element_or_a_script_of_today(folder: str) -> None:
    templates = sorted((SERVICE / "templates" / folder).glob("*.html"))
    assert len(templates) > 3
    found = {
        one.name: [hit[0] for hit in TOO_NEW_IN_A_PAGE.finditer(one.read_text())]
        for one in (*templates, SERVICE / "templates" / "account" / "mailbox.html")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_a_sheet_is_read_as_an_old_browser_reads_it() -> None:
    sheet = (
        "a { gap: 1px; color: red } b:is(i, u) { x: y } @media (max-width: 9px) { c { inset: 0; top: 0 } }"
        " @container (min-width: 1px) { d { e: f } }"
    )
    assert as_in_2017(sheet).split() == [
        "a",
        "{",
        "color:",
        "red",
        "}",
        "@media",
        "(max-width:",
        "9px)",
        "{",
        "c",
        "{",
        "top:",
        "0",
        "}",
        "}",
    ]


@pytest.fixture
def open_old(partners, open_page: Callable[..., Page]) -> Callable[[str, int], Page]:
    """Opens a page as a browser of 2017 without scripts shows it."""

    def aged(route: Route) -> None:
        with urlopen(route.request.url, timeout=60) as sheet:
            route.fulfill(body=as_in_2017(sheet.read().decode()), content_type="text/css")

    def open_one(address: str, width: int) -> Page:
        page = open_page(f"{partners.url}/health", width=width, java_script_enabled=False)
        page.route("**/*.css", aged)
        page.goto(address)
        return page

    return open_one


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_everything_is_seen_and_reached_in_a_browser_of_2017(partners, open_old, width: int) -> None:
    page = open_old(f"{partners.territory}/places{FOR}", width)
    _usable(page)
    press(page, page.locator("button.slot").first)
    _usable(page)
    press(page, page.locator("button.primary"))
    _usable(page)
    page.fill("#label", "94-5001")
    page.check("input[name=need] >> nth=0")
    page.check("input[name=leave][value=oui]")
    page.evaluate("document.querySelector('#leave_by').type = 'text'")
    page.fill("#leave_by", f"{monday():%d/%m/%Y}")
    page.fill("#officer", "M.D.")
    page.fill("#officer_phone", "01 45 67 89 10")
    press(page, page.locator("button.primary"))
    assert "C’est confirmé" in page.inner_text("main")
    _usable(page)
    press(page, page.get_by_text("Déplacer"))
    _usable(page)
    page.go_back()
    press(page, page.get_by_text("Annuler l’orientation"))
    _usable(page)
    press(page, page.locator("button.danger"))
    for address in (
        f"{partners.territory}/orientations{FOR}",
        link(partners, "reponse"),
        link(partners, "acces"),
    ):
        page.goto(address)
        _usable(page)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    "unknown",
    [
        "AbortSignal.timeout",
        "HTMLFormElement.prototype.requestSubmit",
        "window.HTMLDialogElement",
    ],
)
def test_the_scripts_of_today_send_forms_in_a_browser_of_2021(partners, open_page, unknown: str) -> None:
    page = open_page(f"{partners.url}/health")
    page.add_init_script(f"delete {unknown}")
    page.goto(f"{partners.territory}/places{FOR}")
    assert page.evaluate(f"typeof {unknown}") == "undefined"
    page.locator("button.slot").first.click()
    page.get_by_role("heading", name="Orienter une personne").wait_for()
    assert page.locator("#connexion").is_hidden()


def _usable(page: Page) -> None:
    """No page wider than its window; every control large enough, and none over another."""
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    boxes = [
        box
        for one in page.locator(CONTROLS).all()
        if one.is_visible() and (box := one.bounding_box()) is not None
    ]
    assert boxes
    assert all(min(box["width"], box["height"]) >= LEAST_PIXELS for box in boxes), page.url
    assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)], page.url


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    def within(side: str, size: str) -> bool:
        return one[side] + 1 < other[side] + other[size] and other[side] + 1 < one[side] + one[size]

    return within("x", "width") and within("y", "height")
