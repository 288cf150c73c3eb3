"""The whole proof (`.ci/run`): it begins in an empty clone, goes on only after what holds, and tells what was slow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = """#!/bin/sh
echo '<r><testcase classname="t" name="quick" time="0.5"/><testcase classname="t" name="long" time="1.5"/></r>' > $REPORTS/$1.xml
[ "$1" != "$FAILING" ]
"""


def proof(clone: Path, failing: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs it where `make` of one part fails."""
    (clone / ".ci").mkdir(parents=True)
    for name in ("run", "slowest.py"):
        shutil.copy(ROOT / ".ci" / name, clone / ".ci")
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    make = clone / "bin" / "make"
    make.parent.mkdir()
    make.write_text(MAKE)
    make.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{make.parent}:{os.environ['PATH']}",
        "FAILING": failing,
        **settings,
    }
    return subprocess.run(
        [clone / ".ci" / "run"], env=environment, cwd=clone, capture_output=True, text=True, check=False
    )


def test_a_clone_in_which_all_holds_ends_well_with_what_was_slow(tmp_path: Path) -> None:
    ended = proof(tmp_path, failing="")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [one for one in ended.stdout.splitlines() if one.startswith("==")][:3] == [
        "== make check",
        "== make test",
        "== make soak",
    ]
    told, long = ended.stdout.split("In make check, and long for it:")
    assert told.count("t::long") == told.count("t::quick") == 3
    assert (long.count("t::long"), long.count("t::quick")) == (1, 0)
    assert "TOO LONG" not in ended.stdout


@pytest.mark.parametrize("failing", ["", "test"])
def test_longer_than_aimed_at_is_said_last_and_fails_nothing(tmp_path: Path, failing: str) -> None:
    ended = proof(tmp_path, failing, AIMED_SECONDS="-1")
    assert (ended.returncode == 0) == (failing == "")
    assert ended.stdout.rstrip().splitlines()[-1].startswith("== TOO LONG")


@pytest.mark.parametrize(("part", "begun"), [("check", 1), ("test", 2), ("soak", 3)])
def test_a_part_that_fails_fails_the_whole_and_ends_it(tmp_path: Path, part: str, begun: int) -> None:
    ended = proof(tmp_path, failing=part)
    assert ended.returncode != 0
    assert (ended.stdout.count("== make"), "== done" in ended.stdout) == (begun, False)
