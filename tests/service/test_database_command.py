"""`escale db` as it is typed: each engine brought up, saved while others write, restored on either, checked."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from db import engine
from db.backup import verify
from db.queries.facts import facts_of
from db.queries.territories import add_territory, all_territories, territory_by_code
from db.records.erasure import Erasure
from service.privacy.erasing import FILE, erase_person, remember
from tests.conftest import BOTH_ENGINES
from tests.databases import postgres_database
from tests.service.small_territory import NOON, make_territory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(params=BOTH_ENGINES)
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """An empty database to restore into, of either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield url


async def _escale(folder: Path, database_url: str, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Exit code, output, errors of `escale db …`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALE_")}
    settings = {"ESCALE_DATABASE_URL": database_url, "ESCALE_VAR": str(folder / "var")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.cli", "db", *arguments),
        cwd=ROOT,
        env=kept | settings | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()


async def test_an_empty_database_is_brought_up_once_and_found_sound(empty_database_url: str, tmp_path: Path):
    code, out, _ = await _escale(tmp_path, empty_database_url, "check")
    assert (code, out.startswith("missing: 0001_facts\n")) == (1, True)
    code, out, _ = await _escale(tmp_path, empty_database_url, "upgrade")
    assert (code, out.startswith("ran 0001_facts\n")) == (0, True)
    assert await _escale(tmp_path, empty_database_url, "upgrade") == (0, "up to date\n", "")
    assert await _escale(tmp_path, empty_database_url, "check") == (0, "no fault\n", "")


async def test_what_is_saved_while_others_write_is_of_one_instant_and_restored_on_either_engine(
    database_url: str, other_url: str, tmp_path: Path
):
    """Territories come in pairs, each pair in one transaction: no backup may hold half a pair."""
    saved = tmp_path / "backup.gz"
    async with engine.connected(database_url):
        territory = await make_territory()
        before = await facts_of(territory.id)
        saving = asyncio.create_task(_escale(tmp_path, database_url, "backup", str(saved)))
        pairs = await _write_pairs_until(saving)
        assert pairs > 1
    assert (await saving)[:2] == (0, f"saved and verified: {saved}\n")
    verify(saved)
    code, out, errors = await _escale(tmp_path, other_url, "restore", str(saved))
    assert (code, errors) == (0, "")
    assert out.startswith("restored ")
    assert await _escale(tmp_path, other_url, "check") == (0, "no fault\n", "")
    async with engine.connected(other_url):
        assert await facts_of(UUID(str(territory.id))) == before
        names = {one.code for one in await all_territories()} - {"petite"}
        assert {code.replace("left", "right") for code in names if "left" in code} == {
            code for code in names if "right" in code
        }


async def _write_pairs_until(saving: "asyncio.Task[object]") -> int:
    pairs = 0
    while not saving.done():
        pairs += 1
        async with engine.current().transaction(mode="write"):
            for side in ("left", "right"):
                await add_territory(
                    code=f"{side}-{pairs}", name=side, zone="Europe/Paris", departements=(), settings={}
                )
        await asyncio.sleep(0.02)
    return pairs


async def test_who_was_erased_after_the_backup_is_erased_again_by_the_restore(
    database_url: str, other_url: str, tmp_path: Path
):
    saved, memory = tmp_path / "backup.gz", tmp_path / "var-keys" / FILE
    async with engine.connected(database_url):
        territory = await make_territory()
        assert (await _escale(tmp_path, database_url, "backup", str(saved)))[0] == 0
        await erase_person(territory.id, "KM4821", memory)
    code, out, _ = await _escale(tmp_path, other_url, "restore", str(saved))
    assert (code, out.splitlines()[1]) == (0, "erased again 1 persons whose erasure was remembered")
    async with engine.connected(other_url):
        facts = await facts_of((await territory_by_code("petite")).id)
    assert {one.code for one in facts.participants} & {"KM4821", "ZT1002"} == {"ZT1002"}


async def test_a_restore_that_cannot_erase_again_restores_nothing(database_url: str, tmp_path: Path):
    saved, memory = tmp_path / "backup.gz", tmp_path / "var-keys" / FILE
    async with engine.connected(database_url):
        territory = await make_territory()
    assert (await _escale(tmp_path, database_url, "backup", str(saved)))[0] == 0
    remember(
        memory,
        Erasure(about_kind="participant", about_ref="KM4821", erased_at=NOON, territory_id=territory.id),
    )
    with memory.open("a") as file:
        file.write("{broken\n")
    target = f"sqlite:///{tmp_path / 'target.sqlite3'}"
    assert (await _escale(tmp_path, target, "restore", str(saved)))[0] != 0
    code, out, _ = await _escale(tmp_path, target, "check")
    assert (code, out.startswith("missing: 0001_facts\n")) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("restore", "none.gz"), "none.gz: no such file"),
        (("restore", "pyproject.toml"), "pyproject.toml: "),
        (("backup", "/proc/none/backup.gz"), "/proc/none/backup.gz.part: "),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_line_with_code_2(
    sqlite_template: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
):
    code, out, errors = await _escale(tmp_path, f"sqlite:///{sqlite_template}", *arguments)
    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert words in errors


async def test_a_database_that_does_not_answer_is_told_with_code_2_and_without_its_password(tmp_path: Path):
    code, _, errors = await _escale(tmp_path, "postgresql://escale:geheim@127.0.0.1:1/none", "check")
    assert (code, errors.count("\n")) == (2, 1)
    assert "geheim" not in errors


async def test_with_real_people_a_backup_is_sealed_and_its_private_key_restores_it(
    database_url: str, other_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    saved, key = tmp_path / "backup", tmp_path / "elsewhere.key"
    async with engine.connected(database_url):
        await make_territory()
    code, out, errors = await _escale(tmp_path, database_url, "backup-key", str(key))
    assert (code, "take" in errors) == (0, True)
    real = {"ESCALE_DEMO": "false", "ESCALE_PUBLIC_ADDRESS": "https://escale.test"}
    code, _, errors = await _escale(tmp_path, database_url, "backup", str(saved), **real)
    assert (code, "BACKUP_PUBLIC_KEY" in errors, saved.exists()) == (2, True, False)
    name, _, value = out.strip().partition("=")
    code, out, _ = await _escale(tmp_path, database_url, "backup", str(saved), **real, **{name: value})
    assert (code, out) == (0, f"saved, sealed and verified: {saved}\n")
    code, _, errors = await _escale(tmp_path, other_url, "restore", str(saved))
    assert (code, "--key" in errors) == (2, True)
    code, out, _ = await _escale(tmp_path, other_url, "restore", str(saved), "--key", str(key))
    assert (code, out.startswith("restored ")) == (0, True)
