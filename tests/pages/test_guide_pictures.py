"""The pictures of the coordinator's guide that show a gesture: a repair, a move, an absence over what is published."""

import pytest

from tests.pages.test_pages_in_a_browser import keep_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_draft_is_pictured_with_its_repairs_and_a_permanence_in_hand(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    page.locator("table.month td[tabindex='0']").wait_for()
    page.get_by_role("button", name="Modifier").click()
    page.locator("details.todo summary").filter(has_text="QSL Noisy").click()
    card = page.locator("details.todo").filter(has_text="QSL Noisy")
    card.get_by_role("button", name="Appliquer").first.wait_for()
    keep_picture(page, "reparations")
    card.get_by_role("button", name="Appliquer").first.click()
    page.locator(".message").get_by_text("C’est fait.").wait_for()
    page.locator('[data-key^="permanence:gagny-permanence"]').first.click()
    page.keyboard.press("m")
    page.locator(".target").first.wait_for()
    keep_picture(page, "deplacer")
    assert page.locator(".target.free, .target.costs").count() > 0
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Publier v").click()
    page.get_by_role("button", name="et prévenir").wait_for()
    keep_picture(page, "publier")


def test_an_absence_over_what_is_published_is_pictured(own, open_page):
    page = open_page(f"{own.territory}/fiche/absences/nouveau")
    page.get_by_label("A.R.").check()
    page.get_by_label("Du").fill("2026-12-14")
    page.get_by_label("Au").fill("2026-12-18")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Replanifier en changeant le moins possible").first.wait_for()
    keep_picture(page, "collision")
    assert page.get_by_text("tombe sur du publié").count() == 1
