"""Facts are entered by keys alone: a site, its cadence, a person, a closure; an error is reached and mended."""

import pytest

from tests.pages.at_the_board import Fingers, own_month

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(prepared, tmp_path_factory):
    yield from own_month(prepared, tmp_path_factory.mktemp("forms"))


@pytest.fixture
def form(home, open_page):
    """Opens a form; the fingers begin at the top of the page."""

    def opened(path):
        page = open_page(f"{home.territory}/fiche/{path}")
        return page, Fingers(page)

    return opened


def write(fingers, name, words):
    fingers.tab_to(fingers.page.locator(f"main [name={name}]").first)
    fingers.page.keyboard.press("Control+a")
    fingers.type(words)


def test_a_site_whose_name_was_forgotten_is_mended_from_the_summary(form):
    page, fingers = form("lieux/nouveau")
    fingers.tab_to(page.locator("main form summary").first)
    fingers.press("Enter")
    write(fingers, "phone", "01 99 00 12 34")
    fingers.press("Enter")
    summary = page.get_by_role("alert")
    summary.wait_for()
    fingers.press("Tab", "Enter")
    assert page.evaluate("document.activeElement.name") == "name"
    fingers.type("Bobigny")
    fingers.press("Enter")
    page.wait_for_url("**fait=**")
    assert page.get_by_role("link", name="Bobigny", exact=True).count() == 1


def test_a_cadence_is_asked_of_a_site_on_one_day(form):
    page, fingers = form("cadences/nouveau")
    fingers.tab_to(page.locator("main select[name=site]"))
    page.keyboard.type("SAS N")
    write(fingers, "asked", "3")
    for day in ("mercredi",):
        fingers.tab_to(page.locator("main [name=weekdays]").and_(page.get_by_label(day)))
        fingers.press("Space")
    write(fingers, "min_days", "5")
    fingers.press("Enter")
    page.wait_for_url("**fait=**")
    assert page.get_by_text("SAS Noisy").count() >= 1


def test_a_person_of_the_team_with_a_half_day_at_the_office(form):
    page, fingers = form("equipe/nouveau")
    write(fingers, "name", "M.T.")
    write(fingers, "etp", "80")
    fingers.tab_to(page.get_by_label("mercredi Matin"))
    page.keyboard.type("Bureau")
    fingers.tab_to(page.get_by_role("button", name="Enregistrer").first)
    fingers.press("Enter")
    page.wait_for_url("**fait=**")
    assert page.get_by_text("M.T.").count() >= 1


def test_a_closure_of_two_days(form):
    page, fingers = form("fermetures/nouveau")
    fingers.tab_to(page.locator("main select[name=site]"))
    page.keyboard.type("CSL G")
    for name, typed in (("from_on", "02082027"), ("until_on", "02092027")):
        fingers.tab_to(page.locator(f"main [name={name}]"))
        fingers.type(typed)
    fingers.press("Enter")
    page.wait_for_url("**fait=**")
    assert page.get_by_text("8 – 9 févr.").count() >= 1
