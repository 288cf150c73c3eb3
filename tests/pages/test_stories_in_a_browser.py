"""What a coordinator does in a month, by mouse and again by keyboard, with clicks and fields counted."""

import pytest

from tests.pages.conftest import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Counter:
    """A pair of hands that counts."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, target):
        self.clicks += 1
        target.click()

    def fill(self, label, value):
        self.fields += 1
        self.page.get_by_label(label).fill(value)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)


def begin_draft(page):
    page.get_by_role("button", name="Modifier").click()
    page.get_by_text("Brouillon v").first.wait_for()


def cell_of(page, key):
    return page.locator(f'td:has([data-key^="{key}"])').first


def test_a_permanence_is_moved_by_keyboard_alone_and_put_back(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    begin_draft(page)
    hands = Counter(page)
    cell_of(page, "permanence:gagny-permanence").focus()
    before = page.locator('[data-key^="permanence:gagny-permanence"]').evaluate_all(
        "all => all.map((one) => one.dataset.key)"
    )
    hands.press("m")
    page.locator(".target").first.wait_for()
    hands.press("n")
    page.locator("#panneau h2").filter(has_text=" au ").wait_for()
    assert "décembre" in page.locator("#annonce").text_content()
    assert faults_of(page) == []
    hands.press("Enter")
    page.locator(".message").get_by_text("C’est fait.").wait_for()
    after = page.locator('[data-key^="permanence:gagny-permanence"]').evaluate_all(
        "all => all.map((one) => one.dataset.key)"
    )
    assert len(after) == len(before)
    assert after != before
    cell_of(page, "permanence:gagny-permanence").focus()
    hands.press("u")
    page.locator(".message").get_by_text("Remis comme avant.").wait_for()
    again = page.locator('[data-key^="permanence:gagny-permanence"]').evaluate_all(
        "all => all.map((one) => one.dataset.key)"
    )
    assert again == before


def test_a_place_that_breaks_a_rule_takes_a_second_deliberate_act(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    begin_draft(page)
    cell_of(page, "permanence:villejuif-permanence").focus()
    page.keyboard.press("m")
    broken = page.locator("td:has(.target.breaks)").first
    broken.wait_for()
    broken.click()
    page.get_by_text("enfreinte").first.wait_for()
    page.get_by_role("button", name="Déposer quand même").click()
    page.locator(".message").get_by_text("C’est fait.").wait_for()
    page.get_by_role("link", name="Alertes").click()
    assert page.locator("#panneau .tag.is-bad").first.inner_text() == "Décision"


def test_a_chip_is_dragged_with_the_mouse(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    begin_draft(page)
    chip = page.locator('[data-key^="permanence:gagny-permanence"]').first
    box = chip.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 10, steps=4)
    place = page.locator(".target.free, .target.costs").first
    place.wait_for()
    spot = place.bounding_box()
    page.mouse.move(spot["x"] + 6, spot["y"] + 6, steps=4)
    page.mouse.up()
    page.locator(".message").get_by_text("C’est fait.").wait_for()


def test_a_stale_page_never_overwrites_and_keeps_the_intention(own, open_page):
    first = open_page(own.month + "?par=lieu&vue=mois")
    begin_draft(first)
    second = open_page(own.month + "?par=lieu&vue=mois")
    cell_of(first, "permanence:gagny-permanence").focus()
    first.keyboard.press("e")
    first.locator('[data-key^="permanence:gagny-permanence"].pinned').first.wait_for()
    cell_of(second, "permanence:villejuif-permanence").focus()
    second.keyboard.press("e")
    second.get_by_text("a changé entre-temps").wait_for()
    second.get_by_role("button", name="L’appliquer maintenant").click()
    second.locator('[data-key^="permanence:villejuif-permanence"].pinned').first.wait_for()


@pytest.mark.soak
def test_a_month_is_generated_with_live_progress_and_published(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    hands = Counter(page)
    hands.click(page.get_by_role("link", name="Générer…"))
    hands.click(page.get_by_role("button", name="Générer"))
    page.wait_for_url("**/calcul")
    page.wait_for_url("**/planning/2026-12", timeout=60_000)
    assert page.get_by_text("Brouillon v2").first.is_visible()
    hands.click(page.get_by_role("link", name="Publier v2…"))
    assert page.get_by_role("heading", name="Qui sera prévenu").is_visible()
    hands.click(page.get_by_role("button", name="Publier la version 2 et prévenir"))
    page.get_by_text("Version 2 publiée").first.wait_for()
    assert hands.clicks <= 4


def test_an_absence_for_two_people_takes_few_clicks_and_one_page(own, open_page):
    page = open_page(f"{own.territory}/equipe")
    hands = Counter(page)
    hands.click(page.get_by_role("link", name="Saisir une absence pour plusieurs personnes"))
    hands.click(page.get_by_label("A.R."))
    hands.click(page.get_by_label("L.D."))
    hands.fill("Du", "2026-12-21")
    hands.fill("Au", "2026-12-23")
    hands.click(page.get_by_role("button", name="Enregistrer"))
    page.get_by_text("Ajouté.").wait_for()
    assert page.locator("tbody tr").filter(has_text="21 – 23 déc.").count() == 2
    assert (hands.clicks, hands.fields) == (4, 2)


def test_a_site_is_added_with_one_field_and_an_error_keeps_what_was_typed(own, open_page):
    page = open_page(f"{own.territory}/fiche/lieux/nouveau")
    hands = Counter(page)
    page.get_by_label("Téléphone du jour").fill("01 99 00 12 34")
    hands.click(page.get_by_role("button", name="Enregistrer"))
    summary = page.get_by_role("alert")
    assert "Nom court" in summary.inner_text()
    assert summary.evaluate("(one) => one === document.activeElement")
    assert page.get_by_label("Téléphone du jour").input_value() == "01 99 00 12 34"
    assert faults_of(page) == []
    hands.fill("Nom court", "Bobigny")
    hands.click(page.get_by_role("button", name="Enregistrer"))
    page.get_by_role("link", name="Bobigny", exact=True).wait_for()
    assert hands.fields == 1


def test_an_agenda_address_is_shown_once_and_can_be_taken_back(own, open_page):
    page = open_page(f"{own.territory}/mon-agenda?personne=LD", width=390, height=844)
    page.get_by_label("Téléphone Android, avec Google Agenda").check()
    page.get_by_role("button", name="Créer l’adresse de cet appareil").click()
    field = page.get_by_label("Adresse à coller")
    assert "••••" in field.input_value()
    assert "De 4 à 24 heures" in page.locator(".new-address").inner_text()
    page.get_by_text("Afficher l’adresse entière").click()
    address = page.locator(".reveal code").inner_text()
    assert field.get_attribute("data-full") == address
    assert address.endswith(".ics")
    assert page.request.get(address).status == 200
    assert faults_of(page) == []
    page.goto(f"{own.territory}/mon-agenda?personne=LD")
    assert page.get_by_label("Adresse à coller").count() == 0
    page.get_by_text("Retirer…").first.click()
    page.get_by_role("button", name="Retirer cette adresse").first.click()
    assert page.get_by_text("Appareils abonnés").count() == 0
    assert page.request.get(address).status == 410


def test_what_an_agenda_shows_is_read_in_the_file_it_gives(own, open_page):
    page = open_page(f"{own.territory}/agendas")
    page.get_by_role("link", name="Voir L.D.").click()
    assert page.get_by_role("heading", name="Ce que montre cet agenda").is_visible()
    assert page.locator(".feed-event").count() > 3
    assert faults_of(page) == []
