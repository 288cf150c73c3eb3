"""The same month by keys alone: what each task takes is counted and may only fall."""

import pytest

from tests.pages.at_the_board import (
    Fingers,
    begin_draft,
    focus_cell,
    keys_are_heard,
    keys_of,
    own_month,
    said,
)
from tests.pages.conftest import faults_of
from tests.pages.counted import COUNTED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SOLVED_MS = 120_000
AIMED = (
    "() => { const one = document.activeElement; return `${one.parentElement.rowIndex} ${one.cellIndex}`; }"
)


def chip_of(page, start):
    return page.locator(f'[data-key^="{start}"] .hidden-text').first.text_content()


@pytest.fixture(scope="module")
def month(prepared, tmp_path_factory):
    yield from own_month(prepared, tmp_path_factory.mktemp("keys"))


@pytest.fixture
def board(month, open_page):
    page = open_page(month.month + "?par=lieu&vue=mois")
    keys_are_heard(page)
    return page


@pytest.fixture
def fingers(board):
    return Fingers(board)


def test_the_link_that_skips_to_the_board_leads_where_the_arrows_begin(board):
    board.locator("a.skip[href='#tableau']").focus()
    board.keyboard.press("Enter")
    first = board.evaluate(AIMED)
    board.keyboard.press("ArrowRight")
    second = board.evaluate(AIMED)
    assert [int(one) for one in second.split()] == [int(first.split()[0]), int(first.split()[1]) + 1]


def test_by_keys_a_draft_goes_on_at_the_cell_a_need_is_understood_and_a_repair_applied(board, fingers):
    focus_cell(board, "permanence:gagny-permanence")
    here = board.evaluate(AIMED)
    board.keyboard.press("m")
    board.locator("#panneau").get_by_text("il se modifie dans un brouillon").wait_for()
    board.keyboard.press("Enter")
    said(board, "Brouillon ouvert")
    assert board.evaluate(AIMED) == here
    board.locator("td:has([data-need])").first.focus()
    fingers.press("w")
    board.get_by_role("heading", name="Pourquoi pas").wait_for()
    board.locator(".target.fact").first.wait_for()
    assert faults_of(board) == []
    assert fingers.keys <= COUNTED["Comprendre pourquoi un besoin n’est pas placé"].keys
    fingers.keys = 0
    fingers.tab_to(board.get_by_role("link", name="Essayer").first)
    fingers.press("Enter")
    tried = board.get_by_role("heading", name="À l’essai")
    tried.wait_for()
    place = board.locator("[data-tried]").get_attribute("data-show").split(" ")
    board.keyboard.press("Escape")
    board.get_by_role("heading", name="Pourquoi pas").wait_for()
    assert board.evaluate("document.activeElement.textContent").startswith("Essayer")
    board.keyboard.press("Enter")
    tried.wait_for()
    fingers.press("Enter")
    said(board, "C’est fait :")
    assert fingers.keys <= COUNTED["Essayer et appliquer une réparation"].keys
    assert board.locator("tr:has(td:focus)").get_attribute("data-row") == place[0]
    assert board.locator("td:focus [data-key]").count() >= 1


def test_by_keys_a_permanence_is_moved_undone_pinned_and_given_to_somebody_else(board, fingers):
    begin_draft(board)
    start = "permanence:sante-permanence"
    before = keys_of(board, start)
    focus_cell(board, start)
    fingers.press("m")
    board.get_by_role("heading", name="Choisissez une case").wait_for()
    board.locator(".target").first.wait_for()
    fingers.press("n")
    board.locator("#panneau h2").filter(has_text=" au ").wait_for()
    assert "décembre" in board.locator("#annonce").text_content()
    assert faults_of(board) == []
    fingers.press("Enter")
    said(board, "C’est fait :")
    assert fingers.keys <= COUNTED["Déplacer une permanence"].keys
    assert keys_of(board, start) != before
    assert board.evaluate("document.activeElement.tagName") == "TD"
    board.keyboard.press("u")
    said(board, "Remis comme avant.")
    assert keys_of(board, start) == before
    focus_cell(board, start)
    fingers.keys = 0
    fingers.press("e")
    board.locator(f'[data-key^="{start}"].pinned').first.wait_for()
    assert fingers.keys <= COUNTED["Épingler"].keys
    board.keyboard.press("r")
    board.get_by_role("heading", name="à qui").wait_for()
    fingers.tab_to(board.locator("#panneau .person-offer button").first)
    assert faults_of(board) == []
    board.keyboard.press("Escape")
    assert board.evaluate("document.activeElement.tagName") == "TD"
    held_by = chip_of(board, start)
    board.keyboard.press("r")
    fingers.tab_to(board.locator("#panneau .person-offer button").first)
    board.keyboard.press("Enter")
    name = "[...document.querySelectorAll('[data-key]')].find((one) => one.dataset.key.startsWith(what)).textContent"
    board.wait_for_function(f"([what, was]) => !{name}.includes(was)", arg=[start, held_by])
    board.keyboard.press("u")
    said(board, "Remis comme avant.")
    assert chip_of(board, start) == held_by


