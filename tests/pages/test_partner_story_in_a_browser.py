"""An officer's whole way without a script, by keys alone, with what a screen reader hears at each step."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from db.engine import connected
from db.migrate import upgrade
from service.actions.open_mailbox import ask_mailbox_link
from tests.pages.at_the_board import Fingers
from tests.pages.conftest import Served, serve
from tests.service.partners.sample import make_territory, monday, office, permanence, publish

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MAILBOX = "spip93@example.fr"


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A service with free places, and the link that a partner's shared mailbox was sent."""
    var = tmp_path_factory.mktemp("story")
    # The browser's own event loop runs in this thread already.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, _prepare(f"sqlite:///{var / 'escale.sqlite3'}")).result()
    with sqlite3.connect(var / "escale.sqlite3") as database:
        (body,) = database.execute("SELECT body_text FROM outbox_mail").fetchone()
    link = re.search(r"http://x(/service/\S+)", body)
    assert link
    for served in serve(var):
        yield served, served.url + link[1]


async def _prepare(url: str) -> None:
    async with connected(url):
        await upgrade()
        territory = await make_territory()
        await publish(territory, permanence(monday()), office(monday()))
        await ask_mailbox_link(MAILBOX, "http://x")


class Officer(Fingers):
    """Somebody who has keys and ears: every act is a key, every proof what a screen reader would say."""

    def act(self, target: Locator, key: str = "Enter") -> None:
        self.tab_to(target)
        with self.page.expect_navigation():
            self.press(key)

    def hears(self, title: str, *headings: str) -> None:
        """The title of the page, and its headings in their order, each one level below the last at most."""
        expect(self.page).to_have_title(re.compile(title))
        found = self.page.get_by_role("main").get_by_role("heading")
        assert [_plain(words) for words in found.all_inner_texts()] == list(headings)
        levels = [int(one.evaluate("one => one.tagName.slice(1)")) for one in found.all()]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def is_at(self, target: Locator) -> None:
        expect(target).to_be_focused()


def _plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def _outline(part: Locator) -> list[str]:
    """What a reader stops at, in its order: roles with their names."""
    return re.findall(r'(?:heading|textbox|button|link) "[^"]*"', _plain(part.aria_snapshot()))


def the_door(officer: Officer, page: Page) -> None:
    officer.hears("Boîte de service", "SPIP de Seine-Saint-Denis")
    officer.press("Tab")
    officer.is_at(page.get_by_role("link", name="Aller au contenu"))
    officer.act(page.get_by_role("button", name="Voir les places libres"))


def the_places(officer: Officer, page: Page) -> None:
    titles = ("Places d’entretien libres", "Promotions", "Mes orientations à venir", "Rien ne convient ?")
    officer.hears("Places libres", *titles)
    expect(page.get_by_role("navigation")).to_match_aria_snapshot(
        """
        - navigation "Navigation principale":
          - list:
            - listitem:
              - link "Places libres"
            - listitem:
              - link "Mes orientations"
        """
    )
    expect(page.get_by_role("table")).to_match_aria_snapshot(
        """
        - table "Places par lieu et par semaine":
          - rowgroup:
            - row /Lieu Jour/
          - rowgroup:
            - row /Semaine/:
              - rowheader /Semaine/
            - row /Bureau/:
              - rowheader "Bureau"
              - cell /lundi \\d+, matin/
              - cell /libre/:
                - button /9 h 00 . libre, prendre .Bureau, lundi .+ à 9 h 00/
                - button /10 h 00 . libre, prendre/
                - button /11 h 00 . libre, prendre/
              - cell "3"
            - row /CSL Gagny/:
              - rowheader "CSL Gagny"
        """
    )
    officer.act(page.get_by_role("button", name=re.compile("prendre .CSL Gagny.+ à 10 h 00")))


def the_refused_form(officer: Officer, page: Page) -> None:
    """What is missing is read first, leads to its field, and the field says what it wants."""
    officer.hears("^Orienter une personne", "Orienter une personne")
    main = page.get_by_role("main")
    officer.act(main.get_by_role("button", name="Confirmer l’orientation"))
    officer.hears("^À corriger.+Orienter une personne", "Orienter une personne")
    alert = main.get_by_role("alert")
    officer.is_at(alert)
    expect(alert).to_match_aria_snapshot(
        """
        - alert:
          - text: 4 champs sont à corriger avant d’enregistrer
          - list:
            - listitem:
              - link /Votre référence de la personne . Donnez votre référence/
            - listitem:
              - link /Besoin . Choisissez/
            - listitem:
              - link /Vos initiales . Signez/
            - listitem:
              - link /Votre téléphone . Écrivez/
        """
    )
    officer.press("Tab", "Enter")
    label = main.get_by_role("textbox", name="Votre référence de la personne")
    officer.is_at(label)
    expect(label).to_have_accessible_description(re.compile("jamais de nom.+Donnez votre référence"))


