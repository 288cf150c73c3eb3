"""Stories of who is signed in: a session that ends under somebody's hands, and staff on a phone without any script."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.at_the_board import keys_are_heard
from tests.pages.conftest import ROOT, Served, faults_of, serve
from tests.pages.sign_people_in import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def signed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    var = tmp_path_factory.mktemp("signed") / "var"
    shutil.copytree(prepared, var)
    environment = {**os.environ, "ESCALE_VAR": str(var)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.pages.sign_people_in"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    yield from serve(var)


def sign_in(page, name):
    page.get_by_label("Adresse de courriel").fill(f"{name}@escale.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_a_sign_in_that_ends_comes_over_the_page_and_loses_no_edit(signed, open_page):
    page = open_page(signed.url + "/connexion")
    sign_in(page, "coordination")
    page.wait_for_url("**/planning/**")
    page.goto(signed.month + "?par=lieu&vue=mois")
    page.get_by_role("button", name="Modifier").click()
    page.get_by_text("Brouillon v").first.wait_for()
    keys_are_heard(page)
    page.context.clear_cookies()
    page.locator('td:has([data-key^="permanence:gagny-permanence"])').first.focus()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Votre session a pris fin").wait_for()
    assert faults_of(page) == []
    sign_in(dialog, "coordination")
    page.locator('[data-key^="permanence:gagny-permanence"].pinned').first.wait_for()
    assert dialog.count() == 0


def test_two_coordinators_see_each_other_and_what_is_held(signed, open_page):
    pages = []
    for name in ("coordination", "cv"):
        page = open_page(signed.url + "/connexion")
        sign_in(page, name)
        page.wait_for_url("**/planning/**")
        page.goto(signed.month + "?par=lieu&vue=mois")
        if page.get_by_role("button", name="Modifier").count():
            page.get_by_role("button", name="Modifier").click()
        page.get_by_text("Brouillon v").first.wait_for()
        keys_are_heard(page)
        pages.append(page)
    first, second = pages
    second.locator('td:has([data-key^="permanence:villejuif-permanence"])').first.focus()
    with second.expect_response(lambda answer: "tient=permanence" in (answer.request.post_data or "")):
        second.keyboard.press("m")
    first.reload()
    first.locator(".top .who.live").wait_for()
    assert "C.V. travaille aussi" in first.locator(".top .who.live").text_content()
    assert first.locator('[data-key^="permanence:villejuif-permanence"] .holder').inner_text() == "CV"
    assert faults_of(first) == []


def test_a_long_form_keeps_what_was_typed_when_the_sign_in_ended(signed, open_page):
    page = open_page(signed.url + "/connexion")
    sign_in(page, "coordination")
    page.wait_for_url("**/planning/**")
    page.clock.install()
    page.goto(f"{signed.territory}/fiche/lieux/nouveau")
    page.get_by_label("Nom court").fill("Bobigny")
    page.context.clear_cookies()
    page.clock.fast_forward(60_000)
    page.get_by_role("button", name="Enregistrer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Votre session a pris fin").wait_for()
    assert page.get_by_label("Nom court").input_value() == "Bobigny"
    sign_in(dialog, "coordination")
    page.get_by_role("link", name="Bobigny", exact=True).wait_for()


def test_staff_note_who_came_and_fix_the_next_date_in_four_taps(signed, open_page):
    page = open_page(signed.url + "/connexion", width=390, height=844, java_script_enabled=False)
    sign_in(page, "ar")
    page.wait_for_url("**/ma-semaine**")
    taps = 0
    for tap in (
        lambda: page.get_by_role("link", name="rendez-vous est à renseigner").click(),
        lambda: page.get_by_role("button", name="Honoré").first.click(),
        lambda: page.locator("button.time").first.click(),
    ):
        tap()
        taps += 1
    page.get_by_text("prochain rendez-vous").wait_for()
    assert taps <= 4


def test_staff_call_off_the_morning_in_three_taps_and_tick_who_was_told(signed, open_page):
    page = open_page(signed.url + "/connexion", width=390, height=844, java_script_enabled=False)
    sign_in(page, "ar")
    page.wait_for_url("**/ma-semaine**")
    page.get_by_role("link", name="Annuler aujourd’hui").first.click()
    page.get_by_role("button", name="Transport").click()
    page.locator('a[href^="sms:"]').first.wait_for()
    page.get_by_role("button", name="Prévenu").first.click()
    page.get_by_text("Prévenu à").first.wait_for()
    assert page.get_by_text("Prévenu à").first.is_visible()
