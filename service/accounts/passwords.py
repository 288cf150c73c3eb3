"""Passwords: Argon2id at rest; long, and none that is known to be weak."""

import asyncio
import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.accounts.errors import WeakPassword
from service.accounts.weak_passwords import WEAK_WORDS

HASHER = PasswordHasher()
"""The library's own costs: RFC 9106, low-memory profile."""
SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5
LEAST_BESIDE_NAME = 8
_LEET = str.maketrans("013457@$!€", "oleastasie")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "01234567890123",
)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """What is verified for an unknown address, so that the answer takes as long."""
    return hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """Argon2id with its salt and costs, in a thread: it takes a tenth of a second on purpose."""
    return await asyncio.to_thread(HASHER.hash, password)


async def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the one behind a hash; takes its time for no hash too."""
    matches = await asyncio.to_thread(_verify, stored or _nobodys(HASHER), password[:LONGEST])
    return matches and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with lower costs than today's."""
    return HASHER.check_needs_rehash(stored)


def refuse_weak(password: str, *about: str) -> None:
    """Raises `WeakPassword` saying why; `about` are the address and name of its owner."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Il a moins de {SHORTEST} caractères.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Il a plus de {LONGEST} caractères.")
    if len(set(password)) < FEWEST_LETTERS:
        raise WeakPassword("Il répète trop peu de caractères différents.")
    if _is_known(password):
        raise WeakPassword("Il est fait d’un mot de passe connu ou d’une suite du clavier.")
    plain = _plain(password)
    mine = {word for text in about for word in re.split(r"[^a-z0-9]+", _plain(text)) if len(word) > 3}
    rest = re.sub("|".join(sorted(map(re.escape, mine), key=len, reverse=True)) or "$^", "", plain)
    if rest != plain and len(re.sub(r"[^a-z0-9]", "", rest)) < LEAST_BESIDE_NAME:
        raise WeakPassword("Il contient votre nom ou votre adresse.")


def _plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _is_known(password: str) -> bool:
    """Known words, alone or repeated or side by side, whatever digits and signs stand around; runs of keys."""
    plain = _plain(password)
    inside = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    for text in (plain, plain.translate(_LEET), inside.translate(_LEET)):
        letters = re.sub(r"[^a-z]", "", text)
        if _made_of_weak_words(letters):
            return True
    rest = re.sub(r"[^a-z0-9]", "", plain)
    return any(rest in run * 2 or rest in (run * 2)[::-1] for run in _RUNS)


def _made_of_weak_words(letters: str) -> bool:
    """Whether at most two letters are left once weak words are taken away from the front."""
    if len(letters) <= 2:
        return True
    return any(
        letters.startswith(word) and _made_of_weak_words(letters[len(word) :])
        for word in WEAK_WORDS
        if len(word) > 2
    )
