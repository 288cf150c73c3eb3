"""References of participants: given by the house, two letters and four digits, in no order."""

import re
import secrets
from collections.abc import Set as AbstractSet

REFERENCE = re.compile(r"^[A-Z]{2}\d{4}$")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference(taken: AbstractSet[str]) -> str:
    """One that nobody has."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(2))
        reference = f"{letters}{secrets.randbelow(10_000):04d}"
        if reference not in taken:
            return reference
