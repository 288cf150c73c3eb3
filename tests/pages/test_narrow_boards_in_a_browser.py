"""The board where room is short: nothing touches, nothing is covered, what is asked stays in sight."""

import pytest

from tests.pages.at_the_board import begin_draft, focus_cell, keys_are_heard, own_month

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOO_WIDE = """() => [...document.querySelectorAll("table.month thead .days a")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""
COVERED = """() => [...document.querySelectorAll("table.month tbody th a")].filter((name) => {
  const box = name.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top && !top.closest("th") && top.closest("table");
}).map((name) => name.textContent)"""


@pytest.fixture(scope="module")
def month(prepared, tmp_path_factory):
    yield from own_month(prepared, tmp_path_factory.mktemp("narrow"))


@pytest.mark.parametrize("font", ["ours", "the system's"])
def test_the_dates_of_neighbouring_columns_never_touch(served, open_page, font):
    page = open_page(served.month + "?par=lieu&vue=mois")
    if font != "ours":
        page.evaluate("document.documentElement.style.setProperty('--font', 'DejaVu Sans, sans-serif')")
    for by in ("lieu", "personne"):
        page.locator(f'.choice a[href*="par={by}"]').first.click()
        for width in (1440, 1280, 1190, 900):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(TOO_WIDE) == [], (by, width)


def test_beside_a_panel_that_widens_the_dates_have_room(served, open_page):
    page = open_page(served.month + "?par=lieu&vue=mois", width=1280)
    keys_are_heard(page)
    page.locator("td > .chip.perm").first.click()
    page.locator(".work.asking").wait_for()
    assert page.evaluate(TOO_WIDE) == []


def test_beside_a_panel_the_days_of_people_fill_the_whole_board(served, open_page):
    page = open_page(served.month + "?par=personne&vue=mois")
    keys_are_heard(page)
    page.locator("td > .chip.perm").first.click()
    page.locator(".work.asking").wait_for()
    last, table = (
        page.locator("thead .days th").last.bounding_box(),
        page.locator("table.month").bounding_box(),
    )
    assert last["x"] + last["width"] == pytest.approx(table["x"] + table["width"], abs=2)


def test_at_900_pixels_a_move_is_weighed_beside_the_board_and_covers_no_name(month, open_page):
    page = open_page(month.month + "?par=lieu&vue=mois", width=900, height=700)
    keys_are_heard(page)
    begin_draft(page)
    focus_cell(page, "permanence:")
    page.keyboard.press("m")
    page.locator(".target").first.wait_for(state="attached")
    page.keyboard.press("n")
    for words in ("Déposer", "Remettre en place"):
        button = page.locator(".panel .actions .btn", has_text=words).first
        button.wait_for()
        box = button.bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= 700, words
    aimed = page.locator("td.aimed").bounding_box()
    assert aimed["y"] + aimed["height"] <= page.locator(".panel").bounding_box()["y"]
    page.locator(".board").evaluate("(board) => { board.scrollLeft = 330; }")
    assert page.evaluate(COVERED) == []
