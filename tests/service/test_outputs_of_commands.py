"""What commands on files may write, told before they do: nothing over a file that they name, nothing that none reads."""

import json
from pathlib import Path

import pytest

from service.cli import main
from tests.planner.example_file import EXAMPLE


@pytest.mark.parametrize(
    ("command", "named", "other"),
    [
        ("solve", ("--out", "month.json"), "month.json"),
        ("solve", ("--out", "link.json"), "month.json"),
        ("solve", ("--out", "plan.json", "--report", "folder/../plan.json"), "plan.json"),
        ("replan", ("--out", "plan.json", "--problem-out", "month.json"), "month.json"),
    ],
)
def test_no_file_is_written_over_another_that_the_command_names(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    command: str,
    named: tuple[str, ...],
    other: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("month.json").write_text(json.dumps(EXAMPLE))
    Path("link.json").symlink_to("month.json")
    code = main((command, "month.json", *named))
    told = f"escale: {named[-1]}: would be written over {other}, which this command names as well\n"
    assert (code, *capfd.readouterr()) == (2, "", told)
    assert json.loads(Path("month.json").read_text()) == EXAMPLE
    assert not Path("plan.json").exists()


@pytest.mark.parametrize(
    ("size", "named"),
    [
        (("--staff", "900", "--days", "300"), "--days: 300 of 911 people, sites and promotions"),
        (("--staff", "230", "--days", "400"), "no problem file: last_on: 400 days of "),
    ],
)
def test_no_month_is_made_that_no_problem_file_may_hold(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], size: tuple[str, ...], named: str
) -> None:
    large = tmp_path / "large.json"
    code = main(("generate", "--out", str(large), *size, "--sites", "10", "--interviews", "0"))
    out, err = capfd.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert not large.exists()
