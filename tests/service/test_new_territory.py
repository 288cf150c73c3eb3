"""A territory opened from ten answers: on its page, by the command, and what each refuses."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from db.queries.accounts import account_with, grants_of
from db.queries.facts import facts_of
from db.queries.territories import all_territories, territory_by_code
from db.records.account import Grant
from service.catalogue import NBSP
from service.cli import BAD_INPUT, DONE, NEGATIVE, main
from service.pages.new_territory_form import answered, questions, territory_wanted
from tests.service.door import account, browser, make_app, send, sign_in

LINK = re.compile(r"https?://[^/]+/lien/(\S+)")
VAR = {"name": "Var", "departements": "83", "coordinator": "coordination@var.example"}


def test_ten_questions_three_of_which_need_an_answer() -> None:
    assert len(questions()) == 10
    assert [one.name for one in questions() if one.required and not one.default] == [
        "name",
        "departements",
        "coordinator",
    ]


@pytest.mark.parametrize(
    "word",
    [
        "13:30–17:00",
        "13h30 - 17h",
        "13h30 à 17h",
        "13 h 30 à 17 h 00",
        "de 13:30 à 17:00",
        "de 13\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30 à 17\N{NO-BREAK SPACE}heures",
    ],
)
def test_hours_are_read_as_people_write_them(word: str) -> None:
    typed = {name: [word] for name, word in {**VAR, "morning": "8h30 à 12h", "afternoon": word}.items()}
    wanted = territory_wanted(answered(typed))
    assert (wanted.morning, wanted.afternoon) == (("08:30", "12:00"), ("13:30", "17:00"))


def test_what_is_wrong_comes_in_the_order_of_the_questions() -> None:
    wrong = {one.name: ["?"] for one in questions()}
    order = [one.name for one in questions() if one.name != "office"]
    assert [problem.field for problem in answered(wrong | {"office": ["Bureau"]}).problems] == order


@pytest.mark.parametrize("word", ["75,93", "75, 93", "75 93", "75 ; 93 ", "75 et 93", "75/93"])
def test_departements_stand_apart_by_whatever_people_write(word: str) -> None:
    typed = {name: [given] for name, given in {**VAR, "departements": word}.items()}
    assert territory_wanted(answered(typed)).departements == ("75", "93")


def test_what_is_left_out_has_its_usual_value() -> None:
    wanted = territory_wanted(answered({name: [word] for name, word in VAR.items()}))
    assert (wanted.code, wanted.zone, wanted.office) == ("var", "Europe/Paris", "Bureau")
    assert (wanted.morning, wanted.afternoon) == (("09:00", "12:00"), ("14:00", "17:00"))
    assert (wanted.travel_minutes, wanted.notice_days) == (45, 2)


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("name", ""),
        ("departements", "75, 199"),
        ("zone", "Mars/Olympus"),
        ("morning", "12:00-09:00"),
        ("afternoon", "17h-14h"),
        ("afternoon", "11h-17h"),
        ("travel_minutes", "beaucoup"),
        ("notice_days", "-1"),
        ("coordinator", "personne"),
        ("code", "Le Var"),
    ],
)
def test_a_wrong_answer_is_named(field: str, word: str) -> None:
    answers = answered({**{name: [given] for name, given in VAR.items()}, field: [word]})
    assert [problem.field for problem in answers.problems] == [field]


@pytest.mark.usefixtures("database")
async def test_the_page_opens_a_territory_and_invites_its_coordinator(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    await account("chef@escale.example", Grant(role="administrator"))
    async with browser(app) as client:
        await sign_in(client, "chef@escale.example")
        wrong = await send(client, "/territoires/nouveau", **{**VAR, "departements": "831"})
        assert wrong.status_code == 422
        assert 'value="831"' in wrong.text
        assert "Var" in wrong.text
        done = await send(client, "/territoires/nouveau", **VAR)
        assert done.status_code == 303
        assert "est ouvert" in (await client.get(done.headers["location"])).text
        again = await send(client, "/territoires/nouveau", **VAR)
        assert again.status_code == 409
        assert "Code" in again.text
    territory = await territory_by_code("var")
    facts = await facts_of(territory.id)
    assert [(site.kind, len(site.openings)) for site in facts.sites] == [("bureau", 10)]
    assert len(await all_territories()) == 1
    invited = await account_with(email=VAR["coordinator"])
    assert invited is not None
    assert (invited.state, await grants_of(invited.id)) == (
        "invited",
        (Grant(role="coordinator", territory="var"),),
    )


@pytest.mark.usefixtures("database")
async def test_whoever_administers_one_territory_opens_no_other(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    await account("chef@escale.example", Grant(role="administrator"))
    async with browser(app) as client:
        await sign_in(client, "chef@escale.example")
        await send(client, "/territoires/nouveau", **VAR)
    await account("local@escale.example", Grant(role="administrator", territory="var"))
    async with browser(app) as client:
        await sign_in(client, "local@escale.example")
        assert (await client.get("/territoires/nouveau")).status_code == 403
        assert (await send(client, "/territoires/nouveau", page="/reglages", **VAR)).status_code == 403
    assert len(await all_territories()) == 1


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of an installation of its own."""
    monkeypatch.setenv("ESCALE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("ESCALE_DEMO", "false")
    monkeypatch.delenv("ESCALE_DATABASE_URL", raising=False)
    return tmp_path


def test_the_commands_open_an_installation(embedded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["account", "invite", "chef@escale.example", "--role", "administrator"]) == DONE
    assert LINK.search(capsys.readouterr().out)
    given = [part for name, word in VAR.items() for part in (f"--{name}", word)]
    assert main(["territory", "new", *given]) == DONE
    code, link = capsys.readouterr().out.split()
    assert code == "var"
    assert LINK.search(link)
    assert main(["territory", "list"]) == DONE
    assert capsys.readouterr().out == "var\tVar\t83\tEurope/Paris\n"
    assert main(["territory", "new", *given]) == NEGATIVE
    assert "--code" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["territory", "new", "--name", "Var"], "--departements"),
        (["account", "invite", "x@y.fr", "--role", "staff"], "--territory"),
        (["account", "invite", "x@y.fr", "--role", "coordinator", "--territory", "nulle-part"], "nulle-part"),
        (["account", "invite", "x@y.fr", "--role", "chef"], "--role"),
    ],
)
def test_bad_options_are_one_line_and_change_nothing(
    embedded: Path, capsys: pytest.CaptureFixture[str], given: list[str], named: str
) -> None:
    assert main(given) == BAD_INPUT
    told = capsys.readouterr().err
    assert named in told
    assert told.count("\n") == 1


