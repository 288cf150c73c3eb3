"""The story of a month in one served database, by mouse; what it takes is counted and may only fall.

Tasks: why is a need not placed, apply a repair, move, pin, publish, absence for two people, re-plan, publish again.
"""

import pytest

from tests.pages.at_the_board import Hands, begin_draft, focus_cell, keys_of, own_month, said
from tests.pages.conftest import faults_of
from tests.pages.counted import COUNTED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SOLVED_MS = 120_000
LEADS_AWAY = """() => {
  const board = document.querySelector("[data-board]");
  const form = `<form method="post" action="${board.dataset.board}/generer"><button>Recalculer</button></form>`;
  board.insertAdjacentHTML("beforebegin", form);
}"""
"""The form of a draft whose facts changed since; the first edit that is kept draws the page without it."""


@pytest.fixture(scope="module")
def month(prepared, tmp_path_factory):
    yield from own_month(prepared, tmp_path_factory.mktemp("story"))


@pytest.fixture
def board(month, open_page):
    page = open_page(month.month + "?par=lieu&vue=mois")
    page.locator("table.month td[tabindex='0']").wait_for()
    return page


def width_of(page):
    return page.locator(".board").bounding_box()["width"]


def to_be_placed(page):
    return int(page.locator("#panneau .tabs .count").first.inner_text())


def test_by_mouse_a_need_is_understood_a_repair_tried_and_applied(month, board):
    hands = Hands(board)
    begin_draft(board)
    before = to_be_placed(board)
    hands.click(board.locator("details.todo summary").filter(has_text="QSL Noisy"))
    card = board.locator("details.todo").filter(has_text="QSL Noisy")
    card.get_by_role("button", name="Placer").first.wait_for()
    assert "fermé" in card.locator(".reason").first.inner_text()
    assert hands.clicks == COUNTED["Comprendre pourquoi un besoin n’est pas placé"].clicks
    hands.click(card.get_by_role("link", name="Essayer").first)
    board.get_by_role("heading", name="À l’essai").wait_for()
    assert board.locator(".target.trial").count() == 1
    assert faults_of(board) == []
    hands.click(board.get_by_role("button", name="Placer"))
    said(board, "C’est fait : QSL Noisy")
    assert to_be_placed(board) == before - 1
    assert hands.clicks - 1 == COUNTED["Essayer et appliquer une réparation"].clicks


def test_what_a_repair_supposes_is_noted_one_click_away_and_taken_back_where_it_was_told(month, board):
    told = board.locator(".message")
    before = to_be_placed(board)
    board.locator("details.todo summary").filter(has_text="CP Fresnes").click()
    board.locator("details.todo").filter(has_text="CP Fresnes").get_by_role(
        "button", name="Placer"
    ).first.click()
    said(board, "suppose un fait qui n’est pas encore noté")
    link = told.get_by_role("link", name="Noter cette autorisation")
    form = board.context.new_page()
    form.goto(month.url + link.get_attribute("href"))
    assert form.get_by_label("Lieu").input_value() == "fresnes"
    assert form.locator("input[name=staff]:checked").count() == 1
    told.get_by_role("button", name="Annuler").click()
    said(board, "Remis comme avant.")
    assert to_be_placed(board) == before


def test_the_count_of_a_row_that_is_short_leads_to_its_reasons(month, board):
    board.locator("tr", has_text="CP Fresnes").locator("a.need").click()
    board.get_by_role("heading", name="Pourquoi pas « CP Fresnes").wait_for()
    assert board.locator(".target.fact").count() > 0
    assert board.get_by_text("Son numéro est sur le tableau.").is_visible()
    board.goto(f"{month.month}?par=lieu&vue=liste")
    card = board.locator("details.todo").filter(has_text="CP Fresnes")
    card.locator("summary").click()
    card.get_by_role("link", name="Pourquoi ?").click()
    board.get_by_role("heading", name="Pourquoi pas « CP Fresnes").wait_for()
    assert board.locator(".target.fact").count() == 0
    assert not board.get_by_text("Son numéro est sur le tableau.").is_visible()
    board.goto(f"{month.month}/manque?rangee=nulle-part")
    assert board.get_by_text("Cette ligne n’existe pas.").is_visible()


