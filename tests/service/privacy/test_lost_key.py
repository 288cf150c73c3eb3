"""A master key that is gone stops the start in one line; nothing makes another one in its place."""

from pathlib import Path

import pytest

from db import engine
from service.accounts.kept_keys import kept_keys
from service.actions.use_totp import begin_totp
from service.cli import main
from service.settings import read_settings
from tests.deployment import run_escale
from tests.service.door import account

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of an installation where a second factor lies sealed and the file of its key is gone."""
    given = {"ESCALE_DATABASE_URL": database_url, "ESCALE_VAR": str(tmp_path / "var")}
    path = read_settings(given).keys_path
    async with engine.connected(database_url):
        made = await account("a@exemple.fr")
        await begin_totp(made.id, await kept_keys(path))
    path.unlink()
    return given


@pytest.mark.parametrize("subcommand", ["serve", "worker"])
def test_nothing_starts_without_the_key_that_sealed(environment: dict[str, str], subcommand: str) -> None:
    ended = run_escale(subcommand, **environment)
    path = read_settings(environment).keys_path
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"escale: {path}: lacks master key ")
    assert not path.exists()


def test_only_giving_it_up_makes_another_key(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    path = read_settings(environment).keys_path
    assert main(["db", "rotate-key"]) != 0
    assert not path.exists()
    assert main(["db", "rotate-key", "--give-up"]) == 0
    assert "1 values that opened with no key are destroyed" in capsys.readouterr().out
    assert path.exists()
