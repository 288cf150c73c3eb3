"""Records of the drawn board, and how neighbouring cells become one."""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from planner.records import HalfDay
from service.catalogue import gettext, text
from service.pages.board.calendar import HALVES, Day, Half, Week

ChipKind = Literal["perm", "promo", "atelier", "office", "team", "hole"]
Ground = Literal["open", "closed", "shut", "away", "holiday"]
Wish = Literal["", "prefer", "avoid"]
WISH_WORDS: dict[Wish, str] = {"prefer": "souhait", "avoid": "à éviter"}
UPRIGHT_ROWS = 5
"""Fewer are not as high as the name of a holiday is long."""


class Chip(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn in a cell (`lines`, then the small `fact`), and the sentence that is read.

    `against` says why it breaks a rule. `long` is the text of the wide form, in the week's view. `key` names the activity, empty for counts;
    `need` what a hole is left without.
    """

    kind: ChipKind
    lines: tuple[str, ...]
    sentence: str
    fact: str = ""
    long: str = ""
    key: str = ""
    need: str = ""
    pinned: bool = False
    changed: bool = False
    against: str = ""
    full: bool = False
    icon: str = ""
    halves: int = 1

    @property
    def classes(self) -> str:
        marks = {"pinned": self.pinned, "changed": self.changed, "full": self.full}
        marks["against"] = bool(self.against)
        return " ".join([self.kind, *(name for name, on in marks.items() if on)])


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One `td`: a half-day, or several joined (`columns`, `rows`) with a `band` of words.

    `in_full`: those words at length, where the cell has room for fewer. `cut`: after how many letters a band of one day
    is cut short, 0 where it is not.
    """

    ground: Ground = "open"
    chips: tuple[Chip, ...] = ()
    columns: int = 1
    rows: int = 1
    band: str = ""
    in_full: str = ""
    cut: int = 0
    upright: bool = False
    first_of_week: bool = False
    ends_day: bool = False
    past: bool = False
    wish: Wish = ""

    @property
    def wish_words(self) -> str:
        return gettext(WISH_WORDS[self.wish]) if self.wish else ""

    @property
    def classes(self) -> str:
        marks = {"week": self.first_of_week, "pm": self.ends_day, "past": self.past and self.ground == "open"}
        named = [name for name, on in marks.items() if on]
        return " ".join(named if self.ground == "open" else [self.ground, *named])


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """Placed of asked; `asked` None is a need on demand. `against` of what is placed break a rule.

    `beside`: interviews in the row that another month or another site counts; `away`: of those placed, in another row.
    """

    placed: int
    asked: int | None
    against: int = 0
    beside: int = 0
    away: int = 0

    @property
    def state(self) -> str:
        if self.asked is not None and self.placed < self.asked:
            return "missing"
        return "against" if self.against else "free" if self.asked is None else ""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One fairness count of a person, and how far it is from the fair share."""

    count: int
    deviation: float
    words: str

    @property
    def side(self) -> str:
        return "above" if self.deviation > 0.5 else "below" if self.deviation < -0.5 else ""


class Load(msgspec.Struct, frozen=True, kw_only=True):
    engaged: int
    available: int

    @property
    def width(self) -> float:
        """Of a bar 76 wide; full at most."""
        return round(76 * min(1.0, self.engaged / self.available), 1) if self.available else 0.0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A site or a person. `code` is theirs, empty for rows that stand for no single thing."""

    code: str
    name: str
    note: str
    cells: tuple[Cell, ...]
    badge: Badge | None = None
    address: str = ""
    share: str = ""
    load: Load | None = None
    counts: tuple[Count, ...] = ()
    group: str = ""


class Free(msgspec.Struct, frozen=True, kw_only=True):
    """How many people are still free in a half-day; None on a public holiday."""

    count: int | None
    first_of_week: bool
    ends_day: bool
    words: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a maker of cells needs to know about one column."""

    day: Day
    half: HalfDay

    @property
    def key(self) -> Half:
        return self.day.on, self.half

    @property
    def ends_day(self) -> bool:
        return self.half == "pm"

    @property
    def first_of_week(self) -> bool:
        return self.half == "am" and self.day.first_of_week


def columns(weeks: tuple[Week, ...]) -> list[Place]:
    return [Place(day=day, half=half) for week in weeks for day in week.days for half in HALVES]


def joined(cells: list[Cell | None]) -> tuple[Cell, ...]:
    """Neighbours of the same banded ground with the same words become one cell, across weeks too.

    None is a place that a band of another row covers: nothing is joined across it.
    """
    merged: list[Cell] = []
    before: Cell | None = None
    for cell in cells:
        if (
            before is not None
            and cell is not None
            and (_same_band(before, cell) or _same_day_chip(before, cell))
        ):
            columns = before.columns + cell.columns
            cell = msgspec.structs.replace(before, columns=columns, ends_day=cell.ends_day)
            merged[-1] = cell
        elif cell is not None:
            merged.append(cell)
        before = cell
    return tuple(merged)


def _same_band(before: Cell, cell: Cell) -> bool:
    plain = not before.chips and not cell.chips
    return (
        plain and cell.ground in ("shut", "away") and (before.ground, before.band) == (cell.ground, cell.band)
    )


def _same_day_chip(before: Cell, cell: Cell) -> bool:
    """A whole day at one place is one chip over both columns."""
    single = len(before.chips) == len(cell.chips) == 1
    return single and before.chips[0].halves == 2 and before.chips[0].key == cell.chips[0].key


def with_holidays(places: list[Place], rows: list[list[Cell | None]]) -> list[list[Cell | None]]:
    """Draws each public holiday as one band through all rows, where no row has something on it.

    `rows` hold None for a cell left to the band; the band's cell goes into the first row.
    """
    drawn: list[list[Cell | None]] = [[] for _ in rows]
    banded = {place.day.on for place in places if place.day.holiday} - _busy_holidays(places, rows)
    for column, place in enumerate(places):
        if place.day.on in banded:
            for index, row_drawn in enumerate(drawn):
                first = index == 0 and place.half == "am"
                row_drawn.append(_band(place, len(rows)) if first else None)
            continue
        for index, row in enumerate(rows):
            drawn[index].append(row[column] or cell_at(place, "holiday"))
    return drawn


def _busy_holidays(places: list[Place], rows: list[list[Cell | None]]) -> set[object]:
    return {
        place.day.on
        for column, place in enumerate(places)
        if place.day.holiday and any(row[column] is not None for row in rows)
    }


def _band(place: Place, rows: int) -> Cell:
    is_tall = rows >= UPRIGHT_ROWS
    return Cell(
        ground="holiday",
        columns=2,
        rows=rows,
        band=place.day.holiday if is_tall else text("Férié"),
        in_full="" if is_tall else place.day.holiday,
        upright=is_tall,
        first_of_week=place.day.first_of_week,
        ends_day=True,
    )


def cell_at(
    place: Place,
    ground: Ground = "open",
    chips: tuple[Chip, ...] = (),
    *,
    band: str = "",
    wish: Wish = "",
) -> Cell:
    """A cell of one half-day with the edges of its column."""
    return Cell(
        ground=ground,
        chips=chips,
        band=band,
        wish=wish,
        first_of_week=place.first_of_week,
        ends_day=place.ends_day,
        past=place.day.past,
    )


def rows_of(places: list[Place], makers: Sequence[Callable[[Place], Cell | None]]) -> list[tuple[Cell, ...]]:
    """The cells of all rows; a maker answers None where only a holiday's band is to be seen."""
    if not makers:
        return []
    made = [[maker(place) for place in places] for maker in makers]
    return [joined(cells) for cells in with_holidays(places, made)]
