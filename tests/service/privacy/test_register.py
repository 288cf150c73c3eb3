"""The French document says what the tables hold: every table is told, and its tables are those of the program."""

import pytest

from db.queries.columns import columns_of
from db.tables import TABLES as DATABASE
from db.tables.participant import Participant
from service.cli import BAD_INPUT, DONE, main
from service.privacy.lifetimes import Lifetimes
from service.privacy.register import OF_NOBODY, OF_PARTICIPANTS, TABLES
from service.privacy.register_document import register_tables, with_register
from service.privacy.register_fields import MACHINE, WORDS
from service.settings import ROOT

DOCUMENT = ROOT / "docs" / "confidentialite.md"
PEOPLE, TEAM = "## Notice pour les personnes accompagnées", "## Notice pour l’équipe"


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


def test_every_field_of_every_table_that_tells_of_a_person_has_its_word() -> None:
    names = {table: {name for name in columns_of(table) if name not in MACHINE} for table in TABLES}
    without = {f"{table}.{name}" for table, found in names.items() for name in found if name not in WORDS}
    assert not without, "say in service/privacy/register_fields.py what they hold"
    assert not WORDS.keys() & MACHINE
    assert WORDS.keys() <= set().union(*names.values())


def test_every_table_is_told_or_says_that_it_tells_of_nobody() -> None:
    assert {table._meta.tablename for table in DATABASE} == TABLES.keys() | OF_NOBODY


@pytest.mark.parametrize(
    "heading",
    [
        "## Le cadre", "## Ce qui est gardé", "### Champ par champ", "## Qui voit quoi", "## Où cela va",
        "## Comment c’est protégé", "## Les droits des personnes", "## Si quelque chose arrive",
        "## Fiche pour le registre des traitements", "## Notice pour les personnes accompagnées", "## Notice pour l’équipe",
    ],
)  # fmt: skip
def test_the_document_has_every_part_that_a_register_needs(heading: str) -> None:
    assert heading in DOCUMENT.read_text().splitlines()


def notice_in_a_line(notice: str) -> str:
    text = DOCUMENT.read_text().partition(f"\n{notice}\n")[2].partition("\n## ")[0]
    return " ".join(text.replace("\n>", "\n").split())


@pytest.mark.parametrize(
    ("notice", "ground"), [(PEOPLE, "(loi n° 78-17, article 46)"), (TEAM, "(règlement européen, article 6, 1, b)")]
)  # fmt: skip
def test_a_notice_says_on_what_ground(notice: str, ground: str) -> None:
    assert ground in notice_in_a_line(notice)


@pytest.mark.parametrize("notice", [PEOPLE, TEAM])
@pytest.mark.parametrize(
    "told",
    ["[association", "**Pourquoi.**", "**Qui le voit.**", "Rien ne part hors d’Europe", "**Combien de temps.**",
     "**Ce que vous pouvez demander.** Voir", "vous opposer", "[délégué à la protection des données, courriel]",
     "CNIL, cnil.fr, 3 place de Fontenoy, 75007 Paris", "Aucune machine ne décide"],
)  # fmt: skip
def test_a_notice_says_what_the_law_wants_told(notice: str, told: str) -> None:
    """Who, why, who reads, how long, which rights, to whom to complain, no automated decision."""
    assert told in notice_in_a_line(notice)
