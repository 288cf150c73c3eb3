"""Where what a repair supposes is written down."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from db.records.participant import InterviewNeed, Path, Stage, Volume
from db.records.staff import Absence
from db.records.territory import Territory
from planner.fact_changes import (
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteOpens,
    StaffAuthorised,
    StaffBack,
)
from service.pages.board.fact_to_note import to_note, where_noted

BEGINS, ENDS = date(2026, 12, 1), date(2026, 12, 31)
PETITE = Territory(
    id=UUID(int=1), version=1, code="petite", name="Petite", zone="Europe/Paris", departements=("93",)
)
FACTS = Facts(
    territory=PETITE,
    absences=(
        Absence(
            code="AR-1",
            staff="AR",
            kind="leave",
            starts_at=datetime(2026, 12, 7, 7, tzinfo=UTC),
            ends_at=datetime(2026, 12, 11, 19, tzinfo=UTC),
        ),
    ),
    promotions=(
        Promotion(
            code="sas",
            name="SAS",
            site="noisy",
            seats=8,
            sequences=(Sequence(code="bilan", title="Bilan", from_on=BEGINS, until_on=ENDS),),
        ),
    ),
    paths=(
        Path(
            code="KM4821-o2r",
            participant="KM4821",
            programme="o2r",
            referent="AR",
            rhythm=(Stage(every_weeks=2),),
        ),
    ),
    needs=(
        InterviewNeed(code="diagnostic-1", from_on=BEGINS, until_on=ENDS, sites=("bureau",), referent="AR"),
    ),
    volumes=(Volume(code="suivis", programme="o2r", amount=3),),
)
SUPPOSED: dict[str, FactChange] = {
    "fiche/autorisations/nouveau?staff=AR&site=csl-gagny": StaffAuthorised(staff="AR", site="csl-gagny"),
    "fiche/lieux/gagny": SiteOpens(site="gagny", half_day="am", weekday=2),
    "fiche/cadences/gagny": MorePlaces(cadence="gagny"),
    "fiche/absences/AR-1": StaffBack(staff="AR", on=date(2026, 12, 9), half_day="am"),
    "equipe": StaffBack(staff="AR", on=date(2026, 12, 14), half_day="am"),
    "fiche/promotions/sas": CloserDates(promotion="sas", sequence="gone"),
    "promotions": CloserDates(promotion="gone", sequence="bilan"),
    "fiche/entretiens/diagnostic-1": OtherStaff(need="diagnostic-1"),
    "fiche/personnes/KM4821-o2r": LongerWindow(need="KM4821/suivi/2026-W50"),
    "fiche/volumes/suivis": LongerWindow(need="suivis/2026-W50"),
    "personnes": OtherStaff(need="ZT1002/sas/1"),
}


@pytest.mark.parametrize("address", SUPPOSED)
def test_the_page_of_a_supposed_fact_has_a_link_with_its_words(address: str) -> None:
    assert where_noted(SUPPOSED[address], FACTS) == address
    noted = to_note(address)
    assert noted is not None
    assert noted.address == address
    assert noted.label.split()[0] in ("Noter", "Changer")


def test_the_dates_of_a_session_are_changed_in_its_own_form_which_knows_them() -> None:
    address = where_noted(LongerWindow(promotion="sas", sequence="bilan"), FACTS)
    assert address.startswith("fiche/seances/nouveau?step=sas%2Fbilan&from_on=2026-12-01")
    noted = to_note(address)
    assert noted is not None
    assert (noted.address, noted.label) == (address, "Changer cette séance")


@pytest.mark.parametrize(
    "typed",
    ["", "//ailleurs.example", "https://ailleurs.example", "fiche/../..", "reglages", "equipe\n", "equipes"],
)
def test_an_address_that_is_no_such_page_is_no_link(typed):
    assert to_note(typed) is None


def test_nothing_supposed_is_nothing_to_note():
    assert where_noted(None, FACTS) == ""
