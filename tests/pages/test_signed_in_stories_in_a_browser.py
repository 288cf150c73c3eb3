"""Stories of who is signed in: a session that ends under somebody's hands, and two coordinators at once."""

import pytest

from tests.pages.at_the_board import keys_are_heard, said
from tests.pages.conftest import faults_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def draft(signed, open_page):
    """The board of a draft, for a name; `script` runs before the board's own."""

    def open_draft(name, script=""):
        page = open_page(signed.url + "/connexion")
        sign_in(page, name)
        page.wait_for_url("**/planning/**")
        page.add_init_script(script)
        page.goto(signed.month + "?par=lieu&vue=mois")
        if page.get_by_role("button", name="Modifier").count():
            page.get_by_role("button", name="Modifier").click()
        page.get_by_text("Brouillon v").first.wait_for()
        return page

    return open_draft


def end_sign_in_and_pin(page, key):
    """What asks who one is: the dialogue."""
    keys_are_heard(page)
    page.context.clear_cookies()
    page.locator(f'td:has([data-key^="{key}"])').first.focus()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Votre session a pris fin").wait_for()
    return dialog


def test_a_sign_in_that_ends_comes_over_the_page_and_loses_no_edit(draft):
    page = draft("coordination")
    dialog = end_sign_in_and_pin(page, "permanence:gagny-permanence")
    assert faults_of(page) == []
    sign_in(dialog, "coordination")
    page.locator('[data-key^="permanence:gagny-permanence"].pinned').first.wait_for()
    assert dialog.count() == 0


def test_a_browser_without_dialogues_has_the_sign_in_in_front_of_the_page(draft):
    page = draft("coordination", script="delete HTMLDialogElement.prototype.showModal")
    dialog = end_sign_in_and_pin(page, "permanence:sante-permanence")
    assert page.evaluate("document.activeElement.closest('.in-front') !== null")
    sign_in(dialog, "coordination")
    page.locator('[data-key^="permanence:sante-permanence"].pinned').first.wait_for()
    assert dialog.count() == 0


def test_two_coordinators_see_each_other_and_what_is_held(draft):
    first, second = draft("coordination"), draft("cv")
    keys_are_heard(first)
    keys_are_heard(second)
    second.locator('td:has([data-key^="permanence:villejuif-permanence"])').first.focus()
    with second.expect_response(lambda answer: "tient=permanence" in (answer.request.post_data or "")):
        second.keyboard.press("m")
    first.reload()
    first.locator(".top .who.live").wait_for()
    assert "C.V. travaille aussi" in first.locator(".top .who.live").text_content()
    assert first.locator('[data-key^="permanence:villejuif-permanence"] .holder').inner_text() == "CV"
    assert faults_of(first) == []
    first.locator('td:has([data-key^="permanence:sante-permanence"])').first.focus()
    first.keyboard.press("e")
    said(first, "C’est fait :")
    outrun = second.get_by_text("Ce planning a changé depuis que cette page est ouverte.")
    assert outrun.is_hidden()
    second.keyboard.press("Escape")
    outrun.wait_for()
    assert faults_of(second) == []
    second.get_by_role("link", name="Voir le tableau à jour").click()
    second.locator("[data-outrun]").wait_for(state="hidden")
    assert second.locator("[data-board]").get_attribute("data-revision") == first.locator(
        "[data-board]"
    ).get_attribute("data-revision")


def test_a_long_form_keeps_what_was_typed_when_the_sign_in_ended(signed, open_page):
    page = open_page(signed.url + "/connexion")
    sign_in(page, "coordination")
    page.wait_for_url("**/planning/**")
    page.clock.install()
    page.goto(f"{signed.territory}/fiche/lieux/nouveau")
    page.get_by_label("Nom court").fill("Bobigny")
    page.context.clear_cookies()
    page.clock.fast_forward(60_000)
    page.get_by_role("button", name="Enregistrer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Votre session a pris fin").wait_for()
    assert page.get_by_label("Nom court").input_value() == "Bobigny"
    sign_in(dialog, "coordination")
    page.get_by_role("link", name="Bobigny", exact=True).wait_for()


def test_who_signs_in_in_another_tab_finds_the_work_going_on(signed, open_page):
    page = open_page(signed.url + "/connexion")
    sign_in(page, "coordination")
    page.wait_for_url("**/planning/**")
    page.goto(f"{signed.territory}/fiche/lieux/nouveau")
    page.get_by_label("Nom court").fill("Montreuil")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer").first.click()
    page.get_by_role("dialog").get_by_text("Votre session a pris fin").wait_for()
    other = page.context.new_page()
    other.goto(signed.url + "/connexion")
    sign_in(other, "coordination")
    other.wait_for_url("**/planning/**")
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.get_by_text("Montreuil").first.wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_what_one_wrote_is_not_sent_as_who_signed_in_in_another_tab(signed, open_page):
    page = open_page(signed.url + "/connexion")
    sign_in(page, "coordination")
    page.wait_for_url("**/planning/**")
    page.goto(f"{signed.territory}/fiche/lieux/nouveau")
    page.get_by_label("Nom court").fill("Pantin")
    other = page.context.new_page()
    page.context.clear_cookies()
    other.goto(signed.url + "/connexion")
    sign_in(other, "cv")
    other.wait_for_url("**/planning/**")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.get_by_role("button", name="Envoyer").first.wait_for()
    other.goto(f"{signed.territory}/lieux")
    assert other.get_by_text("Pantin").count() == 0
