"""What a command never exceeds: the size of a file, and its time limit at every size."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from planner.generate import Size, generate
from planner.problem_file import write_problem
from service.cli import BAD_INPUT, main

ROOT = Path(__file__).resolve().parent.parent.parent
GRACE_SECONDS = 2.0
"""What a solve may take beyond its limit, its own start included."""


def test_a_file_without_end_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "/dev/zero", "--out", str(tmp_path / "plan.json")]) == BAD_INPUT
    assert capfd.readouterr().err == "escale: /dev/zero: the file has more than 32 MiB\n"


@pytest.mark.soak
@pytest.mark.parametrize("limit", [10, 20, 60])
def test_a_month_of_a_thousand_people_ends_in_time_with_a_clean_plan(tmp_path: Path, limit: int) -> None:
    month, plan = tmp_path / "month.json", tmp_path / "plan.json"
    month.write_bytes(write_problem(generate(Size(1000, 60, 20_000, 40, 28), seed=1)))
    began = time.monotonic()
    solve = [ROOT / "escale", "solve", month, "--out", plan, "--time-limit", str(limit)]
    subprocess.run(solve, check=True, capture_output=True)
    assert time.monotonic() - began <= limit + GRACE_SECONDS
    audited = subprocess.run([ROOT / "escale", "audit", month, plan], check=True, capture_output=True)
    assert json.loads(audited.stdout)["violations"] == []
