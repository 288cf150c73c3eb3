"""« Remettre »: what was put away comes back only where it can be told apart and stands on what is there."""

from pathlib import Path

import pytest

from db.records.base import Fact
from db.records.cadence import Promotion
from db.records.participant import Volume
from service.actions.keep_facts import add_facts
from service.coming_back import ONE_OF_A_NAME
from service.pages.facts.kinds import RESOURCES
from tests.pages.fact_desk import fact_desk, facts, plain

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


@pytest.fixture
async def desk(database: object, tmp_path: Path):
    async with fact_desk(tmp_path) as enter:
        yield enter


async def now(path: str, code: str) -> Fact:
    found = RESOURCES[path].find(await facts(), code)
    assert found is not None
    return found


async def press(desk, button: str, path: str, code: str):
    version = str((await now(path, code)).version)
    return await desk.change(
        f"{path}/{code}/{button}", page=f"/t/petite/fiche/{path}/{code}", version=version
    )


async def test_a_name_that_was_given_anew_is_said_to_be_taken(desk):
    known = await facts()
    site = next(one for one in known.sites if one.code == "bureau")
    filled = {name: list(values) for name, values in RESOURCES["lieux"].typed(site, known).items()}
    assert (await press(desk, "retirer", "lieux", "bureau")).status_code in (200, 303)
    assert (await desk("lieux", **filled)).status_code in (200, 303)
    refused = await press(desk, "remettre", "lieux", "bureau")
    assert refused.status_code == 409
    assert "Le nom « Bureau » est déjà pris" in plain(refused.text)
    alive = [one.code for one in (await facts()).sites if one.archived_at is None and one.name == "Bureau"]
    assert len(alive) == 1


async def test_a_cadence_waits_for_its_site_to_be_back(desk):
    await press(desk, "retirer", "cadences", "gagny-permanence")
    await press(desk, "retirer", "lieux", "gagny")
    refused = await press(desk, "remettre", "cadences", "gagny-permanence")
    assert refused.status_code == 409
    assert "remettez d’abord Gagny" in plain(refused.text)
    assert (await now("cadences", "gagny-permanence")).archived_at is not None
    await press(desk, "remettre", "lieux", "gagny")
    assert (await press(desk, "remettre", "cadences", "gagny-permanence")).status_code == 303


@pytest.mark.parametrize(("path", "record", "under"), [
    ("promotions", Promotion(code="p", name="P", site="gagny", seats=8), ("lieux", "gagny", "Gagny")),
    ("promotions", Promotion(code="p", name="P", site="gagny", seats=8, programme="o2r"), ("dispositifs", "o2r", "O2R")),
    ("volumes", Volume(code="v", amount=2, referent="NK"), ("equipe", "NK", "NK")),
    ("volumes", Volume(code="v", amount=2, sites=("gagny",)), ("lieux", "gagny", "Gagny")),
])  # fmt: skip
async def test_so_does_everything_that_stands_on_something(desk, path, record, under):
    await add_facts((await facts()).territory.id, (record,))
    await press(desk, "retirer", path, record.code)
    place, code, name = under
    await press(desk, "retirer", place, code)
    refused = await press(desk, "remettre", path, record.code)
    assert refused.status_code == 409
    assert f"remettez d’abord {name}" in plain(refused.text)


async def test_a_volume_comes_back_while_one_of_its_sites_is_there(desk):
    volume = Volume(code="v", amount=2, sites=("bureau", "gagny"))
    await add_facts((await facts()).territory.id, (volume,))
    await press(desk, "retirer", "volumes", "v")
    await press(desk, "retirer", "lieux", "gagny")
    assert (await press(desk, "remettre", "volumes", "v")).status_code == 303


def test_forms_and_what_comes_back_agree_on_what_has_one_name():
    of_forms = {kind.kind for kind in RESOURCES.values() if kind.one_of_a_name}
    assert of_forms == set(ONE_OF_A_NAME.values())
