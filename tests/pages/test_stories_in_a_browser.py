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


def test_an_absence_for_two_people_takes_few_clicks_and_one_page(own, open_page):
    page = open_page(f"{own.territory}/equipe")
    hands = Counter(page)
    hands.click(page.get_by_role("link", name="Saisir une absence pour plusieurs personnes"))
    hands.click(page.get_by_label("A.R."))
    hands.click(page.get_by_label("L.D."))
    hands.fill("Du", "2027-02-08")
    hands.fill("Au", "2027-02-10")
    hands.click(page.get_by_role("button", name="Enregistrer"))
    page.get_by_text("2 absences notées.").wait_for()
    assert page.locator("tbody tr").filter(has_text="8 – 10 févr.").count() == 2
    assert (hands.clicks, hands.fields) == (4, 2)


def test_a_site_is_added_with_one_field_and_an_error_keeps_what_was_typed(own, open_page):
    page = open_page(f"{own.territory}/fiche/lieux/nouveau")
    hands = Counter(page)
    page.get_by_text("Tout le reste").click()
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
    page.get_by_text("Appareils abonnés").wait_for(state="detached")
    assert page.request.get(address).status == 410


def test_what_an_agenda_shows_is_read_in_the_file_it_gives(own, open_page):
    page = open_page(f"{own.territory}/agendas")
    page.get_by_role("link", name="Voir L.D.").click()
    page.get_by_role("heading", name="Ce que montre cet agenda").wait_for()
    assert page.locator(".feed-event").count() > 3
    assert faults_of(page) == []
