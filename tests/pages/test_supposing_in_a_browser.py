"""Et si… ? By keys alone: from the board to a scenario beside the month, then discarded."""

import re

import pytest

from tests.pages.conftest import faults_of
from tests.pages.test_pages_in_a_browser import keep_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SOLVED_MS = 120_000


def press_on(page, target):
    target.focus()
    page.keyboard.press("Enter")


def test_a_scenario_is_supposed_computed_read_and_discarded_by_keys(own, open_page):
    page = open_page(f"{own.month}?par=lieu&vue=mois")
    press_on(page, page.get_by_role("link", name="Et si… ?"))
    page.wait_for_url("**/et-si")
    press_on(page, page.get_by_role("link", name="Un lieu ferme"))
    page.wait_for_url("**fait=fermeture**")
    page.get_by_label("Lieu").focus()
    page.keyboard.type("CSL Gagny")
    page.get_by_label("Au", exact=True).focus()
    page.get_by_label("Au", exact=True).fill("2026-12-31")
    press_on(page, page.get_by_role("button", name="Supposer cela et calculer"))
    page.get_by_role("button", name="Écarter").wait_for(timeout=SOLVED_MS)
    assert page.get_by_role("heading", name=re.compile("Si .*Gagny.* ferme")).is_visible()
    assert page.get_by_text(re.compile(r"Permanences non placées\s:\s\d+ de plus")).is_visible()
    keep_picture(page, "et-si")
    page.locator("details.person-changes summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.person-changes table").first.is_visible()
    for width, scheme in ((1440, "light"), (390, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert faults_of(page) == [], (width, scheme)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    press_on(page, page.get_by_role("button", name="Écarter"))
    page.get_by_text("Scénario écarté").wait_for()
    assert page.get_by_role("heading", name="Aucun scénario pour ce mois").is_visible()
