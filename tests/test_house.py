"""The house's own rules, executable: who may import whom, what a lock file names, how long a file may grow."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from db.tables import TABLES
from service.privacy.register import OF_NOBODY
from service.privacy.register import TABLES as PERSONAL_TABLES

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("planner", "calendars", "db", "service")
HEAVY = ("ortools", "litestar", "piccolo", "asyncpg", "icalendar")


def tracked_files() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


def sources_in(*folders: str) -> list[Path]:
    return [
        one for one in tracked_files() if one.suffix == ".py" and one.relative_to(ROOT).parts[0] in folders
    ]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--config",
        str(folder / "pyproject.toml"),
        "--no-cache",
    ]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=180)


def test_the_import_contracts_hold() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout


def test_stray_imports_are_caught_with_their_files(tmp_path: Path) -> None:
    strays = {"planner": "db", "calendars": "planner", "db": "service", "service": "ortools"}
    for name in ROOMS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "db" / "tables.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for room, stray in strays.items():
        (tmp_path / room / "stray.py").write_text(f"import {stray}\n")
    outcome = lint_imports(tmp_path)
    assert outcome.returncode == 1
    assert not [room for room, stray in strays.items() if f"{room}.stray -> {stray}" not in outcome.stdout]


@pytest.mark.parametrize("module", ["planner", "planner.problem", "service.cli", "service.settings"])
def test_a_light_module_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    outcome = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert outcome.stdout.strip() == "[]"


def test_lock_files_name_no_download_address() -> None:
    locks = [path for path in tracked_files() if path.suffix == ".lock"]
    assert locks
    for lock in locks:
        assert "://" not in lock.read_text(), lock.name
        assert "--hash=" in lock.read_text() or lock.name == "requirements-node.lock", lock.name


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    stray = re.compile("/" + "work/|/" + "tmp/team|/" + "root/|\\.\\./" + "shared")
    for path in tracked_files():
        if path.suffix in {".py", ".md", ".toml", ".yml", ".html", ".sh", ".css", ".js"}:
            assert not stray.search(path.read_text()), path


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils.py", "helpers.py", "common.py", "manager.py", "service.py", "misc.py"}
    assert not [path for path in tracked_files() if path.name in empty_names]


def test_no_source_file_outgrows_three_hundred_lines() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in sources_in(*ROOMS, "tests", "bench")
        if "migrations" not in path.parts and (lines := path.read_text().count("\n")) > 300
    ]
    assert not too_long


def test_no_handler_of_requests_outgrows_twelve_lines() -> None:
    handlers = [(path, one) for path in sources_in("service") for one in handlers_in(path.read_text())]
    too_long = [
        f"{path.relative_to(ROOT)}: {one.name}, {lines}"
        for path, one in handlers
        if (lines := body_lines(one)) > 12
    ]
    assert len(handlers) > 100
    assert not too_long


def handlers_in(source: str) -> list[ast.AsyncFunctionDef]:
    """Functions that a decorator of the framework makes answer requests."""
    made_by = {"get", "post", "put", "patch", "delete", "head", "route"}
    return [
        one
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.AsyncFunctionDef)
        for how in one.decorator_list
        if isinstance(how, ast.Call) and isinstance(how.func, ast.Name) and how.func.id in made_by
    ]


def body_lines(function: ast.AsyncFunctionDef) -> int:
    """Without signature and docstring."""
    told = ast.get_docstring(function) is not None
    body = function.body[told:]
    return body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0


def test_every_link_between_documents_leads_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in tracked_files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:\s]+)[^)]*\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert not dead


def test_every_test_belongs_somewhere_and_the_whole_proof_runs_them_all() -> None:
    """Each mark that says what a test costs is left out of `make check`; `make test` and `make soak` part at one mark."""
    marks = re.findall(r'"(\w+): ', (ROOT / "pyproject.toml").read_text().partition("markers = [")[2])
    makefile = (ROOT / "Makefile").read_text()
    fast = re.search(r"^FAST := (.*)$", makefile, re.M)
    assert fast is not None
    assert sorted(fast[1].split(" and ")) == sorted(f"not {mark}" for mark in marks if mark != "in_process")
    parts = ("not soak and not browser", "browser and not soak", "soak and not browser", "soak and browser")
    assert [part for part in parts if f'-m "{part}"' not in makefile] == []
    assert " --scaled-out " in makefile
    proof = (ROOT / ".ci" / "run").read_text()
    assert [step for step in ("make check", "make test", "make soak") if f"step {step}" not in proof] == []


@pytest.mark.slow
def test_a_test_without_the_mark_its_fixtures_ask_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_stray.py").write_text("def test_stray(redis_url): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    outcome = subprocess.run(
        [
            *command,
            "--rootdir",
            str(ROOT),
            "-c",
            str(ROOT / "pyproject.toml"),
            "-p",
            "tests.conftest",
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert outcome.returncode == 1
    assert "test_stray needs the mark server" in outcome.stdout


@pytest.mark.slow
def test_an_unknown_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_stray.py").write_text("import pytest\n@pytest.mark.sometimes\ndef test_stray(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider"]
    outcome = subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert outcome.returncode != 0
    assert "sometimes" in outcome.stdout


def test_every_table_says_whom_it_is_about() -> None:
    untold = sorted({table._meta.tablename for table in TABLES} - PERSONAL_TABLES.keys() - OF_NOBODY)
    gone = sorted((PERSONAL_TABLES.keys() | OF_NOBODY) - {table._meta.tablename for table in TABLES})
    assert (untold, gone) == ([], []), (
        "say in service/privacy/register.py whom a new table is about (or OF_NOBODY), "
        "then run ./escale register --into docs/confidentialite.md"
    )
