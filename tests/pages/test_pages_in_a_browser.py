"""Pages in Chromium at four widths: none wider than the screen; reading without script; pictures kept.

Faults for axe are looked for on each route by `test_every_page`; here in the views that share a route.
"""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.pages.conftest import ROOT, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = ROOT / "docs" / "images"
PAGES = {
    "mois-par-lieu": "/planning/2026-12?par=lieu&vue=mois",
    "mois-par-personne": "/planning/2026-12?par=personne&vue=mois",
    "semaine": "/planning/2026-12?par=lieu&vue=semaine&jour=2026-12-16",
    "jour": "/planning/2026-12?par=lieu&vue=jour&jour=2026-12-16",
    "liste": "/planning/2026-12?par=lieu&vue=liste",
    "mois-vide": "/planning/2027-02?par=lieu&vue=mois",
    "generer": "/planning/2026-12/generer",
    "et-si": "/planning/2026-12/et-si?fait=ouverture",
    "publier": "/planning/2026-12/publier",
    "clavier": "/planning/2026-12/aide",
    "lieux": "/lieux",
    "lieu": "/fiche/lieux/gagny",
    "cadence": "/fiche/cadences/nouveau",
    "atelier": "/fiche/ateliers/nouveau",
    "accord-du-lieu": "/lieux/gagny/mois/2026-12",
    "equipe": "/equipe",
    "personne": "/fiche/equipe/nouveau",
    "absences": "/fiche/absences/nouveau",
    "promotions": "/promotions",
    "personnes": "/personnes",
    "entretien": "/fiche/entretiens/nouveau",
    "partenaires": "/partenaires",
    "partenaire": "/fiche/partenaires/nouveau",
    "telephone-semaine": "/ma-semaine?personne=LD&semaine=2026-12-14",
    "telephone-a-renseigner": "/a-renseigner?personne=LD",
    "telephone-absences": "/mes-absences?personne=LD",
    "telephone-ma-part": "/ma-part?personne=LD&mois=2026-12",
    "telephone-a-rappeler": "/a-rappeler?personne=LD",
    "telephone-annuler": "/ma-semaine/annuler?personne=LD",
    "telephone-retard": "/ma-semaine/retard?personne=LD",
    "comparer": "/planning/2026-12/comparer",
    "telephone-agenda": "/mon-agenda?personne=LD",
    "telephone-agenda-contenu": "/mon-agenda/contenu?personne=LD",
    "telephone-pris": "/je-suis-pris?personne=LD&semaine=2026-12-14",
    "agendas": "/agendas",
    "agenda-lieu": "/agendas/lieu/gagny",
    "agenda-lieu-contenu": "/agendas/lieu/gagny/contenu",
    "suivi": "/suivi?mois=2026-12",
    "introuvable": "/planning/2026-13",
}
WIDTHS = {1440: 900, 900: 700, 720: 900, 390: 844, 320: 800}
BARE = (
    "et-si",
    "publier",
    "comparer",
    "telephone-annuler",
    "telephone-retard",
    "telephone-a-renseigner",
    "telephone-a-rappeler",
)
"""Pages that have nothing to show as long as nothing has happened: no picture is kept of them."""
PHONE = tuple(name for name in PAGES if name.startswith("telephone-"))


