"""The keyboard map of the board: each key of the grid does what the page of keys says, and no key is a trap."""

import pytest

from tests.pages.at_the_board import focus_cell, keys_are_heard

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PERMANENCE = "permanence:gagny-permanence"
PLACE = """() => {
  const cell = document.activeElement.closest("table.month td");
  if (!cell) return null;
  const table = cell.closest("table"), box = cell.getBoundingClientRect();
  const heads = [...table.querySelectorAll("thead [data-on]")].map((one) => ({ on: one.dataset.on, box: one.getBoundingClientRect() }));
  const head = heads.find(({ box: of }) => of.left - 1 <= box.left && box.left < of.right - 1);
  return { row: cell.parentElement.dataset.row, on: head && head.on };
}"""


@pytest.fixture
def board(served, open_page):
    page = open_page(served.month + "?par=lieu&vue=mois")
    keys_are_heard(page)
    return page


@pytest.mark.parametrize("view", ["jour", "liste"])
def test_where_days_are_listed_the_key_and_the_link_of_the_table_lead_to_them(served, open_page, view):
    page = open_page(f"{served.month}?par=lieu&vue={view}&jour=2026-12-16")
    page.locator("[data-fold]").wait_for()
    page.keyboard.press("t")
    assert page.evaluate("document.activeElement.querySelectorAll('table.day-lines').length") >= 1
    assert page.locator(page.locator("a.skip").last.get_attribute("href")).count() == 1


def go(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(PLACE)


def test_the_corners_and_the_ends_of_a_row(board):
    board.locator("table.month td[tabindex='0']").focus()
    rows = board.locator("table.month tbody tr[data-row]").evaluate_all(
        "all => all.filter((one) => one.getClientRects().length).map((one) => one.dataset.row)"
    )
    first = go(board, "Control+Home")
    assert first == {"row": rows[0], "on": "2026-12-01"}
    assert go(board, "End") == {"row": rows[0], "on": "2026-12-31"}
    assert go(board, "Control+End") == {"row": rows[-1], "on": "2026-12-31"}
    assert go(board, "Home")["on"] == "2026-12-01"


def test_days_weeks_and_half_days(board):
    board.locator("table.month td[tabindex='0']").focus()
    start = go(board, "Control+Home")
    assert go(board, "Control+ArrowRight")["on"] == "2026-12-02"
    assert go(board, "Control+ArrowLeft") == start
    assert go(board, "ArrowRight", "ArrowRight")["on"] == "2026-12-02"
    assert go(board, "PageDown")["on"] == "2026-12-07"
    assert go(board, "PageUp")["on"] == "2026-12-01"
    assert go(board, "ArrowDown")["row"] != start["row"]
    assert go(board, "ArrowUp")["row"] == start["row"]


def test_the_grid_is_entered_once_and_left_by_tab(board):
    focus_cell(board, PERMANENCE)
    here = go(board)
    board.keyboard.press("Tab")
    assert board.evaluate("document.activeElement.closest('#panneau') !== null")
    assert go(board, "Shift+Tab") == here


@pytest.mark.parametrize("key", ["Shift+F10", "Enter"])
def test_all_that_can_be_done_with_a_cell_is_listed(board, key):
    focus_cell(board, PERMANENCE)
    here = go(board)
    board.keyboard.press(key)
    board.locator("#panneau h2").filter(has_text="Permanence").wait_for()
    board.keyboard.press("Escape")
    board.wait_for_function("document.activeElement.tagName === 'TD'")
    assert go(board) == here


@pytest.mark.parametrize("key", ["m", "e"])
def test_what_is_published_is_changed_in_a_draft_that_begins_where_it_is_said(board, key):
    focus_cell(board, PERMANENCE)
    board.keyboard.press(key)
    board.locator("#panneau").get_by_text("il se modifie dans un brouillon").wait_for()
    assert board.locator("[data-key].ghost").count() == 0
    board.keyboard.press("Tab")
    assert board.evaluate("document.activeElement.textContent").startswith(
        "Modifier\N{NO-BREAK SPACE}: ouvrir un brouillon"
    )
    assert board.evaluate("document.activeElement.form.action").endswith("/modifier")
    board.keyboard.press("Escape")
    board.wait_for_function("document.activeElement.tagName === 'TD'")


def test_what_the_panel_says_is_closed_by_a_button_too(board):
    board.locator("table.month td:not(:has(.chip))").first.focus()
    here = go(board, "r")
    board.locator("#panneau").get_by_role("button", name="Fermer").click()
    assert (board.locator("#panneau [role=alert]").count(), go(board)) == (0, here)


def test_w_on_an_empty_cell_of_a_row_that_is_short_says_what_it_is_short_of(board):
    row = board.locator("tr", has_text="QSL Noisy")
    row.locator("td").first.focus()
    board.keyboard.press("w")
    board.locator("#panneau h2").filter(has_text="QSL Noisy").wait_for()


def test_in_the_view_of_a_week_a_page_is_a_week(served, open_page):
    page = open_page(f"{served.month}?par=lieu&vue=semaine&jour=2026-12-09")
    keys_are_heard(page)
    for key, monday in (("PageDown", "2026-12-14"), ("PageUp", "2026-12-07")):
        page.locator("table.month td[tabindex='0']").focus()
        page.keyboard.press(key)
        page.locator(f"thead [data-on='{monday}']").wait_for()
        page.wait_for_function("document.activeElement.tagName === 'TD'")


def test_the_filter_and_the_four_views_are_one_key_away(board):
    board.keyboard.press("f")
    assert board.evaluate("document.activeElement.closest('form, details') !== null")
    board.keyboard.press("Tab")
    board.evaluate("document.activeElement.blur()")
    for key, shape in (("2", "semaine"), ("3", "jour"), ("4", "liste"), ("1", "mois")):
        board.keyboard.press(key)
        board.wait_for_url(f"**vue={shape}**")
        board.locator(f".choice a[aria-current][href*='vue={shape}']").first.wait_for()


def test_letters_are_switched_off_in_the_settings(served, open_page):
    page = open_page(served.month + "?par=lieu&vue=mois")
    page.context.add_cookies([{"name": "escale-apparence", "value": "touches=non", "url": served.url}])
    page.reload()
    keys_are_heard(page)
    page.keyboard.press("4")
    focus_cell(page, PERMANENCE)
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    page.locator("#panneau h2").filter(has_text="Permanence").wait_for()
    assert page.get_by_role("heading", name="Pourquoi ici").count() == 0
    assert "vue=mois" in page.url


@pytest.mark.parametrize("by", ["lieu", "personne"])
def test_by_keys_an_absence_begins_on_the_day_and_with_the_person_of_the_cell(served, open_page, by):
    page = open_page(f"{served.territory}/planning/2027-02?par={by}&vue=mois")
    keys_are_heard(page)
    page.locator("table.month td[tabindex='0']").focus()
    for key in ("Control+Home", "PageDown", "ArrowDown"):
        page.keyboard.press(key)
    person = page.locator("tr:has(td:focus)").get_attribute("data-row")
    page.keyboard.press("a")
    page.get_by_role("heading", name="Saisir une absence").wait_for()
    assert page.get_by_label("Du", exact=True).input_value() == "2027-02-08"
    chosen = page.locator("input[name=staff]:checked").evaluate_all("all => all.map((one) => one.value)")
    assert chosen == ([person] if by == "personne" else [])