def test_the_letters_on_the_buttons_of_a_chosen_thing_hold_in_the_panel(board):
    begin_draft(board)
    board.locator('[data-key^="permanence:gagny-permanence"]').first.click()
    heading = board.locator("#panneau h2").filter(has_text="Permanence")
    heading.wait_for()
    assert board.evaluate("document.activeElement.tagName") == "H2"
    board.keyboard.press("m")
    board.get_by_role("heading", name="Choisissez une case").wait_for()
    board.keyboard.press("Escape")


def test_by_keys_what_was_picked_up_is_put_back(board):
    focus_cell(board, "permanence:gagny-permanence")
    here = board.evaluate(AIMED)
    board.keyboard.press("Control+x")
    board.locator(".target").first.wait_for()
    there = []
    for key in ("n", "n", "p", "p"):
        board.keyboard.press(key)
        there.append(board.evaluate(AIMED))
    assert here not in there[:2]
    assert (there[0] != there[1], there[2]) == (True, there[0])
    board.keyboard.press("Escape")
    assert "Remis en place" in board.locator("#annonce").text_content()
    assert board.evaluate(AIMED) == here


def test_by_keys_an_empty_cell_is_filled_and_something_is_taken_off(board, fingers):
    start = "permanence:spip"
    focus_cell(board, "permanence:spip")
    held = len(keys_of(board, start))
    board.keyboard.press("Delete")
    board.get_by_role("heading", name="Retirer").wait_for()
    fingers.tab_to(board.get_by_role("button", name="Retirer du brouillon"))
    board.keyboard.press("Enter")
    said(board, "C’est fait :")
    assert len(keys_of(board, start)) == held - 1
    board.keyboard.press("Enter")
    heading = board.get_by_role("heading", name="Ajouter ici")
    heading.wait_for()
    fingers.tab_to(board.locator("#panneau form button").first)
    board.keyboard.press("Enter")
    heading.wait_for(state="detached")
    assert len(keys_of(board, start)) == held


def test_by_keys_an_interview_goes_elsewhere(board, fingers):
    board.locator("table.month td[tabindex='0']").focus()
    interviews = board.locator("td:has(.chip.office)")
    link = board.locator("#panneau a").filter(has_text="Déplacer…").first
    for number in range(interviews.count()):
        interviews.nth(number).focus()
        board.keyboard.press("m")
        heading = board.locator("#panneau h2").filter(has_text="entretien")
        heading.wait_for()
        if link.count():
            break
        board.keyboard.press("Escape")
        heading.wait_for(state="detached")
    fingers.tab_to(link)
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="Où cela tient-il").wait_for()
    assert faults_of(board) == []
    fingers.tab_to(board.get_by_role("button", name="Déplacer là").first)
    board.keyboard.press("Enter")
    said(board, "C’est fait :")


def test_by_keys_why_here_help_and_views(board):
    focus_cell(board, "permanence:villejuif-permanence")
    board.keyboard.press("w")
    board.get_by_role("heading", name="Pourquoi ici").wait_for()
    assert faults_of(board) == []
    board.keyboard.press("Escape")
    help_button = board.get_by_role("link", name="Raccourcis")
    help_button.focus()
    board.keyboard.press("?")
    board.get_by_role("heading", name="Le clavier").wait_for()
    assert faults_of(board) == []
    board.locator("#panneau [data-close]").click()
    assert help_button.evaluate("(one) => one === document.activeElement")
    board.keyboard.press("4")
    board.wait_for_url("**vue=liste**")


