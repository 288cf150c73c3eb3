"""The French document says what the tables hold: every table is told, and its tables are those of the program."""

import pytest

from db.tables import TABLES as DATABASE
from db.tables.participant import Participant
from service.cli import BAD_INPUT, DONE, main
from service.privacy.lifetimes import Lifetimes
from service.privacy.register import OF_NOBODY, OF_PARTICIPANTS, TABLES
from service.privacy.register_document import register_tables, with_register
from service.settings import ROOT

DOCUMENT = ROOT / "docs" / "confidentialite.md"


def test_the_document_is_in_step_with_the_program() -> None:
    text = DOCUMENT.read_text()
    assert with_register(text) == text, "run: ./escale register --into docs/confidentialite.md"


def test_whatever_points_to_a_participant_is_told_among_participants() -> None:
    pointing = {
        table._meta.tablename
        for table in DATABASE
        for column in table._meta.foreign_key_columns
        if column._foreign_key_meta.resolved_references is Participant
    }
    assert pointing <= OF_PARTICIPANTS.keys()


def test_nothing_is_told_twice_and_each_entry_says_everything() -> None:
    assert not TABLES.keys() & OF_NOBODY
    assert all(all(part for part in entry) for entry in TABLES.values())


def test_the_lifetimes_of_the_document_are_those_that_run() -> None:
    lifetimes = Lifetimes()
    told = register_tables()
    for words in (
        f"{lifetimes.participants_months} mois après le dernier contact",
        f"{lifetimes.orientations_days} jours après le rendez-vous",
        f"{lifetimes.trail_months} mois",
        f"{lifetimes.problems_days} jours après",
    ):
        assert words in told


def test_the_command_prints_and_refuses_a_document_without_marks(
    capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    assert main(["register"]) == DONE
    assert "Personnes accompagnées" in capsys.readouterr().out
    assert main(["register", "--into", str(ROOT / "README.md")]) == BAD_INPUT
