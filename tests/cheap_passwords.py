"""Passwords that cost nothing to keep and to open, in tests of all else.

Also a program of ours in a process of its own: `python -m tests.cheap_passwords service.cli serve`.
"""

import importlib
import sys

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from service.accounts import passwords

CHEAP = PasswordHasher.from_parameters(CHEAPEST)


def cheapen() -> None:
    """From here on, in this process: each at its full cost takes a quarter of a second of a processor."""
    passwords.HASHER = CHEAP


def kept(password: str) -> str:
    """As the service keeps it in a test."""
    return CHEAP.hash(password)


def main() -> int:
    """The exit code of the `main` of the named module; what follows its name is given to it by `sys.argv`."""
    cheapen()
    sys.argv = sys.argv[1:]
    return int(importlib.import_module(sys.argv[0]).main() or 0)


if __name__ == "__main__":
    sys.exit(main())
