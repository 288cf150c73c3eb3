import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli import BAD_INPUT, DONE, INTERRUPTED, ON_FILES, Subcommand, main

ROOT = Path(__file__).resolve().parent.parent.parent


def test_help_lists_commands_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == DONE
    text = capsys.readouterr().out
    assert "audit" in text
    assert "70" in text


def test_an_unknown_command_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pln"]) == BAD_INPUT
    assert capsys.readouterr().err == "escale: no command 'pln'; escale --help lists them\n"


def test_the_script_runs_from_another_folder(tmp_path: Path) -> None:
    link = tmp_path / "escale"
    link.symlink_to(ROOT / "escale")
    outcome = subprocess.run([link, "--help"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert outcome.returncode == DONE, outcome.stderr


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A run that was begun in the background of a shell ignores SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


INTERRUPTED_WHILE_LOADED = """
import signal
try:
    signal.raise_signal(signal.{name})
except KeyboardInterrupt as error:
    raise ImportError("initialization failed") from error
app = None
"""


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_library_that_is_interrupted_while_it_loads_ends_the_command_without_a_word(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = f"loaded_at_{name.lower()}"
    (tmp_path / f"{module}.py").write_text(INTERRUPTED_WHILE_LOADED.format(name=name))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(ON_FILES, "load", Subcommand(module, "nothing but loading"))
    assert main(["load"]) == INTERRUPTED
    assert capsys.readouterr().err == ""


AS_A_PROCESS = """
import atexit, sys
from service.cli import run
atexit.register(print, "torn down")
sys.argv = ["escale", *sys.argv[1:]]
run()
"""


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [(["schema", "plan"], DONE, "escale-plan/1"), (["schema", "nope"], BAD_INPUT, "escale: ")],
)
def test_work_on_files_ends_with_all_said_and_nothing_given_back_piece_by_piece(
    given: list[str], code: int, said: str
) -> None:
    command = [sys.executable, "-c", AS_A_PROCESS, *given]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert outcome.returncode == code
    assert said in outcome.stdout + outcome.stderr
    assert "torn down" not in outcome.stdout


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["generate"], "--out"),
        (["generate", "--out", "x.json", "--strain", "odd"], "--strain"),
        (["generate", "--out", "x.json", "--interviews", "1000000"], "--interviews"),
        (["generate", "--nope"], "--nope"),
        (["db", "nope"], "nope"),
    ],
)
def test_a_wrong_option_is_one_line_that_names_it_and_exit_2(
    given: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given) == BAD_INPUT
    told = capsys.readouterr().err
    assert told.startswith("escale: ")
    assert named in told
    assert told.count("\n") == 1
