"""The list of who to tell: the nearest first, a telephone where one is known, a sentence that gives nothing away."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from db.queries.told import Ticked
from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.orientation import Orientation
from db.records.partner import Partner
from db.records.site import Site
from db.records.staff import StaffMember
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.pages.context import Visit
from service.pages.phone.morning_view import News, Reached, callees
from service.pages.phone.seat import Seat
from service.pages.phone.told_pages import what_was_done
from service.pages.shell import Shell

NINE = datetime(2026, 12, 3, 8, tzinfo=UTC)
HOST, GUEST = UUID(int=1), UUID(int=2)


@pytest.fixture
def seat():
    territory = Territory(
        id=UUID(int=9), code="idf", name="IDF", zone="Europe/Paris", version=1, departements=("93",), settings={},
        facts_revision=0, published_revision=0,
    )  # fmt: skip
    facts = Facts(
        territory=territory,
        sites=(Site(code="gagny", name="CSL Gagny", kind="semi_liberte", phone="01 99 00 12 34"),),
        staff=(StaffMember(code="AR", name="AR"), StaffMember(code="NK", name="NK", phone="06 99 00 00 01")),
        partners=(Partner(code="spip-93", name="SPIP 93", phone="01 99 00 00 93"),),
    )
    return Seat(Visit(territory, Shell(territory="idf")), facts, facts.staff[0], HOUSE, False)


def thing(id_, kind, starts_at, **fields):
    return Assignment(
        id=id_, kind=kind, key=str(id_), held_on=starts_at.date(), starts_at=starts_at, revision=1,
        ends_at=starts_at + timedelta(hours=1), sequence_number=0, created_at=NINE, last_modified_at=NINE,
        **{"staff": ("AR",), "site": "gagny", "status": "cancelled", **fields},
    )  # fmt: skip


THINGS = (
    thing(GUEST, "interview", NINE + timedelta(hours=1), participant="KM4821", host_id=HOST),
    thing(HOST, "permanence", NINE, staff=("AR", "NK")),
)


def test_place_colleague_partner_and_person_are_listed_the_nearest_first(seat):
    sent = Orientation(
        id=UUID(int=5), code="O-1", partner="spip-93", label="dossier 12", need="emploi", state="cancelled",
        created_at=NINE, host_id=HOST, officer_phone="01 99 00 00 94",
    )  # fmt: skip
    found = callees(seat, THINGS, (), Reached({"KM4821": "06 99 00 00 02"}, (sent,)), News())
    assert [(one.who, one.telephone) for one in found] == [
        ("CSL Gagny", "01 99 00 12 34"),
        ("N.K.", "06 99 00 00 01"),
        ("SPIP 93, pour dossier 12", "01 99 00 00 94"),
        ("KM4821", "06 99 00 00 02"),
    ]


def test_a_colleague_hears_of_a_half_day_once_with_the_interviews_in_it(seat):
    inside = thing(
        GUEST, "interview", NINE + timedelta(hours=1), participant="KM4821", host_id=HOST, staff=("NK",)
    )
    for things, times in (((inside, THINGS[1]), 1), ((inside,), 1)):
        told = [one.who for one in callees(seat, things, (), Reached({}), News())]
        assert (told.count("N.K."), told.count("KM4821")) == (times, 1)


def test_the_sentence_names_nobody_and_no_place_of_justice(seat):
    found = callees(seat, THINGS, (), Reached({}), News())
    for one in found:
        assert "Gagny" not in one.sentence
        assert "KM4821" not in one.sentence


def test_a_delay_is_told_in_minutes(seat):
    found = callees(seat, THINGS, (), Reached({}), News(late_minutes=20))
    assert all("20" in one.sentence for one in found)


def test_who_was_told_has_the_hour(seat):
    found = callees(seat, THINGS, [Ticked(HOST, "site/gagny", NINE)], Reached({}), News())
    assert [bool(one.told) for one in found] == [True, False, False]


def test_a_replacement_calls_nothing_off_and_whoever_comes_is_told_to_come(seat):
    things = (
        thing(GUEST, "interview", NINE, participant="KM4821", staff=("NK",), status="planned"),
        thing(HOST, "permanence", NINE, staff=("NK",), status="planned"),
    )
    found = callees(seat, things, (), Reached({}), News(comes_instead="NK"))
    instead = "tient\N{NO-BREAK SPACE}: une autre personne de l’équipe vient à ma place."
    assert {one.recipient: one.sentence for one in found} == {
        "participant/KM4821": f"Bonjour, notre rendez-vous de 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 aujourd’hui {instead}",
        "site/gagny": f"Bonjour, notre présence de 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 aujourd’hui {instead}",
        "staff/NK": "Bonjour, vous prenez ma place à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 aujourd’hui.",
    }


def test_a_half_day_counts_as_the_appointments_in_it():
    for things in (THINGS, THINGS[1:]):
        inside = sum(one.host_id is not None for one in things)
        said = what_was_done(things, News()).replace("\N{NO-BREAK SPACE}", " ")
        assert said == f"Annulé : {inside or 1} rendez-vous."
