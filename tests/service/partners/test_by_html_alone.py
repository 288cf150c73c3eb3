"""An officer who has never seen the pages, with nothing but links, labels and buttons: from the door to the cancellation."""

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from db.queries.orientations import Oriented, orientations_of
from db.records.account import Grant
from service.actions.hold_place import hold_place
from tests.service.door import PASSWORD, account, browser, make_app
from tests.service.paper_browser import PaperBrowser
from tests.service.partners.sample import make_territory, monday, office, officer, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PERSON = {
    "Votre référence": "94-1211",
    "Emploi": "",
    "Je la demande": "",
    "Vos initiales": "M.D.",
    "Votre téléphone": "01 45 67 89 10",
}
TOO_NEW = re.compile(
    r"<(dialog|template|slot|search)\b|\bpopover\b|\binert\b|\bcommandfor\b|\bformaction=", re.IGNORECASE
)
"""What an old browser does not know, and a page would need."""


async def test_hold_orient_print_move_and_cancel_with_links_and_forms_alone(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(monday()), office(monday()))
    await account("m.d@spip.example", Grant(role="partner", territory="essai", partner="spip-93"))
    async with browser(make_app(tmp_path)) as client:
        poor = PaperBrowser(client)
        await poor.open("/connexion")
        await poor.press("Se connecter", {"Adresse": "m.d@spip.example", "Mot de passe": PASSWORD})
        assert "Places d’entretien libres" in poor.words
        await poor.press("CSL Gagny")
        assert "Cette place est à vous jusqu’à" in poor.words
        await poor.press("Confirmer l’orientation")
        assert "4 champs sont à corriger" in poor.words
        await poor.press("Confirmer l’orientation", PERSON)
        assert "C’est confirmé." in poor.words
        assert "1 rue de la Gare, Gagny" in poor.words
        await _printed(poor)
        await poor.follow("Mes orientations")
        await poor.follow("Déplacer")
        await poor.press("Bureau")
        assert "3 rue des Lilas" in poor.words
        await poor.follow("Annuler l’orientation")
        await poor.press("Annuler l’orientation", {"Autorisation de sortie non obtenue": ""})
        assert "Ce rendez-vous n’aura pas lieu." in poor.words
        assert "autorisation de sortie non obtenue" in poor.words
        await poor.follow("Choisir une autre place")
        free = [one for form in poor.page.forms for one in form.buttons if "libre, prendre" in one.words]
        assert len(free) == 6
    (made,) = await orientations_of(territory.id, Oriented(partner="spip-93"))
    assert (made.state, made.cancelled_by, made.cancel_reason) == ("cancelled", "partner", "sortie")


async def _printed(poor: PaperBrowser) -> None:
    here = str(poor.answer.url)
    await poor.follow("Imprimer")
    (sheet,) = pypdf.PdfReader(BytesIO(poor.answer.content)).pages
    assert sheet.extract_text().count("Espace Gagny") == 2
    await poor.open(here)


async def test_who_loses_a_place_goes_on_from_the_page_that_says_so(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await account("m.d@spip.example", Grant(role="partner", territory="essai", partner="spip-93"))
    async with browser(make_app(tmp_path)) as client:
        poor = PaperBrowser(client)
        await poor.open("/connexion")
        await poor.press("Se connecter", {"Adresse": "m.d@spip.example", "Mot de passe": PASSWORD})
        await hold_place(territory, officer("spip-94"), host, 0)
        await poor.press("CSL Gagny")
        assert poor.answer.status_code == 409
        assert "Cette place vient d’être prise" in poor.words
        await poor.press("à 10 h 00")
        await poor.press("Confirmer l’orientation", PERSON)
        assert "C’est confirmé." in poor.words


async def test_no_page_of_a_partner_needs_what_an_old_browser_does_not_know(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(monday()))
    await account("m.d@spip.example", Grant(role="partner", territory="essai", partner="spip-93"))
    async with browser(make_app(tmp_path)) as client:
        poor = PaperBrowser(client)
        pages = [await _page(poor, "/connexion")]
        await poor.press("Se connecter", {"Adresse": "m.d@spip.example", "Mot de passe": PASSWORD})
        pages += [poor.answer.text]
        await poor.press("CSL Gagny")
        pages += [poor.answer.text]
        await poor.press("Confirmer l’orientation", PERSON)
        pages += [poor.answer.text, await _page(poor, "/t/essai/orientations")]
    assert [found[0] for page in pages for found in TOO_NEW.finditer(page)] == []
    assert all('type="module"' in page and "onclick" not in page for page in pages)


async def _page(poor: PaperBrowser, address: str) -> str:
    await poor.open(address)
    return poor.answer.text
