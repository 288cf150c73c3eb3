"""Every lie that a problem file may tell, told to each command on files: one line with path and reason, nothing written."""

from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from tests.planner import test_lies, test_problem_file
from tests.planner.example_file import altered

pytestmark = pytest.mark.slow

COMMANDS = (
    ("solve", "month.json", "--out", "new.json"),
    ("replan", "month.json", "--out", "new.json"),
    ("audit", "month.json", "plan.json"),
    ("score", "month.json", "plan.json"),
    ("why-not", "month.json", "plan.json"),
    ("suggest", "month.json", "plan.json", "--need", "n1"),
    ("compare", "month.json", "plan.json", "plan.json"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("lies", [test_problem_file.LIES, test_lies.LIES], ids=["lies", "more lies"])
def test_each_lie_is_one_line_that_names_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    lies: list[tuple[str, Any, str]],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text('{"format": "escale-plan/1"}')
    for path, value, refused_at in lies:
        Path("month.json").write_bytes(altered(path, value))
        code = main(command)
        out, err = capfd.readouterr()
        assert (code, out, err.count("\n")) == (2, "", 1), (path, err)
        assert err.startswith(f"escale: month.json: {refused_at}: "), (path, err)
    assert not Path("new.json").exists()
