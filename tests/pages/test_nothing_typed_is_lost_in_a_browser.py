"""Forms whose line is lost, whose sign-in ended or whose version is stale when they are sent: each waits, or shows both.

One session a role goes through several forms: facts and bulk absences, who came on a telephone, a partner's orientation.
"""

from contextlib import contextmanager

import pytest

from tests.pages.at_the_board import keys_are_heard
from tests.pages.conftest import faults_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def enter(signed, open_page):
    def as_somebody(name, **options):
        page = open_page(signed.url + "/connexion", **options)
        sign_in(page, name)
        page.wait_for_url(lambda address: "/connexion" not in address)
        return page

    return as_somebody


def origin(page):
    return "/".join(page.url.split("/")[:3])


def save(page, name="Enregistrer"):
    page.get_by_role("main").get_by_role("button", name=name).first.click()


@contextmanager
def line_lost(page):
    """What is pressed inside waits, and says so; it leaves by itself when the line is back."""
    page.context.set_offline(True)
    yield
    page.locator("#connexion").get_by_text("Votre dernier changement attend ici").wait_for()
    page.context.set_offline(False)


@contextmanager
def sign_in_ended(page, name):
    """What is pressed inside waits behind the door; it was closed from another tab."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content")
    page.request.post(f"{origin(page)}/deconnexion", form={"_csrf_token": token})
    yield
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Votre session a pris fin").wait_for()
    assert faults_of(page) == []
    sign_in(dialog, name)


@pytest.fixture(scope="module")
def changed_by_hand():
    """What the stories below give to the things they change."""
    return {"site": "Gagny des Prés", "mine": "Villejuif Nord", "theirs": "Villejuif Sud"}


def test_facts_and_absences_of_several_people(signed, enter, changed_by_hand):
    page = enter("coordination")
    page.goto(f"{signed.territory}/fiche/lieux/gagny")
    page.get_by_label("Nom court").fill(changed_by_hand["site"])
    with line_lost(page):
        save(page)
    page.wait_for_url("**fait=changement")
    page.goto(f"{signed.territory}/fiche/lieux/gagny")
    assert page.get_by_label("Nom court").input_value() == changed_by_hand["site"]

    page.goto(f"{signed.territory}/fiche/equipe/AR")
    page.get_by_label("Métier").fill("conseillère emploi")
    with sign_in_ended(page, "coordination"):
        save(page)
    page.get_by_text("conseillère emploi").first.wait_for()

    page.goto(f"{signed.territory}/fiche/absences/nouveau")
    for person in ("A.R.", "C.V."):
        page.get_by_role("checkbox", name=person).check()
    page.get_by_label("Du", exact=True).fill("2027-03-02")
    page.route("**/connexion/etat", lambda route: route.abort("internetdisconnected"))
    save(page)
    page.locator("#connexion").get_by_text("Votre dernier changement attend ici").wait_for()
    assert page.get_by_label("Du", exact=True).input_value() == "2027-03-02"
    page.unroute("**/connexion/etat")
    page.wait_for_url("**fait=ajout")
    assert page.get_by_text("2 mars").count() == 2

    page.goto(f"{signed.territory}/fiche/intervenants/nouveau")
    page.get_by_label("Nom ou fonction").fill("Coach sportif")
    page.get_by_role("button", name="Enregistrer").dblclick()
    page.wait_for_url("**fait=ajout**")
    assert page.get_by_role("link", name="Coach sportif").count() == 1


def test_both_values_of_a_stale_form_are_shown_and_either_can_be_kept(signed, enter, changed_by_hand):
    page = enter("coordination")
    address = f"{signed.territory}/fiche/lieux/villejuif"
    page.goto(address)
    slower = page.context.new_page()
    slower.goto(address)
    page.get_by_label("Nom court").fill(changed_by_hand["theirs"])
    save(page)
    page.wait_for_url("**fait=changement")
    slower.get_by_label("Nom court").fill(changed_by_hand["mine"])
    save(slower)
    slower.get_by_text("rien n’est enregistré, rien n’est perdu").wait_for()
    told = slower.locator("#name-entre-temps")
    assert changed_by_hand["theirs"] in told.inner_text()
    assert slower.locator(".field-theirs").count() == 1
    assert slower.get_by_label("Nom court").input_value() == changed_by_hand["mine"]
    assert faults_of(slower) == []
    save(slower)
    slower.wait_for_url("**fait=changement")
    slower.goto(address)
    assert slower.get_by_label("Nom court").input_value() == changed_by_hand["mine"]


def test_a_form_older_than_the_sign_in_of_another_tab_is_sent_under_it(signed, enter):
    page = enter("coordination")
    page.goto(f"{signed.territory}/fiche/cadences/nouveau")
    page.get_by_label("Lieu", exact=True).select_option("gagny")
    number = page.get_by_label("Jours d’écart au moins")
    number.press_sequentially("e")
    save(page)
    assert number.evaluate("one => one === document.activeElement && one.validity.badInput")
    assert page.url.endswith("/nouveau")
    number.fill("3")
    board = page.context.new_page()
    board.goto(signed.month + "?par=lieu&vue=mois")
    board.get_by_role("button", name="Modifier").click()
    board.get_by_text("Brouillon v").first.wait_for()
    keys_are_heard(board)
    other = page.context.new_page()
    page.context.clear_cookies()
    other.goto(signed.url + "/connexion")
    sign_in(other, "coordination")
    other.wait_for_url("**/planning/**")
    save(page)
    page.wait_for_url("**fait=ajout**")
    assert "/lieux" in page.url
    board.locator('td:has([data-key^="permanence:gagny-permanence"])').first.focus()
    board.keyboard.press("e")
    pinned = board.locator('[data-key^="permanence:gagny-permanence"].pinned').first
    pinned.wait_for()
    assert pinned.is_visible()


def test_without_any_script_the_door_keeps_the_form_and_hands_it_back(signed, enter):
    page = enter("coordination", java_script_enabled=False)
    page.goto(f"{signed.territory}/fiche/intervenants/nouveau")
    page.get_by_label("Nom ou fonction").fill("Formatrice bâtiment")
    page.context.clear_cookies()
    save(page)
    page.get_by_text("ce que vous avez écrit attend sur cette page").wait_for()
    sign_in(page, "coordination")
    save(page, "Envoyer ce que j’avais écrit")
    page.wait_for_url("**fait=ajout**")
    assert page.get_by_text("Formatrice bâtiment").count() >= 1


def test_who_came_on_a_telephone(signed, enter):
    page = enter("ar", width=390, height=844)
    page.goto(f"{signed.territory}/a-renseigner")
    elsewhere = page.context.new_page()
    elsewhere.goto(page.url)
    with line_lost(page):
        page.get_by_role("button", name="Absent").first.click()
    page.wait_for_url("**/suite**")
    elsewhere.get_by_role("button", name="Honoré").first.click()
    elsewhere.get_by_text("Quelqu’un a répondu entre-temps").wait_for()
    both = elsewhere.get_by_role("alert").inner_text()
    assert "Absence non excusée" in both
    assert "Honoré" in both
    assert faults_of(elsewhere) == []
    with sign_in_ended(elsewhere, "ar"):
        elsewhere.get_by_role("button", name="Honoré").first.click()
    elsewhere.wait_for_url("**/suite**")
    page.goto(f"{signed.territory}/a-renseigner")
    assert page.locator(".answered").get_by_text("Honoré").count() == 1


def test_a_partners_orientation(signed, enter):
    page = enter("spip")
    page.goto(f"{signed.territory}/places?du=2026-12-01")
    page.locator("button[name=place]").first.click()
    page.get_by_role("heading", name="Orienter une personne").wait_for()
    form, label = page.url, page.get_by_label("Votre référence de la personne")
    label.fill("94-1211")
    page.get_by_role("radio").first.check()
    page.get_by_label("Vos initiales").fill("M.D.")
    page.get_by_label("Votre téléphone").fill("01 45 67 89 10\u200b")
    with line_lost(page):
        save(page, "Confirmer l’orientation")
    page.locator("#officer_phone-faute").wait_for()
    assert label.input_value() == "94-1211"
    page.get_by_label("Votre téléphone").fill("01 45 67 89 10")
    slower = page.context.new_page()
    slower.goto(form)
    with sign_in_ended(page, "spip"):
        save(page, "Confirmer l’orientation")
    page.wait_for_url("**/orientations/**")
    slower.get_by_label("Vos initiales").fill("Z.Z.")
    save(slower, "Confirmer l’orientation")
    slower.wait_for_url("**/orientations/**")
    assert slower.get_by_text("94-1211").count() >= 1
