"""What an officer and a site's secretariat take, on a telephone without script: clicks and fields, which may only fall."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from db.engine import connected
from db.migrate import upgrade
from service.actions.ask_site import ask_site
from service.actions.open_mailbox import ask_mailbox_link
from tests.pages.at_the_board import Hands
from tests.pages.conftest import Served, serve
from tests.pages.counted import COUNTED_OF_A_PARTNER
from tests.service.partners.sample import make_territory, monday, office, permanence, publish

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
SLOTS = "button.slot"


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, str]]]:
    """A service with free places; the links that a partner's mailbox and a site were sent, by kind."""
    var = tmp_path_factory.mktemp("counts")
    # The browser's own event loop runs in this thread already.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, _prepare(f"sqlite:///{var / 'escale.sqlite3'}")).result()
    with sqlite3.connect(var / "escale.sqlite3") as database:
        bodies = " ".join(row[0] for row in database.execute("SELECT body_text FROM outbox_mail"))
    links = dict(re.findall(r"http://x(?=/(service|reponse)/)(/\S+)", bodies))
    for served in serve(var):
        yield served, {kind: served.url + path for kind, path in links.items()}


async def _prepare(url: str) -> None:
    async with connected(url):
        await upgrade()
        territory = await make_territory()
        await publish(territory, permanence(monday()), permanence(monday(), "pm"), office(monday()))
        await ask_mailbox_link("spip93@example.fr", "http://x")
        await ask_site(territory, "gagny", monday().replace(day=1), "http://x")


class Told(Hands):
    """Hands that say what each story took."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.found: dict[str, tuple[int, int]] = {}

    def press(self, words: str, role: str = "link") -> None:
        self.click(self.page.get_by_role(role, name=words).first)  # type: ignore[arg-type]

    def took(self, story: str) -> None:
        self.found[story] = (self.clicks, self.fields)
        self.clicks = self.fields = 0


def test_each_story_of_a_partner_takes_what_the_page_says(mailed, open_page):
    _, links = mailed
    page = open_page(links["service"], **PHONE, java_script_enabled=False)
    page.get_by_role("button", name="Voir les places libres").click()
    hands = Told(page)
    places = page.url
    hands.fields += len(page.get_by_label("Lieu", exact=True).first.select_option(label="CSL Gagny"))
    hands.press("Afficher", "button")
    assert page.locator(SLOTS).count() == 6
    hands.took("Trouver les places d’un lieu")
    _orient(
        hands,
        {
            "Votre référence de la personne": "94-1211",
            "Vos initiales": "M.D.",
            "Votre téléphone": "01 45 67 89 10",
        },
    )
    hands.took("Orienter une première personne, de la place à la confirmation")
    page.goto(places)
    _orient(hands, {"Votre référence de la personne": "94-1212"})
    hands.took("Orienter la suivante, dans la même session")
    page.goto(places)
    hands.click(page.locator("aside li a").first)
    expect(page.get_by_role("textbox", name="Texte prêt")).to_be_visible()
    hands.took("La retrouver plus tard, avec son texte")
    hands.press("Déplacer")
    hands.click(page.locator(SLOTS).last)
    expect(page.get_by_role("main")).to_contain_text("Le rendez-vous est déplacé")
    hands.took("La déplacer")
    hands.press("Annuler l’orientation")
    hands.press("Annuler l’orientation", "button")
    expect(page.get_by_role("main")).to_contain_text("Ce rendez-vous n’aura pas lieu")
    hands.took("L’annuler")
    page.goto(places)
    sheet = page.get_by_role("link", name="Imprimer les places libres").get_attribute("href") or ""
    assert page.request.get(places.partition("/t/")[0] + sheet).body().startswith(b"%PDF")
    hands.clicks += 1
    hands.took("Imprimer les places libres")
    page.goto(links["reponse"])
    for date in page.get_by_role("radio", name="D’accord").all():
        hands.click(date)
    hands.press("Enregistrer ces réponses", "button")
    expect(page.get_by_role("status").first).to_contain_text("Votre réponse est enregistrée")
    hands.took("Deux dates d’un lieu, sur la page reçue par courriel")
    assert hands.found == COUNTED_OF_A_PARTNER


def _orient(hands: Told, fields: dict[str, str]) -> None:
    hands.click(hands.page.locator(SLOTS).first)
    for label, words in fields.items():
        hands.fill(label, words)
    hands.click(hands.page.get_by_role("radio", name="Emploi"))
    hands.press("Confirmer l’orientation", "button")
    expect(hands.page.get_by_role("main")).to_contain_text("C’est confirmé")
