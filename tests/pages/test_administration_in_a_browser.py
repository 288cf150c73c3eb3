"""Each act of who administers a territory, by hand in a browser, with what the page says after it."""

import shutil

import pytest

from tests.pages.conftest import faults_of, fill, serve, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def administered(prepared, tmp_path_factory):
    """A month with an administrator of all territories, accounts of a team and an address of a feed."""
    var = tmp_path_factory.mktemp("administered") / "var"
    shutil.copytree(prepared, var)
    fill(var, "tests.pages.administer")
    yield from serve(var, ESCALE_SIGN_INS_PER_MINUTE="1000")


@pytest.fixture
def page(administered, open_page):
    page = open_page(f"{administered.url}/connexion")
    sign_in(page, "admin")
    page.get_by_role("heading", name="Comptes").wait_for()
    return page


def test_an_account_is_made_with_two_answers_gets_a_role_and_loses_it(page):
    page.get_by_label("Adresse de courriel").fill("zoe@escale.test")
    page.get_by_role("button", name="Inviter par courriel").click()
    assert "Rôle : à choisir" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Adresse de courriel").input_value() == "zoe@escale.test"
    page.get_by_label("Rôle").select_option(label="Équipe : L.D.")
    page.get_by_role("button", name="Inviter par courriel").click()
    page.get_by_text("Compte ajouté").wait_for()
    assert page.get_by_role("row", name="zoe@escale.test").get_by_text("Équipe (L.D.)").count() == 1
    assert faults_of(page) == []
    page.get_by_role("link", name="zoe@escale.test").click()
    page.get_by_label("Rôle").select_option(label="Coordination")
    page.get_by_role("button", name="Ajouter ce rôle").click()
    page.get_by_text("Rôle ajouté.").wait_for()
    page.get_by_role("button", name="Retirer : coordination").click()
    page.get_by_text("Rôle retiré").wait_for()
    assert page.get_by_role("heading", name="zoe@escale.test").count() == 1
    assert page.get_by_role("button", name="Retirer : coordination").count() == 0
    page.get_by_role("button", name="Renvoyer l’invitation").click()
    page.get_by_text("Un nouveau lien est envoyé").wait_for()


def test_a_password_is_reset_sessions_end_and_an_account_closes_and_comes_back(page):
    page.get_by_role("link", name="cv", exact=True).click()
    for press, told in (
        ("Envoyer un lien de mot de passe", "Un nouveau lien est envoyé"),
        ("Fermer ses sessions, partout", "Toutes les sessions de ce compte sont fermées."),
        ("Fermer le compte", "Compte fermé"),
        ("Rouvrir le compte", "Compte rouvert."),
    ):
        page.get_by_role("button", name=press).click()
        page.get_by_text(told).wait_for()
    assert faults_of(page) == []


def test_the_address_of_a_feed_is_taken_back_after_a_question(page, administered):
    page.goto(f"{administered.territory}/administration/agendas")
    line = page.get_by_role("row").filter(has=page.get_by_text("Révoquer…")).first
    line.get_by_text("Révoquer…").click()
    assert "rien ne rend cette adresse" in line.inner_text()
    assert faults_of(page) == []
    line.get_by_role("button", name="Révoquer", exact=True).click()
    page.get_by_text("Adresse révoquée").wait_for()
    assert page.get_by_text("révoquée", exact=True).count() == 1


def test_the_trail_is_filtered_by_who_what_and_which_thing(page, administered):
    page.goto(f"{administered.territory}/administration/journal")
    kinds = page.get_by_label("Sur").locator("option").all_inner_texts()
    assert len(kinds) == len(set(kinds))
    page.get_by_label("Quoi").select_option(label="Connexions")
    page.get_by_role("button", name="Filtrer").click()
    told = page.locator("tbody tr").all_inner_texts()
    assert told
    assert all("connect" in line for line in told)
    page.get_by_label("Référence ou code").fill("rien-de-tel")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_text("Rien ne répond à ce filtre").wait_for()


def test_the_filters_of_the_trail_are_folded_on_a_phone_alone(page, administered):
    page.goto(f"{administered.territory}/administration/journal")
    assert page.get_by_label("Référence ou code").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.get_by_label("Référence ou code").is_visible()
    page.get_by_text("Filtrer").first.click()
    assert page.get_by_label("Référence ou code").is_visible()


def test_lifetimes_are_changed_and_a_wrong_one_is_named(page, administered):
    page.goto(f"{administered.territory}/administration/conservation")
    page.get_by_label("Journal des lectures et des changements").fill("0")
    page.get_by_role("button", name="Enregistrer").click()
    assert "Journal des lectures" in page.get_by_role("alert").first.inner_text()
    page.get_by_label("Journal des lectures et des changements").fill("18")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Durées enregistrées.").wait_for()
    assert page.get_by_label("Journal des lectures et des changements").input_value() == "18"


def test_mail_that_failed_is_sent_again_and_a_solve_that_waits_is_given_up(page, administered):
    page.goto(f"{administered.territory}/administration/travaux")
    page.get_by_role("row", name="loin@escale.test").get_by_role("button", name="Renvoyer").click()
    page.get_by_text("Ce courriel repart.").wait_for()
    told = page.get_by_role("main").inner_text()
    assert "Aucun serveur de courriel n’est réglé" in told
    assert "Tout est parti" not in told
    assert faults_of(page) == []
    solve = page.get_by_role("row", name="Calcul d’un planning").filter(has_text="attend")
    solve.get_by_role("button", name="Abandonner").click()
    page.get_by_text("Le calcul s’arrête").wait_for()
    assert page.get_by_role("button", name="Abandonner").count() == 0
    assert page.get_by_role("row", name="Calcul d’un planning").first.inner_text().endswith("abandonné")
