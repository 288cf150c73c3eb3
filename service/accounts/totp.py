"""Codes of six digits that change every thirty seconds; the secret is sealed by the master key."""

import time
from uuid import UUID

import pyotp
import segno

from service.accounts.master_key import MasterKeys

STEP_SECONDS = 30
DRIFT_STEPS = 1
ISSUER = "escale"


def new_totp_secret() -> str:
    return pyotp.random_base32()


def seal_totp(keys: MasterKeys, account_id: UUID, secret: str) -> bytes:
    return keys.seal(secret.encode(), totp_context(account_id))


def open_totp(keys: MasterKeys, account_id: UUID, sealed: bytes) -> str:
    """Raises `NotOpened`."""
    return keys.open(sealed, totp_context(account_id)).decode()


def totp_context(account_id: UUID | str) -> str:
    return f"totp {account_id}"


def step_of_code(secret: str, code: str, *, at_seconds: float | None = None) -> int | None:
    """The step of the clock that a code belongs to, one before or after included; None: a wrong code."""
    now = int(time.time() if at_seconds is None else at_seconds) // STEP_SECONDS
    digits = "".join(letter for letter in code if letter.isdigit())
    totp = pyotp.TOTP(secret)
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if pyotp.utils.strings_equal(totp.at(step * STEP_SECONDS), digits):
            return step
    return None


def address_of(secret: str, email: str) -> str:
    """What an authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(secret: str, email: str) -> str:
    """The same as a picture: a `data:` address of SVG."""
    return str(segno.make(address_of(secret, email), micro=False).svg_data_uri(scale=4))
