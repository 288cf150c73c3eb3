"""Where what a repair supposes is written down."""

import pytest

from planner.fact_changes import CloserDates, MorePlaces, OtherStaff, SiteOpens, StaffAuthorised
from service.pages.board.fact_to_note import to_note, where_noted

SUPPOSED = {
    "fiche/autorisations/nouveau?staff=AR&site=csl-gagny": StaffAuthorised(staff="AR", site="csl-gagny"),
    "fiche/lieux/gagny": SiteOpens(site="gagny", half_day="am", weekday=2),
    "fiche/cadences/gagny": MorePlaces(cadence="gagny"),
    "promotions": CloserDates(promotion="sas", sequence="bilan"),
    "personnes": OtherStaff(need="diagnostic-1"),
}


@pytest.mark.parametrize("address", SUPPOSED)
def test_the_page_of_a_supposed_fact_has_a_link_with_its_words(address):
    assert where_noted(SUPPOSED[address]) == address
    noted = to_note(address)
    assert noted is not None
    assert noted.address == address
    assert noted.label.split()[0] in ("Noter", "Changer")


@pytest.mark.parametrize(
    "typed",
    ["", "//ailleurs.example", "https://ailleurs.example", "fiche/../..", "reglages", "equipe\n", "equipes"],
)
def test_an_address_that_is_no_such_page_is_no_link(typed):
    assert to_note(typed) is None


def test_nothing_supposed_is_nothing_to_note():
    assert where_noted(None) == ""
