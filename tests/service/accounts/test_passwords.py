"""Passwords: kept as Argon2id alone, refused when somebody could guess them, whatever is put around."""

import runpy

import pytest

from service.accounts import passwords
from service.accounts.errors import WeakPassword
from service.accounts.passwords import hash_password, is_outdated, is_password, refuse_weak

WEAK = [
    "", "court", "onze lettre", "aaaaaaaaaaaaaaaa", "abababababab", "motdepasse12", "Motdepasse2026!", "P@ssw0rd2026!!",
    "azertyuiop123", "AZERTYUIOP!!", "qwertyuiop12", "123456789012", "0987654321098", "motdepassemotdepasse", "soleil123soleil",
    "abcdefghijkl", "x" * 201,
]  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_a_password_that_can_be_guessed_is_refused_without_being_repeated(password: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        refuse_weak(password)
    assert not password or password not in caught.value.detail


@pytest.mark.parametrize("password", ["claire.durand2026", "Durand-Claire-1", "claire@exemple.fr"])
def test_ones_own_name_or_address_is_no_password(password: str) -> None:
    with pytest.raises(WeakPassword):
        refuse_weak(password, "claire@exemple.fr", "Claire Durand")


@pytest.mark.parametrize(
    "password",
    ["quatre chaises bleues", "Tx9#vvq2!mLp", "le petit train de Somme", "claire chaise bleue verte"],
)
def test_a_phrase_is_taken(password: str) -> None:
    refuse_weak(password, "claire@exemple.fr", "Claire Durand")


async def test_what_is_kept_is_argon2id_and_opens_for_the_password_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_it_is_run = runpy.run_path(passwords.__file__)["HASHER"]  # tests of all else pay less
    monkeypatch.setattr(passwords, "HASHER", as_it_is_run)
    stored = await hash_password("quatre chaises bleues")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not is_outdated(stored)
    assert is_outdated(stored.replace("t=3", "t=1"))
    assert await is_password(stored, "quatre chaises bleues")
    assert not await is_password(stored, "quatre chaises Bleues")
    assert not await is_password("damaged", "quatre chaises bleues")
    assert not await is_password(None, "nobody has this password")
