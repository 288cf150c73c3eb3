"""Partners' and sites' pages in Chromium: without any script, on a phone, by keyboard; no fault for axe."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from db.engine import connected
from db.migrate import upgrade
from service.actions.ask_site import ask_site
from service.actions.send_access_list import send_access_list
from tests.pages.at_the_board import Fingers
from tests.pages.conftest import Served, faults_of, serve
from tests.service.partners.sample import make_territory, monday, office, permanence, publish

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOR = "?partenaire=spip-93"
PHONE = {"width": 390, "height": 844}
LEAST_PIXELS = 44


@pytest.fixture(scope="module")
def partners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with a permanence and an office morning in three weeks, on this machine."""
    var = tmp_path_factory.mktemp("partners")
    # The browser's own event loop runs in this thread already.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, _prepare(f"sqlite:///{var / 'escale.sqlite3'}")).result()
    for served in serve(var):
        served.territory = f"{served.url}/t/essai"
        served.month = str(var)
        yield served


async def _prepare(url: str) -> None:
    async with connected(url):
        await upgrade()
        territory = await make_territory()
        await publish(territory, permanence(monday()), office(monday()))
        for action in (ask_site(territory, "gagny", monday(), "http://x"), _send(territory)):
            await action


def _send(territory):
    return send_access_list(territory, "gagny", monday(), "http://x", by=None)


def link(served: Served, kind: str) -> str:
    """The address that a site was mailed."""
    with sqlite3.connect(Path(served.month) / "escale.sqlite3") as database:
        bodies = " ".join(row[0] for row in database.execute("SELECT body_text FROM outbox_mail"))
    found = re.search(rf"http://x(/{kind}/\S+)", bodies)
    assert found
    return served.url + found[1]


def press(page: Page, target: Locator) -> None:
    """Presses what leads to another page, and is there."""
    with page.expect_navigation():
        target.click()


