"""A sealed backup: read by its private key alone, refused when a byte of it is missing, moved or changed."""

import re
from pathlib import Path

import pytest

from db import engine
from db.backup import BackupError, back_up, restore, verify
from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from service.errors import BadInput
from service.privacy import sealed_backup
from service.privacy.sealed_backup import (
    OpenedFiles,
    SealedFiles,
    is_sealed,
    make_backup_key,
    read_private_key,
    read_public_key,
)
from tests.db.assignments import territory_with_facts


@pytest.fixture
def keys(tmp_path: Path) -> tuple[bytes, bytes]:
    """Public and private."""
    path = tmp_path / "elsewhere" / "backup.key"
    path.parent.mkdir()
    public = make_backup_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    return read_public_key(public), read_private_key(path)


async def test_only_the_private_key_opens_what_was_sealed_and_everything_comes_back(
    database_url: str, tmp_path: Path, keys: tuple[bytes, bytes]
) -> None:
    public, private = keys
    saved, files = tmp_path / "backup", SealedFiles(public)
    async with engine.connected(database_url):
        before = await facts_of((await territory_with_facts()).id)
        await back_up(saved, files)
    verify(saved, files)
    assert is_sealed(saved)
    assert not [word for word in (b"KM4821", b"Gagny", b"\x1f\x8b\x08") if word in saved.read_bytes()]
    async with engine.connected(f"sqlite:///{tmp_path / 'restored.sqlite3'}"):
        with pytest.raises(BackupError):
            await restore(saved)
        stranger = tmp_path / "stranger.key"
        make_backup_key(stranger)
        with pytest.raises(BackupError, match="another key"):
            await restore(saved, files=OpenedFiles(read_private_key(stranger)))
        await restore(saved, files=OpenedFiles(private))
        assert await facts_of((await territory_by_code("somme")).id) == before


async def test_two_sealings_of_the_same_are_different(tmp_path: Path, keys: tuple[bytes, bytes]) -> None:
    public, private = keys
    written = []
    for name in ("one", "two"):
        with SealedFiles(public).create(tmp_path / name) as file:
            file.write(b"the same")
        with OpenedFiles(private).open(tmp_path / name) as opened:
            assert opened.read() == b"the same"
        written.append((tmp_path / name).read_bytes())
    assert written[0] != written[1]


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
def test_any_length_comes_back_and_no_damage_passes(
    tmp_path: Path, keys: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(sealed_backup, "PIECE_BYTES", 64)
    public, private = keys
    content, path = bytes(number % 251 for number in range(size)), tmp_path / "sealed"
    with SealedFiles(public).create(path) as file:
        file.write(content)
    with OpenedFiles(private).open(path) as opened:
        assert opened.read() == content
    whole = path.read_bytes()
    head, piece = len(sealed_backup.MAGIC) + 32, 64 + 16
    damaged = {
        "a byte changed": whole[:-1] + bytes([whole[-1] ^ 1]),
        "the head changed": whole[: head - 1] + bytes([whole[head - 1] ^ 1]) + whole[head:],
        "the end is gone": whole[:-1],
        "something added": whole + b"x" * piece,
    }
    if size > 64:
        damaged["the last piece is gone"] = whole[: head + piece]
        damaged["a piece is gone"] = whole[:head] + whole[head + piece :]
    if size > 128:
        swapped = whole[head + piece : head + 2 * piece] + whole[head : head + piece]
        damaged["two pieces swapped"] = whole[:head] + swapped + whole[head + 2 * piece :]
    for name, body in damaged.items():
        path.write_bytes(body)
        with pytest.raises(BackupError), OpenedFiles(private).open(path) as opened:
            opened.read()
        assert name


def test_a_key_is_never_written_over_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    public = make_backup_key(path)
    with pytest.raises(BadInput, match="exists"):
        make_backup_key(path)
    assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", public)
    for wrong in ("", "abc", public[:-4], "é" * 44):
        with pytest.raises(BadInput, match="BACKUP_PUBLIC_KEY"):
            read_public_key(wrong)
    (tmp_path / "empty").write_text("nothing")
    for missing in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(BadInput):
            read_private_key(missing)