def test_by_keys_what_waits_for_its_turn_is_kept_before_the_page_is_left(board):
    begin_draft(board)
    keys = [keys_of(board, start)[0] for start in ("permanence:villejuif", "permanence:sante")]
    pinned = [board.locator(f'.pinned[data-key="{key}"]').count() for key in keys]
    board.route("**/epingler", lambda route: (board.wait_for_timeout(500), route.continue_()))
    for key in keys:
        focus_cell(board, key)
        board.keyboard.press("e")
    board.keyboard.press(">")
    board.wait_for_url("**/planning/2027-01**")
    board.goto(board.url.replace("2027-01", "2026-12"))
    assert [board.locator(f'.pinned[data-key="{key}"]').count() for key in keys] == [
        1 - one for one in pinned
    ]


def test_by_keys_a_refused_edit_keeps_the_page_that_was_about_to_be_left(board, open_page, month):
    begin_draft(board)
    faster = open_page(month.month + "?par=lieu&vue=mois")
    focus_cell(faster, "permanence:gagny-permanence")
    faster.keyboard.press("e")
    said(faster, "C’est fait :")
    focus_cell(board, "permanence:villejuif")
    board.keyboard.press("e")
    board.keyboard.press(">")
    board.get_by_role("heading", name="a changé entre-temps").wait_for()
    assert "/planning/2026-12" in board.url


def test_by_keys_the_draft_is_published(board, fingers):
    begin_draft(board)
    fingers.press("p")
    board.wait_for_url("**/publier#publier")
    assert board.get_by_role("button", name="et prévenir").evaluate("(one) => one === document.activeElement")
    fingers.press("Enter")
    board.wait_for_url("**fait=publication")
    assert fingers.keys <= COUNTED["Publier, après avoir vu qui sera prévenu"].keys


def test_by_keys_two_people_are_absent_and_the_month_is_re_planned(month, open_page):
    page = open_page(month.month + "?par=lieu&vue=mois")
    keys_are_heard(page)
    fingers = Fingers(page)
    fingers.press("a")
    page.get_by_role("heading", name="Saisir une absence").wait_for()
    for name in ("A.R.", "L.D."):
        fingers.tab_to(page.get_by_label(name))
        fingers.press("Space")
    for label, typed in (("Du", "12212026"), ("Au", "12222026")):
        fingers.tab_to(page.get_by_label(label, exact=label == "Du").first)
        fingers.type(typed)
    fingers.press("Enter")
    page.get_by_role("heading", name="C’est enregistré").wait_for()
    absence = COUNTED["Saisir une absence pour deux personnes"]
    assert (fingers.keys <= absence.keys, fingers.fields) == (True, absence.fields)
    fingers.keys = 0
    fingers.tab_to(page.get_by_role("button", name="Replanifier en changeant le moins possible"))
    fingers.press("Enter")
    page.wait_for_url("**/planning/2026-12*", timeout=SOLVED_MS)
    page.get_by_text("Brouillon v").first.wait_for()
    assert fingers.keys <= COUNTED["Replanifier en changeant le moins possible"].keys


def test_by_keys_the_page_that_plans_the_next_month_is_two_keys_away(board, fingers):
    fingers.press(">")
    board.wait_for_url("**/planning/2027-01**")
    keys_are_heard(board)
    fingers.press("g")
    board.wait_for_url("**/2027-01/generer")
    fingers.tab_to(board.get_by_role("button", name="Générer"))
    assert fingers.keys + 1 <= COUNTED["Planifier le mois"].keys
    board.go_back()
    keys_are_heard(board)
    board.keyboard.press("<")
    board.wait_for_url("**/planning/2026-12**")


def test_by_keys_the_board_is_one_letter_away_and_an_empty_cell_says_so(board, fingers):
    fingers.press("t")
    assert board.evaluate("document.activeElement.tagName") == "TD"
    board.locator("table.month td:not(:has(.chip))").first.focus()
    for key in ("e", "m", "r"):
        fingers.press(key)
        board.locator("#panneau").get_by_text("Rien n’est placé dans cette case").wait_for()
        fingers.press("Escape")