def no_fault(page) -> None:
    for width in (1440, 720, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults_of(page) == [], (page.url, width)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (page.url, width)
    page.emulate_media(color_scheme="dark")
    assert faults_of(page) == [], (page.url, "dark")


def test_no_page_of_a_partner_or_a_site_has_a_fault(partners, open_page):
    page = open_page(f"{partners.territory}/places{FOR}")
    month = f"{monday():%Y-%m}"
    no_fault(page)
    press(page, page.locator("button.slot").first)
    no_fault(page)
    press(page, page.locator("button.primary"))
    assert page.locator(".field-error").count() == 4
    no_fault(page)
    press(page, page.get_by_text("Rendre la place"))
    for address in (
        f"{partners.territory}/orientations{FOR}",
        f"{partners.territory}/aide{FOR}",
        f"{partners.territory}/partenaires/remplissage",
        f"{partners.territory}/lieux/gagny/mois/{month}",
        f"{partners.url}/connexion/service",
        link(partners, "reponse"),
        link(partners, "acces"),
    ):
        page.goto(address)
        no_fault(page)


def test_an_officer_orients_a_person_from_a_phone_without_any_script(partners, open_page):
    page = open_page(f"{partners.territory}/places{FOR}", **PHONE, java_script_enabled=False)
    for name in ("button.slot", ".bar .btn", ".bar select"):
        assert page.locator(name).first.bounding_box()["height"] >= LEAST_PIXELS, name
    page.locator("button.slot").first.click()
    page.fill("#label", "94-1211")
    page.check("input[value=emploi]")
    page.fill("#officer", "M.D.")
    page.fill("#officer_phone", "01 45 67 89 10")
    for name in ("#label", "#officer", "button.primary"):
        assert page.locator(name).bounding_box()["height"] >= LEAST_PIXELS, name
    page.click("button.primary")
    assert "C’est confirmé" in page.inner_text("main")
    assert "Adresse" in page.input_value("#texte")
    page.click("text=Déplacer")
    page.locator("button.slot").first.click()
    page.click("text=Annuler l’orientation")
    page.click("button.danger")
    assert "n’aura pas lieu" in page.inner_text("main")


def test_a_place_is_held_and_given_back_by_keyboard_alone(partners, open_page):
    page = open_page(f"{partners.territory}/places{FOR}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.slot')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/orienter/**")
    assert page.locator("h1").inner_text() == "Orienter une personne"
    page.locator("text=Rendre la place").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**fait=rendue**")


def test_the_whole_way_of_an_orientation_goes_by_keyboard_alone(partners, open_page):
    page = open_page(f"{partners.territory}/places{FOR}")
    fingers = Fingers(page)

    def go_to(selector: str) -> None:
        fingers.tab_to(page.locator(selector).first)

    go_to("button.slot")
    fingers.press("Enter")
    page.wait_for_url("**/orienter/**")
    go_to("#label")
    fingers.type("94-3001")
    go_to("input[name=need]")
    fingers.press("Space")
    go_to("#officer")
    fingers.type("M.D.")
    go_to("#officer_phone")
    fingers.type("01 45 67 89 10")
    fingers.press("Enter")
    page.wait_for_url("**/orientations/**")
    assert "C’est confirmé" in page.inner_text("main")
    go_to("a[href*='fiche.pdf']")
    go_to("a[href*='deplacer']")
    fingers.press("Enter")
    page.wait_for_url("**/deplacer**")
    go_to("button.slot")
    fingers.press("Enter")
    page.wait_for_url(re.compile(r"/orientations/[0-9a-f-]+\?"))
    go_to("a[href*='annuler']")
    fingers.press("Enter")
    page.wait_for_url("**/annuler**")
    go_to("input[name=raison]:checked")
    fingers.press("ArrowUp")
    go_to("button.danger")
    fingers.press("Enter")
    page.wait_for_url(re.compile(r"/orientations/[0-9a-f-]+\?"))
    assert "n’aura pas lieu" in page.inner_text("main")


def test_without_styles_and_scripts_the_pages_read_and_work_in_their_order(partners, open_page):
    page = open_page(f"{partners.url}/health", java_script_enabled=False)
    page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(f"{partners.territory}/places{FOR}")
    words = page.inner_text("body")
    wanted = (
        "Aller au contenu",
        "Places d’entretien libres",
        "Mes orientations à venir",
        "Semaine",
        "Rien ne convient",
    )
    assert sorted(wanted, key=words.index) == list(wanted)
    page.locator("button.slot").first.click()
    page.get_by_label("Votre référence de la personne").fill("94-4001")
    page.get_by_label("Emploi").check()
    page.get_by_label("Vos initiales").fill("M.D.")
    page.get_by_label("Votre téléphone").fill("01 45 67 89 10")
    page.get_by_role("button", name="Confirmer l’orientation").click()
    assert "C’est confirmé" in page.inner_text("main")
    page.get_by_role("link", name="Annuler l’orientation").click()
    page.get_by_role("button", name="Annuler l’orientation").click()
    assert "n’aura pas lieu" in page.inner_text("main")


def test_a_screen_reader_is_told_where_it_is_what_each_hour_is_and_what_to_correct(partners, open_page):
    page = open_page(f"{partners.territory}/places{FOR}")
    headings = page.get_by_role("main").get_by_role("heading")
    titles = [
        "Places d’entretien libres",
        "Promotions",
        "Mes orientations à venir",
        "Rien ne convient\N{NO-BREAK SPACE}?",
    ]
    assert headings.all_inner_texts() == titles
    expect(page.get_by_role("table")).to_match_aria_snapshot(
        """
        - table "Places par lieu et par semaine":
          - rowgroup:
            - row /Lieu Jour/:
              - columnheader "Lieu"
              - columnheader "Jour"
          - rowgroup:
            - row /Semaine/:
              - rowheader /Semaine/
            - row /Bureau/:
              - rowheader "Bureau"
              - cell /lundi/
              - cell /libre/:
                - button /libre, prendre .Bureau, lundi .+ à 9 h 00/
        """
    )
    page.locator("button.slot").first.click()
    page.get_by_role("button", name="Confirmer l’orientation").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_match_aria_snapshot(
        """
        - alert:
          - list:
            - listitem:
              - link /Votre référence de la personne/
            - listitem:
              - link /Besoin/
        """
    )
    main = page.get_by_role("main")
    for role, name in (
        ("progressbar", "Temps qui reste"),
        ("group", "Besoin"),
        ("radio", "Emploi"),
        ("group", "Autorisation de sortie"),
        ("textbox", "Vos initiales"),
        ("textbox", "Votre téléphone"),
    ):
        assert main.get_by_role(role, name=name).count() == 1, (role, name)
    label = page.get_by_role("textbox", name="Votre référence de la personne")
    expect(label).to_have_accessible_description(re.compile("jamais de nom.+Donnez votre référence"))
    page.click("text=Rendre la place")
    expect(page.get_by_role("status").filter(has_text="La place est rendue")).to_be_visible()
