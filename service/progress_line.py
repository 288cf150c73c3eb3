"""A solve seen from a terminal: one line, written over while it runs; in a file one line a second."""

from typing import Protocol, TextIO

from planner.plan import LEVEL_NAMES
from service.catalogue import gettext
from service.french_text import number
from service.messages.levels import gap_words, level_title

WIDTH = 100
EVERY_SECONDS = 1.0
CLEAR = "\r\N{ESCAPE}[K"


class Point(Protocol):
    """One point of the curve: seconds since the start, the level being settled, its value and bound."""

    @property
    def seconds(self) -> float: ...
    @property
    def level(self) -> str: ...
    @property
    def value(self) -> int: ...
    @property
    def bound(self) -> int: ...


class ProgressLine:
    """Call it with each point; `end()` leaves the cursor on a fresh line."""

    def __init__(self, stream: TextIO, title: str) -> None:
        self._stream = stream
        self._title = title
        self._live = stream.isatty()
        self._told_seconds = 0.0
        self._last: Point | None = None

    def __call__(self, point: Point) -> None:
        self._last = point
        if self._live:
            self._write(CLEAR + progress_text(self._title, point)[:WIDTH])
        elif point.seconds - self._told_seconds >= EVERY_SECONDS:
            self._told_seconds = point.seconds
            self._write(progress_text(self._title, point) + "\n")

    def end(self) -> None:
        """Says where it ended; on a terminal the line is gone."""
        if self._last is not None:
            self._write(CLEAR if self._live else progress_text(self._title, self._last) + "\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def progress_text(title: str, point: Point) -> str:
    """`Somme · 0,4 s · 5/8 Autres entretiens et séances non placés : 21, prouvé`."""
    rank = LEVEL_NAMES.index(point.level) + 1
    bound = max(0, point.bound)
    proof = (
        gettext("prouvé")
        if point.value <= bound
        else gettext("au mieux {bound}, {gap}").format(bound=number(bound), gap=gap_words(point.value, bound))
    )
    return (
        f"{title} · {number(point.seconds, 1)}{gettext(' s')} · {rank}/{len(LEVEL_NAMES)} "
        f"{level_title(point.level)}{gettext(' : ')}{number(point.value)}, {proof}"
    )
