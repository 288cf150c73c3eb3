"""Commands on files: in this process, and in one of their own where signals, imports or the script matter."""

import json
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, Protocol

import jsonschema
import pytest

from service.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
ESCALE = str(ROOT / "escale")
EMPTY = {
    "format": "escale-problem/1",
    "territory": "vide",
    "zone": "Europe/Paris",
    "first_on": "2026-12-01",
    "last_on": "2026-12-31",
}


class Ran(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Escale(Protocol):
    def __call__(self, *arguments: str) -> Ran: ...


@pytest.fixture
def escale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Escale:
    """The command, run from an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


@pytest.fixture
def month(escale: Escale, tmp_path: Path) -> Path:
    assert escale("generate", "--kind", "tiny", "--out", "month.json").returncode == 0
    return tmp_path


def test_a_generated_month_is_solved_audited_and_scored(escale: Escale, month: Path) -> None:
    solved = escale("solve", "month.json", "--out", "plan.json", "--report", "report.json", "--workers", "1")
    assert (solved.returncode, solved.stdout) == (0, "")
    assert "at best" in solved.stderr
    audited = escale("audit", "month.json", "plan.json")
    assert audited.returncode == 0
    report = json.loads(audited.stdout)
    assert report["violations"] == []
    levels = {
        level["name"]: level["value"] for level in json.loads((month / "plan.json").read_text())["levels"]
    }
    assert report["goals"] == levels
    assert [point["level"] for point in json.loads((month / "report.json").read_text())["curve"]]
    scored = escale("score", "month.json", "plan.json", "--items")
    assert scored.stdout.splitlines()[-1].split() == ["broken", "rules", "0"]


def test_one_worker_and_a_deterministic_limit_give_the_same_bytes(escale: Escale, month: Path) -> None:
    for name in ("one.json", "two.json"):
        options = ("--deterministic-limit", "2", "--workers", "1", "--seed", "3")
        assert escale("solve", "month.json", "--out", name, *options).returncode == 0
    assert (month / "one.json").read_bytes() == (month / "two.json").read_bytes()


def test_a_broken_plan_is_told_by_exit_code_1(escale: Escale, month: Path) -> None:
    escale("solve", "month.json", "--out", "plan.json", "--workers", "1")
    plan = json.loads((month / "plan.json").read_text())
    problem = json.loads((month / "month.json").read_text())
    site = problem["sites"][0]["id"]
    plan["office"].append(
        {"staff": problem["staff"][0]["id"], "site": site, "on": problem["first_on"], "half_day": "am"}
    )
    (month / "plan.json").write_text(json.dumps(plan))
    audited = escale("audit", "month.json", "plan.json")
    assert audited.returncode == 1
    assert json.loads(audited.stdout)["violations"]


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"sites": [{"id": "a", "name": "A", "kind": "bureau"}]},
        {
            "cadences": [{"id": "c", "site": "a", "asked": 2}],
            "sites": [{"id": "a", "name": "A", "kind": "spip"}],
        },
        {"staff": [{"id": "AR", "name": "AR"}]},
    ],
)
def test_a_month_without_needs_or_without_staff_is_a_plan_and_no_traceback(
    escale: Escale, tmp_path: Path, extra: dict[str, object]
) -> None:
    (tmp_path / "month.json").write_text(json.dumps(EMPTY | extra))
    solved = escale("solve", "month.json", "--out", "plan.json", "--workers", "1")
    assert solved.returncode == 0, solved.stderr
    assert escale("audit", "month.json", "plan.json").returncode == 0


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 100_000, "object"),
        (b"[]", "object"),
        (json.dumps(EMPTY | {"zone": "Mars/Olympus"}).encode(), "zone"),
        (json.dumps(EMPTY | {"holydays": []}).encode(), "holydays"),
        (json.dumps(EMPTY | {"last_on": "2026-11-01"}).encode(), "last_on"),
        (json.dumps(EMPTY | {"format": "escale-problem/2"}).encode(), "format"),
        (json.dumps(EMPTY | {"cadences": [{"id": "c", "site": "nowhere"}]}).encode(), "cadences[0].site"),
    ],
)
def test_a_malformed_problem_is_one_line_that_names_file_and_field(
    escale: Escale, tmp_path: Path, content: bytes, named: str
) -> None:
    (tmp_path / "month.json").write_bytes(content)
    (tmp_path / "plan.json").write_text("as before")
    for command in (("solve", "month.json", "--out", "plan.json"), ("audit", "month.json", "plan.json")):
        outcome = escale(*command)
        assert (outcome.returncode, outcome.stdout) == (2, ""), outcome.stderr
        assert outcome.stderr.startswith("escale: month.json: ")
        assert named in outcome.stderr
        assert outcome.stderr.count("\n") == 1
    assert (tmp_path / "plan.json").read_text() == "as before"


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(escale: Escale, month: Path) -> None:
    missing = escale("audit", "absent.json", "absent.json")
    assert (missing.returncode, missing.stderr) == (
        2,
        "escale: absent.json: cannot be read (No such file or directory)\n",
    )
    (month / "folder").mkdir()
    for option, name in (("--out", "nowhere/plan.json"), ("--out", "folder"), ("--report", "folder")):
        named = ("--out", "plan.json", option, name)
        nowhere = escale("solve", "month.json", *named, "--workers", "1")
        assert (nowhere.returncode, nowhere.stderr.count("\n")) == (2, 1), "told before the search"
        assert nowhere.stderr.startswith(f"escale: {name}: cannot be written")
    assert not (month / "plan.json").exists()


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ('{"zone": "Europe/Paris", "zone": "Europe/Madrid", ', "zone"),
        ('{"sites": [{"id": "a", "kind": "spip", "name": "A", "id": "b"}], ', "sites[0].id"),
        ('{"weights": {"avoid": 1, "avoid": 2}, ', "weights.avoid"),
    ],
)
def test_a_key_that_stands_twice_is_named(escale: Escale, tmp_path: Path, written: str, path: str) -> None:
    rest = EMPTY if path != "zone" else {name: value for name, value in EMPTY.items() if name != "zone"}
    (tmp_path / "month.json").write_text(written + json.dumps(rest).removeprefix("{"))
    outcome = escale("solve", "month.json", "--out", "plan.json")
    told = f"escale: month.json: {path}: this key stands twice in its object\n"
    assert (outcome.returncode, outcome.stderr) == (2, told)


def test_a_plan_goes_through_a_link_or_a_pipe_and_replaces_neither(escale: Escale, month: Path) -> None:
    (month / "latest.json").symlink_to("plan.json")
    assert escale("solve", "month.json", "--out", "latest.json", "--workers", "1").returncode == 0
    assert (month / "latest.json").is_symlink()
    plan = (month / "plan.json").read_bytes()
    os.mkfifo(month / "pipe")
    with ThreadPoolExecutor() as pool:
        read = pool.submit((month / "pipe").read_bytes)
        assert escale("solve", "month.json", "--out", "pipe", "--workers", "1").returncode == 0
        assert read.result() == plan
    assert (month / "pipe").is_fifo()


def test_a_problem_may_come_from_a_pipe(escale: Escale, month: Path) -> None:
    escale("solve", "month.json", "--out", "plan.json", "--workers", "1")
    os.mkfifo(month / "pipe")
    with ThreadPoolExecutor() as pool:
        pool.submit((month / "pipe").write_bytes, (month / "month.json").read_bytes())
        assert escale("audit", "pipe", "plan.json").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("solve", "month.json", "--out", "plan.json", "--time-limit", "inf"), "--time-limit"),
        (("solve", "month.json", "--out", "plan.json", "--time-limit", "nan"), "--time-limit"),
        (("solve", "month.json", "--out", "plan.json", "--workers", "0"), "--workers"),
        (("replan", "month.json", "--out", "plan.json", "--change", ""), "--change"),
        (("replan", "month.json", "--out", "plan.json", "--change", "strike on=2026-12-01"), "strike"),
        (("generate", "--staff", "0", "--out", "plan.json"), "--staff"),
        (("generate", "--sites", "201", "--out", "plan.json"), "--sites"),
        (("generate", "--count", "2", "--out", "month.json/folder"), "month.json/folder"),
        (("suggest", "month.json", "empty.json", "--cadence", "nothing"), "nothing"),
        (("suggest", "month.json", "empty.json", "--need", "a", "--half-day", "am"), "--half-day"),
    ],
)
def test_an_option_that_cannot_be_is_one_line_that_names_it(
    escale: Escale, month: Path, arguments: tuple[str, ...], named: str
) -> None:
    (month / "empty.json").write_text('{"format": "escale-plan/1"}')
    outcome = escale(*arguments)
    assert (outcome.returncode, outcome.stdout, outcome.stderr.count("\n")) == (2, "", 1)
    assert named in outcome.stderr
    assert not (month / "plan.json").exists()


def test_a_permanence_that_is_not_there_has_no_better_place(escale: Escale, month: Path) -> None:
    problem = json.loads((month / "month.json").read_text())
    problem["cadences"].append({"id": "extra", "site": problem["sites"][0]["id"]})
    (month / "month.json").write_text(json.dumps(problem))
    (month / "empty.json").write_text('{"format": "escale-plan/1"}')
    asked = ("--cadence", "extra", "--on", problem["first_on"])
    outcome = escale("suggest", "month.json", "empty.json", *asked)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == f"escale: extra {problem['first_on']}: the plan does not place it\n"


def test_an_output_that_takes_nothing_more_is_one_line(month: Path) -> None:
    (month / "plan.json").write_text('{"format": "escale-plan/1"}')
    for command in ("audit", "score"):
        with Path("/dev/full").open("wb") as full:
            outcome = subprocess.run(
                [ESCALE, command, "month.json", "plan.json"],
                cwd=month, stdout=full, stderr=subprocess.PIPE, text=True, timeout=180, check=False,
            )  # fmt: skip
        told = "escale: standard output: cannot be written (No space left on device)\n"
        assert (outcome.returncode, outcome.stderr) == (2, told)


@pytest.mark.slow
def test_sigterm_during_a_solve_keeps_the_best_plan(escale: Escale, tmp_path: Path) -> None:
    escale("generate", "--staff", "12", "--interviews", "600", "--promotions", "2", "--out", "month.json")
    command = [ESCALE, "solve", "month.json", "--out", "plan.json", "--time-limit", "60"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "unmet_rest" in line:
                break
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        assert process.wait(timeout=60) == 0
    assert time.monotonic() - began < 15
    assert escale("audit", "month.json", "plan.json").returncode == 0


def test_the_schema_of_both_files_accepts_what_we_write(escale: Escale, month: Path) -> None:
    escale("solve", "month.json", "--out", "plan.json", "--workers", "1")
    for of, name in (("problem", "month.json"), ("plan", "plan.json")):
        schema = json.loads(escale("schema", of).stdout)
        jsonschema.validate(json.loads((month / name).read_text()), schema)


@pytest.mark.parametrize(
    "command", ["audit", "score", "schema", "calendar", "generate", "why-not", "suggest", "compare"]
)
def test_a_command_that_does_not_solve_loads_neither_solver_nor_web_nor_database(command: str) -> None:
    code = (
        "import sys; from importlib import import_module; from service.cli import ON_FILES;"
        f"import_module(ON_FILES['{command}'].module);"
        "print([name for name in ('ortools', 'litestar', 'piccolo') if name in sys.modules])"
    )
    python = str(ROOT / ".venv" / "bin" / "python")
    outcome = subprocess.run(
        [python, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert outcome.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command", ["solve", "audit", "why-not", "suggest", "replan", "compare", "plan", "publish", "serve", "db"]
)
def test_each_command_explains_itself_and_its_exit_codes(escale: Escale, command: str) -> None:
    outcome = escale(command, "--help")
    assert outcome.returncode == 0
    assert "Usage: escale" in outcome.stdout
