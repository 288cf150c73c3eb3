"""A facts file that cannot be trusted is refused in one line that names file, entry and field."""

from pathlib import Path

import pytest

from service.errors import BadInput
from service.facts_file.read import read_facts

EXAMPLES = Path(__file__).parents[3] / "examples"
NEED = "GT2207 | o2r | - | diagnostic | gagny | month-start | month-end | permanence-only\n"
SMALL = """
travel = ["bureau gagny 45"]
participants = '''
KM4821 | o2r | AR | quinzaine | 2 | 1 | tuesday 09:00 | -
'''
needs = '''
GT2207 | o2r | - | diagnostic | gagny | month-start | month-end | permanence-only
'''
[territory]
code = "essai"
name = "Essai"
department = "93"
zone = "Europe/Paris"
[[programmes]]
code = "o2r"
name = "O2R"
[[rhythms]]
code = "quinzaine"
stages = [{ every = 2, tolerance = 1 }]
[[sites]]
code = "gagny"
name = "Gagny"
short = "Gagny"
kind = "semi_liberte"
openings = ["tuesday pm 14:00-17:00 slots 45"]
[[sites]]
code = "bureau"
name = "Bureau"
short = "Bureau"
kind = "bureau"
openings = ["monday-friday am 09:00-12:00 slots 45"]
[[staff]]
code = "AR"
name = "A. R."
job = "mission emploi"
pattern = ["monday-friday am 08:30-13:00 field"]
[[cadences]]
code = "gagny-permanence"
name = "Permanence Gagny"
site = "gagny"
asked = 1
[[promotions]]
code = "sas"
name = "SAS"
site = "gagny"
programme = "o2r"
seats = 8
[[promotions.sequences]]
code = "S1"
title = "Information"
[[meetings]]
code = "equipe"
title = "Équipe"
on = "every monday"
from = "09:30"
until = "12:00"
staff = ["AR"]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "faits.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("name", ["ile-de-france.toml", "somme.toml"])
def test_the_examples_are_read(name: str) -> None:
    assert read_facts(EXAMPLES / name).territory.name


@pytest.mark.parametrize(
    ("old", "new", "entry", "field"),
    [
        ("asked = 1", 'asked = "un"', "cadences 'gagny-permanence'", "asked"),
        ("asked = 1", "aksed = 1", "cadences 'gagny-permanence'", "aksed"),
        ('site = "gagny"\nasked', 'site = "gagni"\nasked', "cadences 'gagny-permanence'", "gagni"),
        ('code = "bureau"', 'code = "gagny"', "sites 'gagny'", "given twice"),
        ("tuesday pm 14:00-17:00", "tuesday pm 17:00-14:00", "sites 'gagny'", "openings"),
        ("tuesday pm 14:00", "mardi pm 14:00", "sites 'gagny'", "mardi"),
        ("08:30-13:00 field", "08:30-13:00 moon", "staff 'AR'", "pattern"),
        ('"bureau gagny 45"', '"bureau gagny"', "travel, line 1", "bureau gagny"),
        ("| quinzaine | 2", "| jamais | 2", "participants, line 1", "rhythm"),
        ("KM4821 | o2r", "Kamel | o2r", "participants, line 1", "reference"),
        ("tuesday 09:00 |", "tuesday 9h |", "participants, line 1", "usual appointment"),
        ("| permanence-only", "| nuit", "needs, line 1", "marks"),
        ("| diagnostic |", "| bavardage |", "needs, line 1", "kind"),
        ("| month-end | permanence-only", "| permanence-only", "needs, line 1", "7 columns"),
        ("stages = [{ every = 2", "stages = [{ every = 0", "rhythms 'quinzaine'", "every"),
        (
            "stages = [{ every = 2, tolerance = 1",
            "stages = [{ every = 2, tolerance = 2",
            "rhythms",
            "tolerance",
        ),
        ('zone = "Europe/Paris"', 'zone = "Europe/Nowhere"', "territory", "zone"),
        ('department = "93"', 'department = "Paris"', "territory", "department"),
        ("asked = 1", "asked = -1", "cadences 'gagny-permanence'", "asked"),
        ('code = "equipe"', 'code = "../equipe"', "meetings '../equipe'", "code"),
        ("tuesday 09:00 |", "tuesday 09:10 |", "participants, line 1", "09:10"),
        ("tuesday 09:00 |", "sunday 09:00 |", "participants, line 1", "usual appointment"),
        (NEED, NEED + NEED, "needs 'GT2207 diagnostic'", "given twice"),
        ('until = "12:00"', 'until = "09:00"', "meetings 'equipe'", "until"),
        (
            'code = "S1"',
            'code = "S1"\nmin_days = 9\nmax_days = 3',
            "promotions 'sas', sequence 'S1'",
            "max_days",
        ),
    ],
)
def test_a_fault_is_told_with_file_entry_and_field(
    tmp_path: Path, old: str, new: str, entry: str, field: str
) -> None:
    assert old in SMALL
    path = written(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(BadInput) as refused:
        read_facts(path)
    message = str(refused.value)
    assert str(path) in message
    assert entry in message
    assert field in message
    assert "\n" not in message


def test_a_file_that_is_no_toml_or_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    for path in (written(tmp_path, "territory = [oops"), tmp_path / "absent.toml"):
        with pytest.raises(BadInput, match=path.name):
            read_facts(path)


def test_a_key_given_in_two_files_is_refused_with_both_names(tmp_path: Path) -> None:
    (tmp_path / "suite.toml").write_text('travel = ["bureau gagny 50"]')
    path = written(tmp_path, 'include = ["suite.toml"]\n' + SMALL)
    with pytest.raises(BadInput, match=r"suite\.toml: travel: already given in .*faits\.toml"):
        read_facts(path)


def test_a_fault_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "suite.toml").write_text("needs = '''\nGT1 | x\n'''")
    path = written(
        tmp_path, 'include = ["suite.toml"]\n' + SMALL.split("needs =")[0] + SMALL.split("'''\n")[-1]
    )
    with pytest.raises(BadInput, match=r"suite\.toml: needs, line 1"):
        read_facts(path)
