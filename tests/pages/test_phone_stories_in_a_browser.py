"""What a member of the team does on a telephone of 390 px, without any script: taps and fields counted, may only fall."""

import pytest

from tests.pages.conftest import sign_in
from tests.pages.counted import COUNTED_ON_A_PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Thumb:
    """Taps and fills, from « Ma semaine », and counts both."""

    def __init__(self, page):
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, target):
        self.taps += 1
        target.tap()

    def fill(self, name, value):
        self.fields += 1
        self.page.locator(f"[name={name}]").fill(value)

    def choose(self, label, value):
        self.fields += 1
        self.page.get_by_label(label).select_option(value)

    def took(self, story):
        assert (self.taps, self.fields) == COUNTED_ON_A_PHONE[story]


@pytest.fixture
def thumb(signed, open_page):
    hand = {"has_touch": True, "is_mobile": True, "java_script_enabled": False}
    page = open_page(signed.url + "/connexion", width=390, height=844, **hand)
    sign_in(page, "ar")
    page.wait_for_url("**/ma-semaine**")
    return Thumb(page)


def test_ones_week_is_the_first_page_today_first(thumb):
    assert "Aujourd’hui" in thumb.page.locator("h2").first.inner_text()
    assert thumb.page.evaluate("document.documentElement.scrollWidth") == 390
    thumb.took("Lire ma semaine")


def test_a_telephone_subscribes_to_ones_feed(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="Mon agenda"))
    thumb.tap(thumb.page.get_by_role("button", name="Créer l’adresse de cet appareil"))
    opens = thumb.page.locator(".new-address a.btn.primary")
    assert opens.get_attribute("href").startswith("webcal://")
    thumb.taps += 1
    thumb.took("Abonner mon téléphone à mon agenda")


def test_who_came_and_the_next_date(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="rendez-vous est à renseigner"))
    thumb.tap(thumb.page.get_by_role("button", name="Honoré").first)
    thumb.tap(thumb.page.locator("button.time").first)
    thumb.page.get_by_text("prochain rendez-vous").wait_for()
    thumb.took("Dire qui est venu et fixer la prochaine date")


def test_being_late_leads_to_who_waits(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="En retard", exact=True).first)
    thumb.tap(thumb.page.get_by_role("button", name="20 minutes"))
    ready = thumb.page.locator('a[href^="sms:"]').first
    ready.wait_for()
    assert "retard" in ready.get_attribute("href")
    thumb.took("Prévenir d’un retard")


def test_the_morning_is_called_off_and_who_was_told_is_ticked(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="Annuler aujourd’hui").first)
    thumb.tap(thumb.page.get_by_role("button", name="Transport"))
    thumb.page.locator('a[href^="sms:"]').first.wait_for()
    thumb.took("Annuler aujourd’hui, jusqu’à la liste des personnes à prévenir")
    thumb.tap(thumb.page.get_by_role("button", name="Prévenu").first)
    thumb.page.get_by_text("Prévenu à").first.wait_for()
    assert thumb.page.get_by_text("Prévenu à").first.is_visible()


def test_somebody_is_reminded_and_ticked(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="personne à rappeler"))
    ready = thumb.page.locator('a[href^="sms:"]').first
    assert "rappelle" in ready.get_attribute("href")
    thumb.taps += 1
    thumb.tap(thumb.page.get_by_role("button", name="Envoyé"))
    thumb.page.get_by_text("Envoyé à").wait_for()
    thumb.took("Rappeler une personne et le cocher")


def test_an_absence_of_today_takes_no_field_and_one_of_several_days_two(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="Absences"))
    thumb.tap(thumb.page.get_by_role("button", name="Enregistrer l’absence"))
    thumb.page.get_by_text("Absence enregistrée.").wait_for()
    thumb.took("Déclarer une absence aujourd’hui")
    thumb.taps = 1
    thumb.fill("from_on", "2027-02-08")
    thumb.fill("until_on", "2027-02-12")
    thumb.tap(thumb.page.get_by_role("button", name="Enregistrer l’absence"))
    thumb.page.get_by_text("8 – 12 févr.").first.wait_for()
    thumb.took("Déclarer plusieurs jours d’absence")


def test_a_wish_for_a_half_day_of_each_week(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="Absences"))
    thumb.tap(thumb.page.get_by_text("Ajouter un souhait"))
    thumb.choose("Chaque semaine, le", "3")
    thumb.tap(thumb.page.get_by_role("button", name="Enregistrer le souhait"))
    thumb.page.get_by_text("Chaque mercredi, matin").first.wait_for()
    thumb.took("Dire un souhait")


def test_ones_share_of_the_work(thumb):
    thumb.tap(thumb.page.get_by_role("link", name="Ma part"))
    assert "équipe" in thumb.page.locator("main").inner_text()
    thumb.took("Voir ma part")
