"""A territory that was just opened: the board says what is missing, then what would be placed."""

from pathlib import Path

import pytest

from db.queries.territories import add_territory
from db.records.account import Grant
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database")]


@pytest.mark.slow
async def test_an_empty_territory_leads_step_by_step_to_its_first_plan(tmp_path: Path) -> None:
    await add_territory(code="var", name="Var", zone="Europe/Paris", departements=("83",), settings={})
    await account("c@var.fr", Grant(role="coordinator", territory="var"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@var.fr")
        board = (await client.get("/t/var/planning/2027-03")).text
        assert "Trois étapes avant le premier planning" in board
        assert "attend les deux autres" in board
        await send(client, "/t/var/fiche/lieux/nouveau", name="Draguignan", kind="maison_arret", access="non",
                   openings="2-am")  # fmt: skip
        await send(client, "/t/var/fiche/cadences/nouveau", site="draguignan", kind="permanence", asked="2",
                   length="half", min_days="7", staff_count="1")  # fmt: skip
        board = (await client.get("/t/var/planning/2027-03")).text
        assert "1 cadence" in board
        assert "attend les deux autres" in board
        await send(client, "/t/var/fiche/equipe/nouveau", name="A.R.", etp="100", pattern="2-am-field")
        board = (await client.get("/t/var/planning/2027-03")).text
        assert "Prêt à générer" in board
        assert "2 permanences à placer" in board
        assert (await client.get("/t/var/planning/2027-03/generer")).status_code == 200


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("absences", "equipe"),
        ("autorisations", "equipe"),
        ("dates", "cadences"),
        ("entretiens", "personnes"),
        ("fermetures", "lieux"),
        ("seances", "promotions"),
    ],
)
async def test_a_form_without_anything_to_choose_from_leads_to_what_comes_first(
    tmp_path: Path, form: str, first: str
) -> None:
    await add_territory(code="var", name="Var", zone="Europe/Paris", departements=("83",), settings={})
    await account("c@var.fr", Grant(role="coordinator", territory="var"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@var.fr")
        shown = (await client.get(f"/t/var/fiche/{form}/nouveau")).text
    assert f'href="/t/var/fiche/{first}/nouveau"' in shown
    assert "Enregistrer" not in shown


async def test_each_layer_is_useful_alone(tmp_path: Path) -> None:
    await make_territory()
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        board = (await client.get("/t/petite/planning/2026-12")).text
    assert "2 permanences, 3 entretiens à placer" in board