def test_by_mouse_a_permanence_is_dragged_and_pinned(month, board):
    before = keys_of(board, "permanence:gagny-permanence")
    chip = board.locator('[data-key^="permanence:gagny-permanence"]').first
    box, width = chip.bounding_box(), width_of(board)
    board.mouse.move(box["x"] + 6, box["y"] + 12)
    board.mouse.down()
    board.mouse.move(box["x"] + 40, box["y"] + 12, steps=4)
    place = board.locator(".target.free, .target.costs").first
    place.wait_for()
    assert width_of(board) == width
    spot = place.bounding_box()
    board.mouse.move(spot["x"] + 6, spot["y"] + 6, steps=4)
    stood = board.locator(".board").bounding_box()["y"]
    board.mouse.up()
    said(board, "C’est fait :")
    assert abs(board.locator(".board").bounding_box()["y"] - stood) < 1, (
        "what is said moves nothing under the hand"
    )
    assert keys_of(board, "permanence:gagny-permanence") != before
    hands = Hands(board)
    hands.click(board.locator('[data-key^="permanence:villejuif-permanence"]').first)
    hands.click(board.get_by_role("button", name="Épingler"))
    board.locator('[data-key^="permanence:villejuif-permanence"].pinned').first.wait_for()
    assert hands.clicks == COUNTED["Épingler"].clicks
    board.reload()
    board.locator("#annuler-dernier").click()
    said(board, "Remis comme avant.")
    assert board.locator("td:focus [data-key^='permanence:villejuif-permanence']").count() == 1


def test_by_mouse_it_is_published_with_the_list_of_who_will_be_told(month, board):
    hands = Hands(board)
    hands.click(board.get_by_role("link", name="Publier v"))
    assert board.get_by_role("heading", name="Qui sera prévenu").is_visible()
    board.locator(".tell details summary").first.click()
    assert board.locator(".tell details p").first.inner_text()
    assert board.get_by_text("Décidé").first.is_visible()
    assert board.get_by_text("Ouverte à la main le").is_visible()
    assert_the_button_hides_nothing(board)
    hands.click(board.get_by_role("button", name="et prévenir"))
    board.get_by_text("publiée").first.wait_for()
    assert hands.clicks == COUNTED["Publier, après avoir vu qui sera prévenu"].clicks


def assert_the_button_hides_nothing(page):
    """On a low screen what the version leaves unplaced stands above the button that stays in sight."""
    size = page.viewport_size
    page.set_viewport_size({"width": 1440, "height": 500})
    note = page.get_by_text("Cette version part avec").bounding_box()
    button = page.get_by_role("button", name="et prévenir").first.bounding_box()
    page.set_viewport_size(size)
    assert note["y"] + note["height"] <= button["y"]


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
    absence = COUNTED["Saisir une absence pour deux personnes"]
    assert (hands.clicks, hands.fields) == (absence.clicks, absence.fields)
    page.reload()
    page.wait_for_url("**/planning/2026-12")
    hands.click(page.get_by_role("button", name="Replanifier en changeant le moins possible"))
    page.wait_for_url("**/calcul")
    page.wait_for_url("**/planning/2026-12*", timeout=SOLVED_MS)
    page.get_by_text("Brouillon v").first.wait_for()
    hands.click(page.get_by_role("link", name="Publier v"))
    told = page.locator("section.card").filter(has_text="hangement")
    changes = told.locator("tbody tr, .person-changes > summary").locator("visible=true").first
    changes.wait_for()
    assert page.get_by_role("heading", name="Qui sera prévenu").is_visible()
    hands.click(page.get_by_role("button", name="et prévenir"))
    page.wait_for_url("**fait=publication")
    publishing, planning = 2, COUNTED["Replanifier en changeant le moins possible"].clicks
    assert hands.clicks == absence.clicks + planning + publishing


