"""Form only: whether the image builds needs an engine that tests do not have."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from service.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=180
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


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text())
    return found


def test_every_secret_of_the_compose_file_comes_from_outside_and_must_be_there() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("ESCALE_POSTGRES_PASSWORD", "ESCALE_PUBLIC_ADDRESS"):
        given = re.findall(rf"\$\{{{name}([^}}]*)\}}", text)
        assert given
        assert all(one.startswith(":?") for one in given)
    assert not re.search(r"(?m)^\s*\w*(PASSWORD|SECRET|TOKEN)\w*: *(?!\$\{)\S", text)


def test_every_service_that_lasts_says_how_it_is_and_starts_after_what_it_needs() -> None:
    services = _compose()["services"]
    assert set(services) == {"web", "worker", "upgrade", "database", "queue"}
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    for name in ("worker", "database", "queue"):
        assert services[name]["healthcheck"]["test"], name
    for name in ("web", "worker"):
        needed = {one: how["condition"] for one, how in services[name]["depends_on"].items()}
        assert needed == {"upgrade": "service_completed_successfully", "queue": "service_healthy"}, name


def test_the_settings_of_the_compose_file_are_settings_and_go_together() -> None:
    services = _compose()["services"]
    for name in ("web", "worker", "upgrade"):
        given = {key: str(value) for key, value in services[name]["environment"].items()}
        given["ESCALE_DATABASE_URL"] = "postgresql://escale:x@database:5432/escale"
        given["ESCALE_PUBLIC_ADDRESS"] = "https://escale.example"
        settings = read_settings(given)
        assert (settings.queue, settings.demo, settings.log_format) == ("arq", False, "json")


def test_the_image_runs_as_nobody_in_particular_and_keeps_what_must_last() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER 10001" in lines
    assert 'VOLUME ["/app/var", "/app/keys"]' in lines
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert {"planner", "calendars", "db", "service"} <= copied


@pytest.mark.slow
def test_what_the_image_compiles_is_every_template(tmp_path: Path) -> None:
    """The command as it stands there, which writes beside the code, led elsewhere."""
    found = re.search(r'PYTHONDONTWRITEBYTECODE="" python -c "([^"]+)"', (ROOT / "Dockerfile").read_text())
    assert found
    environment = {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    subprocess.run([sys.executable, "-c", found[1]], cwd=ROOT, env=environment, check=True, timeout=180)
    kept = [one for one in tmp_path.rglob("templates/*") if one.is_file()]
    assert len(kept) == len([one for one in (ROOT / "service/templates").rglob("*") if one.is_file()])
