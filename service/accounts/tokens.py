"""Secrets that are shown once and kept as hashes: sessions, links, personal tokens."""

import hashlib
import secrets

API_PREFIX = "escale_"


def new_secret() -> str:
    """256 bits, as an address or a cookie carries them."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept: enough for a secret nobody can guess, no salt needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """A short code for a thing that has no name: nothing can be told from it, nor from its neighbours."""
    return secrets.token_hex(6)
