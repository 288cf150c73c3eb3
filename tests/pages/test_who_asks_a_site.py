"""A site reads who asks it for dates, and whom it may call."""

from typing import Any
from uuid import UUID

import pytest

from db.records.territory import Territory
from service.pages.site.who_asks import who_asks, whom_to_ask

ALONE = "La coordination Île-de-France vous propose ces dates."
REACHED = {"contact_name": "Camille R.", "contact_phone": "01 99 00 12 34", "contact_email": "c@exemple.fr"}


def territory(**settings: Any) -> Territory:
    return Territory(
        id=UUID(int=9), code="idf", name="Île-de-France", zone="Europe/Paris", version=1, departements=("93",),
        settings=settings, facts_revision=0, published_revision=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("organisation", "said"),
    [
        ("Association Rebond", "La coordination Île-de-France (Association Rebond) vous propose ces dates."),
        ("Île-de-France", ALONE),
        ("", ALONE),
    ],
)
def test_the_coordination_asks_in_the_name_of_its_association(organisation: str, said: str) -> None:
    assert who_asks(territory(organisation=organisation)) == said
    assert who_asks(territory()) == ALONE


def test_whoever_can_be_reached_is_named() -> None:
    assert whom_to_ask(territory(partners=REACHED)) == "Camille R., 01 99 00 12 34, c@exemple.fr"
    assert whom_to_ask(territory(contact="Accueil, 01 99.", partners=REACHED)) == "Accueil, 01 99"
    assert whom_to_ask(territory(partners={"contact_name": "Camille R."})) == ""
    assert whom_to_ask(territory()) == ""
