"""From an installation with nobody in it to a published month, in the browser alone: ten answers, facts, plan, publish."""

import os
import re
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.pages.conftest import ROOT, faults_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.soak]
PASSWORD = "quatre chaises bleues"


class Taken(NamedTuple):
    """What one story of facts takes: clicks from its list and back to it, and answers typed or chosen."""

    clicks: int
    answers: int


TAKEN = {
    "Ouvrir un territoire": Taken(1, 3),
    "Un lieu": Taken(2, 3),
    "Sa cadence": Taken(2, 0),
    "Une personne de l’équipe": Taken(2, 1),
    "Une autorisation pour deux personnes": Taken(4, 0),
    "Une promotion": Taken(2, 3),
    "Une personne accompagnée": Taken(2, 1),
    "Un volume": Taken(2, 0),
    "Un partenaire": Taken(4, 1),
    "Générer et publier": Taken(4, 0),
}
"""May fall, never rise."""


class Hands:
    """A pair of hands that counts clicks and answers, story by story."""

    def __init__(self, page):
        self.page, self.clicks, self.answers = page, 0, 0

    def press(self, name, role="link", **more):
        self.clicks += 1
        self.page.get_by_role(role, name=name, **more).first.click()

    def tick(self, name, role="checkbox"):
        self.clicks += 1
        self.page.get_by_role(role, name=name).check()

    def answer(self, label, word):
        self.answers += 1
        field = self.page.get_by_label(label, exact=True).first
        if field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(label=word)
        else:
            field.fill(word)

    def keep(self, told):
        self.press("Enregistrer", "button")
        self.page.get_by_text(told).first.wait_for()

    def done(self, story):
        assert (self.clicks, self.answers) == TAKEN[story], story
        self.clicks = self.answers = 0


@pytest.fixture
def empty(tmp_path):
    """An installation in which only its first administrator has an account."""
    settings = {"ESCALE_DEMO": "false", "ESCALE_SOLVE_SECONDS": "3", "ESCALE_SIGN_INS_PER_MINUTE": "1000"}
    yield from serve(tmp_path / "var", **settings)


def told_by_command(var, *words):
    """What the command prints, beside the service that runs."""
    environment = {**os.environ, "ESCALE_VAR": str(var), "ESCALE_DEMO": "false"}
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def open_account(page, url, link, address):
    """A link of an invitation, a password, and in."""
    page.goto(url + re.search(r"/lien/\S+", link).group())
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même").fill(PASSWORD)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_ten_answers_and_a_handful_of_facts_lead_to_a_published_month(empty, tmp_path, open_page):
    var = tmp_path / "var"
    link = told_by_command(var, "account", "invite", "reseau@escale.test", "--role", "administrator")
    page = open_page(f"{empty.url}/connexion")
    open_account(page, empty.url, link, "reseau@escale.test")
    hands = Hands(page)
    found(hands, empty)
    link = told_by_command(
        var, "account", "invite", "claire@escale.test", "--role", "coordinator", "--territory", "var"
    )
    page.context.clear_cookies()
    open_account(page, empty.url, link, "claire@escale.test")
    page.get_by_text("Trois étapes avant le premier planning").wait_for()
    assert faults_of(page) == []
    enter_first_layer(hands)
    enter_what_may_follow(hands)
    plan_and_publish(hands)


def found(hands, empty):
    page = hands.page
    page.get_by_role("heading", name="Ouvrir un territoire").wait_for()
    hands.answer("Nom du territoire", "Var")
    hands.answer("Départements", "83")
    hands.answer("Adresse de messagerie de la coordination", "claire@escale.test")
    hands.press("Ouvrir ce territoire", "button")
    page.get_by_text("Le territoire est ouvert").wait_for()
    assert "Aucun serveur de courriel" in page.get_by_role("main").inner_text()
    hands.done("Ouvrir un territoire")


def enter_first_layer(hands):
    """Sites, cadences, people, authorisations: enough for a month."""
    page = hands.page
    page.goto(page.url.split("/planning")[0] + "/lieux")
    hands.press("Ajouter un lieu")
    hands.answer("Nom court", "La Farlède")
    hands.answer("Nature", "Maison d’arrêt")
    page.get_by_role("radio", name="Oui").check()
    hands.answers += 1
    page.get_by_text("Tout le reste").click()
    page.get_by_label("Salles, une par ligne").fill("Salle 1 : 12")
    hands.keep("Ajouté : La Farlède.")
    hands.done("Un lieu")
    page.get_by_role("link", name="En ajouter une à La Farlède").click()
    hands.clicks += 1
    hands.keep("Ajouté : La Farlède.")
    hands.done("Sa cadence")
    page.get_by_role("link", name="Équipe", exact=True).click()
    assert page.locator(".btn.primary").inner_text() == "Ajouter une personne"
    for initials in ("ZM", "PB"):
        hands.press("Ajouter une personne")
        hands.answer("Initiales", initials)
        hands.keep(f"Ajouté : {initials}.")
        hands.done("Une personne de l’équipe")
    hands.press("Noter une autorisation")
    hands.tick("Z.M.")
    hands.tick("P.B.")
    assert page.get_by_label("Lieu").locator("option").first.inner_text() == "La Farlède"
    hands.press("Enregistrer", "button")
    page.get_by_text("Autorisation enregistrée pour 2 personnes.").wait_for()
    hands.done("Une autorisation pour deux personnes")


def enter_what_may_follow(hands):
    """The other three layers: a promotion, people and volumes, a partner."""
    page = hands.page
    page.get_by_role("link", name="Promotions", exact=True).click()
    hands.press("Ajouter une promotion")
    hands.answer("Nom", "Promotion d’hiver")
    hands.answer("Lieu", "La Farlède")
    month = page.evaluate(
        "new Date(new Date().getFullYear(), new Date().getMonth() + 1, 2).toISOString().slice(0, 10)"
    )
    hands.answer("Première séance à partir du", month)
    hands.keep("Ajouté : Promotion d’hiver.")
    assert "Aucune salle" not in page.get_by_role("main").inner_text()
    hands.done("Une promotion")
    page.get_by_role("link", name="Personnes accompagnées", exact=True).click()
    hands.press("Ajouter une personne")
    assert page.get_by_label("Dispositif").input_value() == "Accompagnement"
    hands.answer("Référent ou référente (facultatif)", "Z.M.")
    hands.keep("Notez cette référence")
    hands.done("Une personne accompagnée")
    hands.press("Ajouter un volume")
    hands.keep("Ajouté")
    hands.done("Un volume")
    page.get_by_role("link", name="Partenaires", exact=True).click()
    hands.press("Ajouter un partenaire")
    hands.answer("Nom", "SPIP du Var")
    hands.tick("Bureau")
    hands.tick("La Farlède")
    hands.keep("Ajouté : SPIP du Var.")
    hands.done("Un partenaire")


def plan_and_publish(hands):
    page = hands.page
    page.get_by_role("link", name="Planning", exact=True).click()
    page.get_by_text("Prêt à générer").wait_for()
    hands.press("Générer", exact=True)
    hands.press("Générer", "button", exact=True)
    page.get_by_role("link", name="Publier v1").wait_for(timeout=120_000)
    assert "placé" in page.locator("main").inner_text()
    hands.press("Publier v1")
    hands.press("Publier la version 1", "button")
    page.get_by_text("Version 1 publiée").wait_for()
    assert page.locator('[data-key^="permanence:"]').count() >= 2
    assert page.locator('[data-key^="session:"]').count() >= 3
    assert faults_of(page) == []
    hands.done("Générer et publier")
