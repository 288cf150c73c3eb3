"""Every lie that a file may tell, told to each command on files: one line with path and reason, nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from tests.planner import test_lies, test_problem_file
from tests.planner.example_file import EXAMPLE, altered

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


PLAN_LIES: tuple[tuple[str, Any, str], ...] = (
    ("levels", [{"name": "cosiness", "value": 1}], "levels[0].name"),
    ("levels", [{"name": "comfort", "value": 1}] * 2, "levels[1].name"),
    ("levels", [{"name": "comfort", "value": 1}], "levels"),
    ("levels", [{"name": "comfort", "value": -1}], "levels[0].value"),
    ("levels", [{"name": "comfort", "value": 1, "status": "best"}], "levels[0].status"),
    ("levels", [{"name": "unmet_sessions", "value": 1, "bound": 2}], "levels[0].bound"),
    ("unplaced", [{"reason": {"code": "crowded"}, "need": "n9"}], "unplaced[0].need"),
    ("unplaced", [{"reason": {"code": "crowded"}}], "unplaced[0]"),
    ("permanences", [{"cadence": "nothing", "on": "2026-03-02", "half_day": "am", "staff": []}], "permanences[0].cadence"),
    ("office", [{"staff": "A", "site": "moon", "on": "2026-03-02", "half_day": "am"}], "office[0].site"),
    ("interviews", {}, "interviews"),
    ("sessions", [{}], "sessions[0].starts_at"),
    ("problem_sha256", "0" * 64, "problem_sha256"),
    ("format", "escale-plan/2", "format"),
    ("colour", "blue", "colour"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS[2:], ids=lambda command: command[0])
def test_each_lie_of_a_plan_is_one_line_that_names_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("month.json").write_text(json.dumps(EXAMPLE))
    for key, value, refused_at in PLAN_LIES:
        Path("plan.json").write_text(json.dumps({"format": "escale-plan/1", key: value}))
        code = main(command)
        out, err = capfd.readouterr()
        assert (code, out, err.count("\n")) == (2, "", 1), (key, err)
        assert err.startswith(f"escale: plan.json: {refused_at}: "), (key, err)