def test_a_place_that_breaks_a_rule_takes_a_second_deliberate_act(month, board):
    begin_draft(board)
    focus_cell(board, "permanence:spip")
    board.keyboard.press("m")
    broken = board.locator("td:has(.target.breaks)").first
    broken.wait_for()
    broken.click()
    board.get_by_text("enfreinte").first.wait_for()
    board.get_by_role("button", name="Déposer quand même").click()
    said(board, "C’est fait :")
    board.get_by_role("link", name="Alertes").click()
    assert board.locator("#panneau .tag.is-bad").first.inner_text() == "Décision"
    assert "=" not in board.locator("#panneau .panel-body").inner_text()


def test_a_colleagues_change_is_shown_in_place_and_ones_own_is_kept(month, board, open_page):
    second = open_page(month.month + "?par=lieu&vue=mois")
    focus_cell(board, "permanence:gagny-permanence")
    board.keyboard.press("e")
    said(board, "C’est fait :")
    focus_cell(second, "permanence:villejuif-permanence")
    second.keyboard.press("e")
    second.get_by_role("heading", name="a changé entre-temps").wait_for()
    assert second.locator("[data-key].theirs").count() >= 1
    assert "épingl" in second.locator("#panneau").inner_text()
    assert faults_of(second) == []
    second.get_by_role("button", name="L’appliquer maintenant").click()
    said(second, "C’est fait :")


@pytest.mark.parametrize(
    ("refuse", "told"),
    [
        (lambda route: route.abort("internetdisconnected"), "Le service ne répond pas"),
        (lambda route: route.fulfill(status=403, json={"title": "Action non permise"}), "Action non permise"),
    ],
    ids=["line", "refused"],
)
def test_what_cannot_be_shown_in_the_panel_is_said_there(month, board, refuse, told):
    chip = "permanence:villepinte"
    board.route("**/detail?*", refuse)
    focus_cell(board, chip)
    board.keyboard.press("Enter")
    board.locator("#panneau [role=alert]", has_text=told).wait_for()
    assert not board.locator("#panneau[aria-busy]").count()
    board.unroute("**/detail?*")
    board.keyboard.press("Escape")
    assert board.locator(":focus").get_attribute("data-row") is not None or board.locator("td:focus").count()


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


def test_an_edit_whose_answer_is_lost_on_the_way_is_kept_once_and_told(month, board):
    begin_draft(board)
    answered = []

    def lose_the_first(route):
        if answered:
            route.continue_()
            return
        answered.append(route.fetch(max_redirects=0).status)
        route.abort("internetdisconnected")

    board.route("**/epingler", lose_the_first)
    pinned = board.locator(".pinned[data-key]").count()
    focus_cell(board, "permanence:villejuif")
    was = board.locator('.pinned[data-key^="permanence:villejuif"]').count()
    board.keyboard.press("e")
    said(board, "C’est fait :")
    assert answered == [303]
    assert abs(board.locator(".pinned[data-key]").count() - pinned) == 1
    assert board.locator('.pinned[data-key^="permanence:villejuif"]').count() != was


def test_a_form_that_leads_away_is_sent_once_after_the_edits_that_wait(month, board):
    begin_draft(board)
    sent, held = [], []

    def hold_the_first(route):
        sent.append("edit")
        if len(sent) == 1:
            held.append(route)
        else:
            route.continue_()

    board.route("**/epingler", hold_the_first)
    board.route("**/generer", lambda route: (sent.append("form"), route.fulfill(body="Le calcul commence")))
    board.evaluate(LEADS_AWAY)
    for key in ("permanence:villepinte", "permanence:fleury"):
        focus_cell(board, key)
        board.keyboard.press("e")
    board.get_by_role("button", name="Recalculer").dblclick()
    held[0].continue_()
    board.get_by_text("Le calcul commence").wait_for()
    assert sent == ["edit", "edit", "form"]


def test_by_mouse_a_month_is_planned_from_its_board_in_two_clicks(month, board):
    hands = Hands(board)
    hands.click(board.get_by_role("link", name="Générer…"))
    board.get_by_role("button", name="Générer").wait_for()
    assert hands.clicks + 1 == COUNTED["Planifier le mois"].clicks
