"""The story of a month in one served database, by mouse and again by keys alone; what it takes is counted and may only fall.

Tasks: why is a need not placed, apply a repair, move, pin, publish, absence for two people, re-plan.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.conftest import Served, faults_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
SOLVED_MS = 120_000
MOST_TABS = 80


@pytest.fixture(scope="module")
def month(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One copy for the whole story: each act goes on where the one before it ended."""
    var = tmp_path_factory.mktemp("story") / "var"
    shutil.copytree(prepared, var)
    yield from serve(var)


@pytest.fixture
def board(month, open_page):
    page = open_page(month.month + "?par=lieu&vue=mois")
    page.locator("table.month td[tabindex='0']").wait_for()
    return page


class Hands:
    """A mouse that counts its clicks and the fields it fills."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, target):
        self.clicks += 1
        target.click()

    def fill(self, label, value):
        self.fields += 1
        self.page.get_by_label(label, exact=True).fill(value)


def said(page, words):
    page.locator(".message").get_by_text(words).wait_for()


def keys_of(page, start):
    found = page.locator(f'[data-key^="{start}"]').evaluate_all("all => all.map((one) => one.dataset.key)")
    return sorted(found)


def to_be_placed(page):
    return int(page.locator("#panneau .tabs .count").first.inner_text())


def test_by_mouse_a_need_is_understood_a_repair_tried_and_applied(month, board):
    hands = Hands(board)
    hands.click(board.get_by_role("button", name="Modifier"))
    before = to_be_placed(board)
    hands.click(board.locator("details.todo summary").filter(has_text="QSL Noisy"))
    card = board.locator("details.todo").filter(has_text="QSL Noisy")
    card.get_by_role("button", name="Appliquer").first.wait_for()
    assert "fermé" in card.locator(".reason").first.inner_text()
    hands.click(card.get_by_role("link", name="Essayer").first)
    board.get_by_role("heading", name="À l’essai").wait_for()
    assert board.locator(".target.trial").count() == 1
    assert faults_of(board) == []
    hands.click(board.get_by_role("button", name="Appliquer"))
    said(board, "C’est fait.")
    assert to_be_placed(board) == before - 1
    assert (hands.clicks, hands.fields) == (4, 0)


def test_by_mouse_a_permanence_is_dragged_and_pinned(month, board):
    before = keys_of(board, "permanence:gagny-permanence")
    chip = board.locator('[data-key^="permanence:gagny-permanence"]').first
    box = chip.bounding_box()
    board.mouse.move(box["x"] + 6, box["y"] + 12)
    board.mouse.down()
    board.mouse.move(box["x"] + 40, box["y"] + 12, steps=4)
    place = board.locator(".target.free, .target.costs").first
    place.wait_for()
    spot = place.bounding_box()
    board.mouse.move(spot["x"] + 6, spot["y"] + 6, steps=4)
    board.mouse.up()
    said(board, "C’est fait.")
    assert keys_of(board, "permanence:gagny-permanence") != before
    hands = Hands(board)
    hands.click(board.locator('[data-key^="permanence:villejuif-permanence"]').first)
    hands.click(board.get_by_role("button", name="Épingler"))
    board.locator('[data-key^="permanence:villejuif-permanence"].pinned').first.wait_for()
    assert hands.clicks == 2


def test_by_mouse_it_is_published_with_the_list_of_who_will_be_told(month, board):
    hands = Hands(board)
    hands.click(board.get_by_role("link", name="Publier v"))
    assert board.get_by_role("heading", name="Qui sera prévenu").is_visible()
    board.locator(".tell details summary").first.click()
    assert board.locator(".tell details p").first.inner_text()
    assert board.get_by_text("Décidé").first.is_visible()
    hands.click(board.get_by_role("button", name="et prévenir"))
    board.get_by_text("publiée").first.wait_for()
    assert hands.clicks == 2


def test_by_mouse_an_absence_for_two_people_is_re_planned_with_the_least_change_and_published(
    month, open_page
):
    page = open_page(f"{month.territory}/fiche/absences/nouveau")
    hands = Hands(page)
    for name in ("A.R.", "L.D."):
        hands.click(page.get_by_label(name))
    hands.fill("Du", "2026-12-21")
    page.get_by_label("Au", exact=False).first.fill("2026-12-22")
    hands.fields += 1
    hands.click(page.get_by_role("button", name="Enregistrer").first)
    page.get_by_role("heading", name="C’est enregistré").wait_for()
    assert page.locator("section.card li").count() >= 1
    hands.click(page.get_by_role("link", name="Replanifier en changeant le moins possible"))
    assert page.get_by_label("Repartir du planning publié").is_checked()
    hands.click(page.get_by_role("button", name="Générer"))
    page.wait_for_url("**/calcul")
    page.wait_for_url("**/planning/2026-12*", timeout=SOLVED_MS)
    page.get_by_text("Brouillon v").first.wait_for()
    hands.click(page.get_by_role("link", name="Publier v"))
    changes = page.locator("section.card tbody tr").first
    changes.wait_for()
    assert page.get_by_role("heading", name="Qui sera prévenu").is_visible()
    hands.click(page.get_by_role("button", name="et prévenir"))
    page.wait_for_url("**fait=publication")
    assert (hands.clicks, hands.fields) == (7, 2)


def tab_to(page, target):
    """Reaches something by the Tab key, as somebody without a mouse does; forwards, then backwards."""
    handle = target.element_handle()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MOST_TABS):
            if handle.evaluate("(one) => one === document.activeElement"):
                return
            page.keyboard.press(key)
    raise AssertionError("not reached by the Tab key")


def focus_cell(page, key):
    """Goes to a cell with arrows from wherever the grid has the focus."""
    cell = page.locator(f'td:has([data-key^="{key}"])').first
    row = cell.evaluate("(one) => one.parentElement.rowIndex - 3")
    page.locator("table.month td[tabindex='0']").focus()
    page.keyboard.press("Control+Home")
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    handle = cell.element_handle()
    for _ in range(60):
        if handle.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError("not reached by arrows")


def test_by_keys_a_permanence_is_moved_undone_pinned_and_reassigned(month, board):
    if board.get_by_role("button", name="Modifier").count():
        tab_to(board, board.get_by_role("button", name="Modifier"))
        board.keyboard.press("Enter")
        board.get_by_text("Brouillon v").first.wait_for()
    start = "permanence:sante-permanence"
    before = keys_of(board, start)
    focus_cell(board, start)
    board.keyboard.press("m")
    board.get_by_role("heading", name="Choisissez une case").wait_for()
    board.locator(".target").first.wait_for()
    board.keyboard.press("n")
    board.locator("#panneau h2").filter(has_text=" au ").wait_for()
    assert "décembre" in board.locator("#annonce").text_content()
    assert faults_of(board) == []
    board.keyboard.press("Enter")
    said(board, "C’est fait.")
    assert keys_of(board, start) != before
    assert board.evaluate("document.activeElement.tagName") == "TD"
    board.keyboard.press("u")
    said(board, "Remis comme avant.")
    assert keys_of(board, start) == before
    focus_cell(board, start)
    board.keyboard.press("e")
    board.locator(f'[data-key^="{start}"].pinned').first.wait_for()
    board.keyboard.press("r")
    board.get_by_role("heading", name="à qui").wait_for()
    tab_to(board, board.locator("#panneau .person-offer button").first)
    assert faults_of(board) == []
    board.keyboard.press("Escape")
    assert board.evaluate("document.activeElement.tagName") == "TD"


def test_by_keys_an_empty_cell_is_filled_and_something_is_taken_off(month, board):
    start = "permanence:spip"
    focus_cell(board, "permanence:spip")
    held = len(keys_of(board, start))
    board.keyboard.press("Delete")
    board.get_by_role("heading", name="Retirer").wait_for()
    tab_to(board, board.get_by_role("button", name="Retirer du brouillon"))
    board.keyboard.press("Enter")
    said(board, "C’est fait.")
    assert len(keys_of(board, start)) == held - 1
    board.keyboard.press("Enter")
    heading = board.get_by_role("heading", name="Ajouter ici")
    heading.wait_for()
    tab_to(board, board.locator("#panneau form button").first)
    board.keyboard.press("Enter")
    heading.wait_for(state="detached")
    assert len(keys_of(board, start)) == held


def test_by_keys_an_interview_goes_elsewhere(month, board):
    board.locator("table.month td[tabindex='0']").focus()
    interviews = board.locator("td:has(.chip.office)")
    link = board.locator("#panneau a").filter(has_text="Ailleurs").first
    for number in range(interviews.count()):
        interviews.nth(number).focus()
        board.keyboard.press("m")
        heading = board.locator("#panneau h2").filter(has_text="entretien")
        heading.wait_for()
        if link.count():
            break
        board.keyboard.press("Escape")
        heading.wait_for(state="detached")
    tab_to(board, link)
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="Où cela tient-il").wait_for()
    assert faults_of(board) == []
    tab_to(board, board.get_by_role("button", name="Déplacer là").first)
    board.keyboard.press("Enter")
    said(board, "C’est fait.")


def test_by_keys_why_here_help_and_views(month, board):
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


def test_by_keys_a_need_is_understood_and_the_draft_published(month, board):
    summary = board.locator("details.todo summary").nth(1)
    tab_to(board, summary)
    board.keyboard.press("Enter")
    link = board.locator("details.todo").nth(1).get_by_role("link", name="Pourquoi")
    link.first.wait_for()
    board.locator("details.todo").nth(1).get_by_text("Pourquoi ?").first.wait_for()
    tab_to(board, board.locator("details.todo").nth(1).get_by_role("link", name="Pourquoi").first)
    board.keyboard.press("Enter")
    board.get_by_role("heading", name="Pourquoi pas").wait_for()
    assert faults_of(board) == []
    tab_to(board, board.get_by_role("link", name="Publier v"))
    board.keyboard.press("Enter")
    board.wait_for_url("**/publier")
    tab_to(board, board.get_by_role("button", name="et prévenir"))
    board.keyboard.press("Enter")
    board.wait_for_url("**fait=publication")


def test_a_place_that_breaks_a_rule_takes_a_second_deliberate_act(month, board):
    if board.get_by_role("button", name="Modifier").count():
        board.get_by_role("button", name="Modifier").click()
        board.get_by_text("Brouillon v").first.wait_for()
    focus_cell(board, "permanence:spip")
    board.keyboard.press("m")
    broken = board.locator("td:has(.target.breaks)").first
    broken.wait_for()
    broken.click()
    board.get_by_text("enfreinte").first.wait_for()
    board.get_by_role("button", name="Déposer quand même").click()
    said(board, "C’est fait.")
    board.get_by_role("link", name="Alertes").click()
    assert board.locator("#panneau .tag.is-bad").first.inner_text() == "Décision"
    assert "=" not in board.locator("#panneau .panel-body").inner_text()


def test_a_colleagues_change_is_shown_in_place_and_ones_own_is_kept(month, board, open_page):
    second = open_page(month.month + "?par=lieu&vue=mois")
    focus_cell(board, "permanence:gagny-permanence")
    board.keyboard.press("e")
    said(board, "C’est fait.")
    focus_cell(second, "permanence:villejuif-permanence")
    second.keyboard.press("e")
    second.get_by_role("heading", name="a changé entre-temps").wait_for()
    assert second.locator("[data-key].theirs").count() >= 1
    assert "épingl" in second.locator("#panneau").inner_text()
    assert faults_of(second) == []
    second.get_by_role("button", name="L’appliquer maintenant").click()
    said(second, "C’est fait.")


def test_edits_wait_for_the_line_and_leave_in_their_order(month, board):
    pinned = board.locator(".pinned[data-key]").count()
    board.context.set_offline(True)
    focus_cell(board, "permanence:villepinte")
    board.keyboard.press("e")
    bar = board.locator("#connexion")
    bar.get_by_text("Votre dernier changement attend ici").wait_for()
    focus_cell(board, "permanence:fleury")
    board.keyboard.press("e")
    bar.get_by_text("Vos 2 derniers changements attendent ici").wait_for()
    board.context.set_offline(False)
    board.locator(".pinned[data-key]").nth(pinned + 1).wait_for()
    assert bar.is_hidden()