VIEWS = ("mois-par-personne", "semaine", "jour", "liste", "mois-vide")
"""Several pages of one route, of which a walk by links sees one."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_width_and_its_picture_is_kept(served, open_page, name):
    page = open_page(served.territory + PAGES[name], color_scheme="light")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
        if name not in BARE and width == (390 if name in PHONE else 1440):
            keep_picture(page, name)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_of_the_board_has_no_fault(served, open_page, name):
    page = open_page(served.territory + PAGES[name], color_scheme="light")
    assert faults_of(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 900})
    assert faults_of(page) == []


def test_the_month_in_dark_is_pictured(served, open_page):
    page = open_page(served.territory + PAGES["mois-par-lieu"], color_scheme="dark")
    assert faults_of(page) == []
    keep_picture(page, "mois-sombre")


def keep_picture(page, name):
    """Once a board has all that its script asks for."""
    if page.locator("[data-board]").count():
        page.wait_for_load_state("networkidle")
    target: Path = PICTURES / f"{name}.png"
    drawn = page.screenshot()
    if not target.exists() or not look_alike(drawn, target.read_bytes()):
        target.write_bytes(drawn)
    assert len(drawn) > 5_000


def look_alike(*pictures):
    """But for a shade of some edge, which no two runs draw quite the same."""
    one, other = (Image.open(BytesIO(each)).convert("RGB") for each in pictures)
    shades = ImageChops.difference(one, other).getextrema() if one.size == other.size else [(0, 255)]
    return max(most for _, most in shades) <= 2


@pytest.mark.parametrize(
    "name",
    [
        "mois-par-lieu",
        "liste",
        "lieux",
        "equipe",
        "publier",
        "telephone-semaine",
        "telephone-ma-part",
        "telephone-a-renseigner",
    ],
)
def test_a_page_is_read_without_script(served, open_page, name):
    page = open_page(served.territory + PAGES[name], java_script_enabled=False)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()


def test_a_cell_is_read_as_a_sentence_and_the_grid_is_entered_once(served, open_page):
    page = open_page(served.territory + PAGES["mois-par-lieu"])
    page.locator("table.month td[tabindex='0']").wait_for()
    assert page.locator("table.month td[tabindex='0']").count() == 1
    assert page.locator(".chip.perm .hidden-text").first.text_content().startswith("Permanence, ")


def test_text_spacing_does_not_clip_a_chip(served, open_page):
    """Rows grow with the letter, word and line spacing of WCAG 1.4.12."""
    page = open_page(served.territory + PAGES["mois-par-lieu"])
    page.evaluate(
        "() => { const sheet = new CSSStyleSheet(); "
        "sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }'); "
        "document.adoptedStyleSheets = [sheet]; }"
    )
    clipped = page.evaluate(
        "[...document.querySelectorAll('td > .chip')].filter((chip) => chip.scrollHeight > chip.clientHeight + 1).length"
    )
    assert clipped == 0


def test_what_stands_under_the_name_of_a_row_has_two_lines_and_is_whole_in_its_title(served, open_page):
    page = open_page(served.territory + PAGES["mois-par-lieu"])
    notes = page.evaluate(
        "[...document.querySelectorAll('.row-head i')].map((note) => { note.textContent = note.title.repeat(3); "
        "return [note.title, note.clientHeight / parseFloat(getComputedStyle(note).lineHeight)]; })"
    )
    assert "Semi-liberté · 3/mois" in {title.replace("\N{NO-BREAK SPACE}", " ") for title, _ in notes}
    assert {round(lines) for _, lines in notes} <= {1, 2}
    assert 2 in {round(lines) for _, lines in notes}


def test_the_view_is_remembered(served, open_page):
    page = open_page(served.territory + "/planning/2026-12?par=personne&vue=semaine")
    page.goto(served.month)
    assert page.locator(".choice a[aria-current]").all_inner_texts() == ["Semaine", "Personne"]


def test_the_filters_are_remembered_until_everything_is_shown_again(served, open_page):
    page = open_page(served.month + "?par=lieu&vue=mois&lieu=gagny&manque=1")
    page.goto(served.territory + "/planning")
    assert ("lieu=gagny" in page.url, "manque=1" in page.url) == (True, True)
    page.get_by_text("Filtrer").click()
    page.get_by_role("link", name="Tout afficher").first.click()
    page.wait_for_url(lambda url: "gagny" not in url)
    page.goto(served.territory + "/planning")
    assert "?" not in page.url


def test_a_phone_begins_with_the_list(served, open_page):
    page = open_page(served.month, width=390, height=844)
    page.wait_for_url("**vue=liste")
    assert page.locator(".day-lines").first.is_visible()


@pytest.mark.parametrize("by", ["lieu", "personne"])
def test_a_phone_holds_the_whole_week_and_its_filters(served, open_page, by):
    page = open_page(f"{served.month}?par={by}&vue=semaine&jour=2026-12-16", width=390, height=844)
    assert page.locator(".board").evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_role("button", name="Afficher").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".status summary", has_text="Détails").click()
    box = page.locator(".status .menu > div").bounding_box()
    assert 0 <= box["x"] < box["x"] + box["width"] <= 390


def test_heads_of_six_weeks_do_not_run_into_each_other(served, open_page):
    page = open_page(
        f"{served.url}/t/ile-de-france/planning/2027-05?par=personne&vue=mois&samedi=1", width=1280
    )
    heads = page.locator("table.month thead .days th a")
    assert heads.count() == 26
    assert heads.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
    edges = heads.evaluate_all(
        "all => all.flatMap((one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().right])"
    )
    assert all(before <= after + 0.5 for before, after in pairwise(edges)), edges


def test_static_files_are_kept_for_ever_and_compared_by_content(served, open_page):
    page = open_page(served.month)
    address = page.locator("link[rel=stylesheet]").get_attribute("href")
    answer = page.request.get(served.url + address)
    assert "immutable" in answer.headers["cache-control"]
    again = page.request.get(served.url + address, headers={"if-none-match": answer.headers["etag"]})
    assert again.status == 304
