"""Where a test belongs: what it starts decides which marks it must bear.

`make check` leaves out `server`, `browser`, `slow` and `soak`; `make test` leaves out `soak`, which `make soak` runs.
"""

import pytest

NEEDED = {
    "postgres_url": "server",
    "redis_url": "server",
    "mailbox": "server",
    "scaled_out": "server",
    "own_postgres": "server",
    "own_redis": "server",
    "browser": "browser",
    "one_process": "slow",
    "deployment": "slow",
}
"""Fixtures, and the mark of each test that uses one, itself or through another."""


def marks_lacking(item: pytest.Item) -> list[str]:
    """The marks that a test's fixtures ask for and that it does not bear."""
    used: set[str] = set(getattr(item, "fixturenames", ()))
    borne = {one.name for one in item.iter_markers()}
    return sorted({NEEDED[name] for name in used & NEEDED.keys()} - borne)
