"""References and notes that tell who somebody is, are refused; those that tell nothing are taken."""

import pytest

from db.errors import NotFoundError
from db.queries.facts import fact
from db.records.participant import Participant
from service.actions.keep_facts import add_facts, change_one_fact
from service.errors import BadInput
from service.privacy.wording import fault_of_note, fault_of_reference
from tests.db.assignments import territory_with_facts


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Karim Benali", "nom"),
        ("BENALI", "nom"),
        ("M. Benali", "nom"),
        ("12/03/1990", "naissance"),
        ("1990-03-12", "naissance"),
        ("12031990", "naissance"),
        ("45123", "écrou"),
        ("A45123", "écrou"),
        ("écrou 45", "écrou"),
        ("KM482", "deux capitales"),
        ("km4821", "deux capitales"),
        ("KM4821\nBcc: a@b.fr", "deux capitales"),
    ],
)
def test_a_reference_that_tells_something_is_refused_without_being_quoted(typed: str, fault: str) -> None:
    found = fault_of_reference(typed)
    assert found is not None
    assert fault in found
    assert typed not in found


def test_the_references_of_escale_are_taken() -> None:
    assert [fault_of_reference(one) for one in ("KM4821", "ZT0007")] == [None, None]


@pytest.mark.parametrize(
    "note",
    [
        "voir Mme Durand",
        "Karim Benali viendra",
        "né le 12/03/1990",
        "écrou 45123",
        "appeler le 06 12 34 56 78",
        "karim@exemple.fr",
        "traitement à midi",
        "sort de prison",
        "condamné pour vol",
        "ligne\ndeux",
        "x" * 81,
    ],
)
def test_a_note_on_who_health_or_offence_is_refused(note: str) -> None:
    assert fault_of_note(note)


@pytest.mark.parametrize(
    "note", ["", "apporter CV", "préfère le matin", "vient en bus 613", "bureau 12, 2e étage"]
)
def test_a_practical_note_is_taken(note: str) -> None:
    assert fault_of_note(note) is None


@pytest.mark.usefixtures("database")
async def test_no_way_in_stores_a_reference_or_a_note_that_tells_who() -> None:
    territory = await territory_with_facts()
    for wrong in (Participant(code="Benali"), Participant(code="ZT0007", practical_note="Mme Durand")):
        with pytest.raises(BadInput) as caught:
            await add_facts(territory.id, (wrong,))
        assert "enali" not in caught.value.detail
        assert "Durand" not in caught.value.detail
        with pytest.raises(NotFoundError):
            await fact(territory.id, Participant, wrong.code)
    known = await fact(territory.id, Participant, "KM4821")
    with pytest.raises(BadInput):
        await change_one_fact(
            territory.id,
            Participant(code="KM4821", practical_note="sort de prison"),
            version=known.version,
        )
    assert (await fact(territory.id, Participant, "KM4821")).practical_note == ""
