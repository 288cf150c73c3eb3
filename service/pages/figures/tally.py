"""Sums of cells, and the words of one figure with its target."""

from collections.abc import Iterable

import msgspec

from service.catalogue import counted, text
from service.french_text import percent, signed
from service.indicators import Cell, Counts


class Tally(Counts, frozen=True, kw_only=True):
    """Sums of cells. Attendance is honoured among honoured and missed, None where nobody was expected."""

    @property
    def attendance(self) -> float | None:
        known = self.honoured + self.missed
        return self.honoured / known if known else None

    @property
    def attendance_words(self) -> str:
        return "—" if self.attendance is None else percent(self.attendance)

    @property
    def shares(self) -> tuple[tuple[str, float, float], ...]:
        """Class, start and width in percent of what is known: honoured, missed, excused, cancelled by us."""
        parts = (
            ("fg", self.honoured),
            ("missed", self.missed),
            ("excused", self.excused),
            ("ours", self.cancelled_by_us),
        )
        whole = sum(count for _, count in parts) or 1
        found, at = [], 0.0
        for name, count in parts:
            found.append((name, at, 100 * count / whole))
            at += 100 * count / whole
        return tuple(found)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number with its target. `share` and `mark` are percents of the bar; no target: no mark; no whole: no share.

    `before` says the same of the month that is compared with.
    """

    title: str
    words: str
    share: float | None = None
    mark: float | None = None
    target_words: str = ""
    gap_words: str = ""
    reached: bool = True
    before: str = ""
    has_target: bool = True
    """A programme may give it one."""


def tally(cells: Iterable[Cell]) -> Tally:
    found = tuple(cells)
    return Tally(**{name: sum(getattr(one, name) for one in found) for name in Counts.__struct_fields__})


def attendance_figure(title: str, found: Tally, target: int | None, before: str) -> Figure:
    value = found.attendance
    if value is None:
        return Figure(title=title, words=found.attendance_words, before=before)
    share = 100 * value
    if target is None:
        return Figure(title=title, words=found.attendance_words, share=share, before=before)
    gap = round(share) - target
    return Figure(
        title=title,
        words=found.attendance_words,
        share=share,
        mark=float(target),
        target_words=text("cible {percent} (trait)", percent=percent(target / 100)),
        gap_words=counted("{gap} point", "{gap} points", abs(gap), gap=signed(gap))
        if gap
        else text("cible atteinte"),
        reached=gap >= 0,
        before=before,
    )


def against_words(now: Tally, before: Tally) -> str:
    """74 % (−3 points): what it was, then what it became since; — when nobody was expected then."""
    if now.attendance is None or before.attendance is None:
        return before.attendance_words
    gap = round(100 * now.attendance) - round(100 * before.attendance)
    return text("{words} ({gap})", words=before.attendance_words, gap=signed(gap) if gap else "=")
