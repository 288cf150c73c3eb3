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
