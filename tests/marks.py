"""Where a test belongs, checked when tests are collected: what it starts decides which marks it must bear.

`make check` leaves out `server`, `browser`, `slow` and `soak`; `make test` leaves out `soak`, which `make soak` runs.
"""

from collections.abc import Iterable

import pytest

NEEDED = {
    "postgres_url": "server",
    "redis_url": "server",
    "mailbox": "server",
    "scaled_out": "server",
    "own_postgres": "server",
    "own_redis": "server",
    "browser": "browser",
    "embedded": "slow",
    "deployment": "slow",
}
"""Fixtures, and the mark of each test that uses one, itself or through another."""


def misplaced(items: Iterable[pytest.Item]) -> list[str]:
    """One line for each test that lacks a mark which its fixtures ask for."""
    return [
        f"{item.nodeid}: uses {fixture}, so it needs the mark {mark}"
        for item in items
        for fixture in sorted(set(getattr(item, "fixturenames", ())) & NEEDED.keys())
        if (mark := NEEDED[fixture]) not in {one.name for one in item.iter_markers()}
    ]
