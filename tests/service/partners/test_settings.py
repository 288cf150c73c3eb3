"""Stored words about partners that cannot be read: the rest holds, and nobody learns more than was agreed."""

from uuid import uuid4

import msgspec
import pytest

from db.records.partner import Partner
from db.records.territory import Territory
from service.partners.orientation_words import convention_of
from service.partners.settings import PartnerSettings, partner_settings


def territory(stored: object) -> Territory:
    known = {"id": str(uuid4()), "code": "essai", "name": "Essai", "zone": "Europe/Paris", "version": 1}
    return msgspec.convert({**known, "settings": {"partners": stored}}, Territory)


def test_what_cannot_be_read_has_its_default_and_the_rest_stands() -> None:
    stored = {"hold_minutes": "vingt", "weeks_ahead": 4, "needs": ["emploi"], "later": True}
    assert partner_settings(territory(stored)) == PartnerSettings(weeks_ahead=4)


@pytest.mark.parametrize("stored", [None, [], "rien", 7])
def test_settings_that_are_no_settings_are_the_defaults(stored: object) -> None:
    assert partner_settings(territory(stored)) == PartnerSettings()


def test_of_a_convention_that_cannot_be_read_the_partner_learns_nothing() -> None:
    partner = Partner(code="spip-93", name="SPIP")
    assert convention_of(partner).learns == "first"
    assert convention_of(msgspec.structs.replace(partner, convention={"learns": "tout"})).learns == "nothing"
