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


def test_the_compose_file_follows_the_specification() -> None:
    outcome = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    assert outcome.returncode == 0, outcome.stdout


def test_a_wrong_key_in_a_compose_file_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text((ROOT / "docker-compose.yml").read_text().replace("    command:", "    comand:"))
    outcome = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(wrong))
    assert outcome.returncode == 1


def test_the_dockerfile_passes_its_linter() -> None:
    outcome = run("hadolint", "Dockerfile")
    assert outcome.returncode == 0, outcome.stdout
