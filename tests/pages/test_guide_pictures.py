"""The pictures of the coordinator's guide that show a gesture, and those of pages that only one role opens."""

import pytest

from tests.pages.test_pages_in_a_browser import keep_picture
from tests.pages.walk import T

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OF_ROLES = {
    "a-relancer": ("coordinator", f"{T}/a-relancer"),
    "decision": ("coordinator", f"{T}/personnes/{{participant}}/parcours/{{path}}"),
    "personne-accompagnee": ("coordinator", f"{T}/personnes/{{participant}}"),
    "regles-partenaires": ("coordinator", f"{T}/partenaires/reglages"),
    "remplissage": ("coordinator", f"{T}/partenaires/remplissage"),
    "comptes": ("administrator", f"{T}/administration/comptes"),
    "adresses": ("administrator", f"{T}/administration/agendas"),
    "journal": ("administrator", f"{T}/administration/journal"),
    "conservation": ("administrator", f"{T}/administration/conservation"),
    "travaux": ("administrator", f"{T}/administration/travaux"),
    "nouveau-territoire": ("administrator", "/territoires/nouveau"),
    "places": ("partner", f"{T}/places"),
    "aide-partenaire": ("partner", f"{T}/aide"),
    "telephone-a-renseigner": ("staff", f"{T}/a-renseigner"),
    "telephone-annuler": ("staff", f"{T}/ma-semaine/annuler"),
    "telephone-prevenir": ("staff", f"{T}/ma-semaine/prevenir?quoi={{permanence}}"),
    "telephone-a-rappeler": ("staff", f"{T}/a-rappeler"),
}
"""By picture, who opens which page of the world of walks."""


@pytest.mark.parametrize("name", OF_ROLES)
def test_a_page_of_one_role_is_pictured(world, open_page, name):
    role, address = OF_ROLES[name]
    width = 390 if name.startswith("telephone-") else 1440
    page = open_page(f"{world.url}/connexion", width=width, height=844 if width == 390 else 900)
    page.context.add_cookies(
        [{"name": one.name, "value": one.value, "url": world.url} for one in world.clients[role].cookies.jar]
    )
    answer = page.goto(world.url + address.format(**world.known))
    assert (answer.status, page.locator("h1").count()) == (200, 1)
    keep_picture(page, name)


def test_a_draft_is_pictured_with_its_repairs_and_a_permanence_in_hand(own, open_page):
    page = open_page(own.month + "?par=lieu&vue=mois")
    page.locator("table.month td[tabindex='0']").wait_for()
    page.get_by_role("button", name="Modifier").click()
    page.get_by_text("Brouillon v").first.wait_for()
    page.locator("details.todo summary").filter(has_text="QSL Noisy").click()
    card = page.locator("details.todo").filter(has_text="QSL Noisy")
    card.get_by_role("button", name="Placer").first.wait_for()
    keep_picture(page, "reparations")
    card.get_by_role("button", name="Placer").first.click()
    page.locator(".message").get_by_text("C’est fait :").wait_for()
    page.locator('[data-key^="permanence:gagny-permanence"]').first.click()
    page.keyboard.press("m")
    page.locator(".target").first.wait_for()
    keep_picture(page, "deplacer")
    assert page.locator(".target.free, .target.costs").count() > 0
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Publier v").click()
    page.get_by_role("button", name="et prévenir").wait_for()
    keep_picture(page, "publier")


def test_an_absence_over_what_is_published_is_pictured(own, open_page):
    page = open_page(f"{own.territory}/fiche/absences/nouveau")
    page.get_by_label("A.R.").check()
    page.get_by_label("Du").fill("2026-12-14")
    page.get_by_label("Au").fill("2026-12-18")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Replanifier en changeant le moins possible").first.wait_for()
    keep_picture(page, "collision")
    assert page.get_by_text("déjà publiée").count() == 1