@pytest.mark.slow
def test_at_a_terminal_each_answer_is_asked_until_it_can_be_read(tmp_path: Path) -> None:
    """A real terminal: the questions and what is wrong with an answer are read there."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false"}
    escale = [sys.executable, "-m", "service.cli"]
    subprocess.run([*escale, "db", "upgrade"], env=environment, check=True, capture_output=True)
    first = [part for name, word in VAR.items() for part in (f"--{name}", word)]
    subprocess.run(
        [*escale, "territory", "new", *first],
        env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    answers = ["", "Var", "199", "83 ; 84", VAR["coordinator"]]
    answers += ["", "var-2", "Mars", "la réunion", "", "", "11h-12h", "", "", ""]
    os.write(ours, "".join(f"{word}\n" for word in answers).encode())
    asked = subprocess.run(
        [*escale, "territory", "new"], env=environment, stdin=theirs, capture_output=True, timeout=180
    )
    os.close(ours)
    os.close(theirs)
    told = asked.stderr.decode()
    assert asked.returncode == DONE, told
    assert asked.stdout.decode() == "var-2\n-\n"
    assert "Le code « var » est déjà celui d’un territoire." in told.replace(NBSP, " ")
    assert "(Paris, Guadeloupe, " in told
    assert "l’après-midi commence quand le matin est fini, à 12:00" in told.casefold()
    assert "avait déjà un compte" in told
    assert "À remplir." in told
    assert "n’est le numéro d’aucun département" in told


@pytest.mark.slow
def test_who_ends_the_questions_opens_nothing(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false"}
    os.write(ours, b"Var\n83\n\x04")
    asked = subprocess.run(
        [sys.executable, "-m", "service.cli", "territory", "new"],
        env=environment, stdin=theirs, capture_output=True, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert asked.returncode == BAD_INPUT
    assert "aucun territoire n’est ouvert" in asked.stderr.decode()
    assert "Trajet" not in asked.stderr.decode()
