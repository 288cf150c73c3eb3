"""The words and marks of the month board on paper, from the same view as the page."""

from itertools import accumulate

import msgspec

from service.catalogue import text
from service.french_text import capital, month_title
from service.pages.board.cells import Cell, Row
from service.pages.month_board_view import Board


class PaperChip(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    lines: tuple[str, ...]
    fact: str
    pinned: bool
    changed: bool


class PaperCell(msgspec.Struct, frozen=True, kw_only=True):
    ground: str
    columns: int
    rows: int
    band: str
    upright: bool
    chips: tuple[PaperChip, ...]


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    note: str
    badge: str
    cells: tuple[PaperCell, ...]


class PaperDay(msgspec.Struct, frozen=True, kw_only=True):
    letters: str
    number: str


class PaperWeek(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    columns: int


class MonthSheet(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    version: str
    verdict: str
    corner: str
    columns: int
    week_heads: tuple[PaperWeek, ...]
    days: tuple[PaperDay, ...]
    weeks: tuple[int, ...]
    """The first half-day of each week, from 0: a stronger line stands before it."""
    rows: tuple[PaperRow, ...]
    legend: str


def month_sheet(board: Board, territory: str, codes: dict[str, str] | None = None) -> MonthSheet:
    """One landscape page for a dozen rows; more rows go on, under the same head.

    `codes` are names by the letters that stand for them in the rows of people.
    """
    spelt = ", ".join(f"{code} {name}" for code, name in sorted((codes or {}).items()))
    days = [day for week in board.weeks for day in week.days]
    return MonthSheet(
        title=f"{capital(month_title(board.first_on))}, {territory}",
        version=_version(board),
        verdict=board.verdict,
        corner=text("Personne") if board.by == "personne" else text("Lieu"),
        columns=2 * len(days),
        week_heads=tuple(
            PaperWeek(name=_week(week.number, len(week.days)), columns=2 * len(week.days))
            for week in board.weeks
        ),
        days=tuple(PaperDay(letters=day.letters, number=str(day.on.day)) for day in days),
        weeks=tuple(accumulate((2 * len(week.days) for week in board.weeks[:-1]), initial=0)),
        rows=tuple(_row(row) for row in board.rows),
        legend=text(
            "Permanence : bord gauche épais. Promotion : cadre plein. Atelier : tirets. Chiffre seul : entretiens. "
            "Coin noir : épinglé. Barre au pied : modifié. ? : besoin non placé."
        )
        + (f" {spelt}." if spelt and board.by == "personne" else ""),
    )


def _week(number: int, days: int) -> str:
    return text("Semaine {n}", n=number) if days > 1 else text("S. {n}", n=number)


def _version(board: Board) -> str:
    version = board.version
    if version is None:
        return text("Sans planning")
    if version.is_draft:
        return text("Brouillon {version}", version=version.numbered)
    if version.state == "superseded":
        return text("Version {n}, remplacée depuis : ce n’est plus le planning en vigueur", n=version.number)
    return text("Version {n} publiée", n=version.number)


def _row(row: Row) -> PaperRow:
    badge = f"{row.badge.placed}/{row.badge.asked}" if row.badge and row.badge.asked else ""
    return PaperRow(
        name=row.name, note=row.note or row.share, badge=badge, cells=tuple(_cell(cell) for cell in row.cells)
    )


def _cell(cell: Cell) -> PaperCell:
    chips = tuple(
        PaperChip(
            kind=chip.kind,
            lines=tuple(line.replace(".", "") for line in chip.lines) or (text("Éq"),),
            fact=chip.fact,
            pinned=chip.pinned,
            changed=chip.changed,
        )
        for chip in cell.chips
    )
    return PaperCell(
        ground=cell.ground,
        columns=cell.columns,
        rows=cell.rows,
        band=cell.band,
        upright=cell.upright,
        chips=chips,
    )