def the_form(officer: Officer, page: Page) -> None:
    main = page.get_by_role("main")
    expect(main.locator("form").last).to_match_aria_snapshot(
        """
        - textbox "Votre référence de la personne" [invalid]
        - group "Besoin":
          - radio "Emploi"
          - radio "Formation"
        - group "Autorisation de sortie":
          - radio "Pas nécessaire" [checked]
          - radio "Je la demande"
        - textbox /Je la demande au plus tard le/
        - textbox "Vos initiales"
        - textbox "Votre téléphone"
        - button "Confirmer l’orientation"
        - link "Choisir une autre place"
        """
    )
    officer.type("94-1211")
    officer.tab_to(main.get_by_role("radio", name="Emploi"))
    officer.press("Space")
    officer.tab_to(main.get_by_role("radio", name="Pas nécessaire"))
    officer.press("ArrowRight")
    officer.tab_to(main.get_by_role("textbox", name="Vos initiales"))
    officer.type("M.D.")
    officer.tab_to(main.get_by_role("textbox", name="Votre téléphone"))
    officer.type("01 45 67 89 10")
    officer.act(main.get_by_role("button", name="Confirmer l’orientation"))


def the_confirmation(officer: Officer, page: Page) -> None:
    when = _plain(page.get_by_role("heading", level=1).inner_text())
    assert re.fullmatch(r"Lundi \d+ \w+ 20\d\d, 10 h 00", when)
    officer.hears("Orientation 94-1211", when, "Le texte à coller dans votre outil", "Cette orientation")
    assert _outline(page.get_by_role("main")) == [
        'link "Mes orientations"',
        f'heading "{when}"',
        'heading "Le texte à coller dans votre outil"',
        'textbox "Texte prêt"',
        'link "Imprimer le papier pour la personne"',
        'heading "Cette orientation"',
        'link "Déplacer"',
        'link "Annuler l’orientation"',
    ]
    told = _plain(page.inner_text("main"))
    assert "C’est confirmé." in told
    assert "Autorisation de sortie à demander au plus tard le" in told
    ready = page.get_by_role("textbox", name="Texte prêt")
    officer.tab_to(ready)
    expect(ready).not_to_be_editable()
    for words in ("à 10 h 00", "1 rue de la Gare, Gagny", "Pour venir", "RER E", "01 48 00 00 00"):
        assert words in _plain(ready.input_value())


def the_slip(officer: Officer, page: Page) -> None:
    """The address of the paper, read as its bytes: a browser without its viewer would save it."""
    link = page.get_by_role("link", name="Imprimer le papier pour la personne")
    officer.tab_to(link)
    home = "/".join(page.url.split("/")[:3])
    answer = page.request.get(home + (link.get_attribute("href") or ""))
    (sheet,) = pypdf.PdfReader(BytesIO(answer.body())).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
    assert sheet.extract_text().count("Espace Gagny") == 2


def the_move(officer: Officer, page: Page) -> None:
    officer.act(page.get_by_role("link", name="Déplacer"))
    officer.hears("Déplacer", "Déplacer l’orientation 94-1211")
    officer.act(page.get_by_role("button", name=re.compile("prendre .Bureau.+ à 11 h 00")))
    expect(page.get_by_role("main").get_by_role("status")).to_match_aria_snapshot(
        """
        - status: /Le rendez-vous est déplacé/
        """
    )
    assert "3 rue des Lilas" in page.get_by_role("textbox", name="Texte prêt").input_value()
    assert "C’est confirmé" not in page.inner_text("main")


def the_cancellation(officer: Officer, page: Page) -> None:
    officer.act(page.get_by_role("link", name="Annuler l’orientation"))
    officer.hears("Annuler", "Annuler cette orientation ?")
    assert page.get_by_role("group", name="Pour quelle raison").get_by_role("radio").count() > 1
    officer.act(page.get_by_role("button", name="Annuler l’orientation"))
    assert "Ce rendez-vous n’aura pas lieu" in page.inner_text("main")
    officer.act(page.get_by_role("link", name="Choisir une autre place"))
    assert page.get_by_role("button", name=re.compile("libre, prendre")).count() == 6


STORY = (
    the_door,
    the_places,
    the_refused_form,
    the_form,
    the_confirmation,
    the_slip,
    the_move,
    the_cancellation,
)


def test_from_the_mailed_link_to_the_cancellation_by_keys_and_ears_without_any_script(mailed, open_page):
    _, link = mailed
    page = open_page(link, java_script_enabled=False)
    officer = Officer(page)
    for step in STORY:
        step(officer, page)
