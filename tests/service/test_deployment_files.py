"""Form only: whether the image builds needs an engine that tests do not have."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_the_compose_file_follows_the_specification_and_a_wrong_key_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((ROOT / "docker-compose.yml").read_text().replace("    command:", "    comand:"))
    outcome = run(
        "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml", str(wrong)
    )
    found = outcome.stdout.splitlines()
    assert outcome.returncode == 1
    assert [line for line in found if "wrong.yml" in line]
    assert not [line for line in found if "docker-compose.yml" in line]


def test_the_dockerfile_passes_its_linter() -> None:
    outcome = run("hadolint", "Dockerfile")
    assert outcome.returncode == 0, outcome.stdout
