"""A process of ours looks for reference cycles seldom, and still does."""

import gc
import weakref

import pytest

from service.cli import run
from service.collector import MIDDLE, OLD, YOUNG, collect_seldom


class Knot:
    """Refers to itself: only a collection frees it."""

    def __init__(self) -> None:
        self.own = self


def test_cycles_are_looked_for_seldom_and_still_found() -> None:
    before = gc.get_threshold()
    try:
        collect_seldom()
        assert gc.get_threshold() == (YOUNG, MIDDLE, OLD)
        known = weakref.ref(Knot())
        gc.collect()
        assert known() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_command_looks_for_them_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr("sys.argv", ["escale", "--help"])
    try:
        gc.set_threshold(700, 10, 10)
        with pytest.raises(SystemExit):
            run()
        assert gc.get_threshold() == (YOUNG, MIDDLE, OLD)
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
