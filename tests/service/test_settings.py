from pathlib import Path

import pytest

from service.database import open_database
from service.errors import BadInput
from service.settings import read_settings


def test_without_any_variable_the_service_is_embedded_and_on_this_machine_only() -> None:
    settings = read_settings({"PATH": "/bin"})
    assert settings.database_address.endswith("var/escale.sqlite3")
    assert settings.address == "http://127.0.0.1:8000"


def test_numbers_and_switches_are_read_from_text() -> None:
    settings = read_settings({"ESCALE_PORT": "8080", "ESCALE_DEMO": "false", "ESCALE_SOLVE_SECONDS": "2.5"})
    assert (settings.port, settings.demo, settings.solve_seconds) == (8080, False, 2.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ESCALE_PORT", "abc"),
        ("ESCALE_PORT", "70000"),
        ("ESCALE_QUEUE", "celery"),
        ("ESCALE_DEMO", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_settings({name: value})
    assert str(refusal.value).startswith(f"{name}: ")
    assert "\n" not in str(refusal.value)


def test_an_unknown_setting_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(BadInput, match=r"ESCALE_PRT: no such setting \(did you mean ESCALE_PORT"):
        read_settings({"ESCALE_PRT": "1"})


def test_every_wrong_setting_is_named_at_once() -> None:
    wrong = {"ESCALE_PORT": "abc", "ESCALE_QUEUE": "celery", "ESCALE_NOPE": "1", "ESCALE_HOST": "127.0.0.1"}
    with pytest.raises(BadInput) as refusal:
        read_settings(wrong)
    named = [one.partition(":")[0] for one in str(refusal.value).split("; ")]
    assert named == ["ESCALE_NOPE", "ESCALE_PORT", "ESCALE_QUEUE"]
    beside = {"ESCALE_SMTP": "ftp://x", "ESCALE_TOTP_REQUIRED_FOR": "king", "ESCALE_WEB_PROCESSES": "2"}
    with pytest.raises(BadInput) as second:
        read_settings(beside)
    assert [one.partition(":")[0] for one in str(second.value).split("; ")] == sorted(beside)


def test_the_demonstration_is_not_shown_to_a_network() -> None:
    with pytest.raises(BadInput, match="ESCALE_HOST"):
        read_settings({"ESCALE_HOST": "0.0.0.0"})


async def test_the_folder_of_the_embedded_database_is_its_owners_alone(tmp_path: Path) -> None:
    settings = read_settings({"ESCALE_VAR": str(tmp_path / "var")})
    async with open_database(settings):
        assert settings.var_path.stat().st_mode & 0o777 == 0o700
