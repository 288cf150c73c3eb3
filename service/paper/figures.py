"""The words of the month's figures on paper: what may leave the association, nobody named."""

import msgspec

from service.catalogue import text
from service.pages.figures.tally import Tally
from service.pages.figures.view import FiguresView


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """`share` and `mark` in percent of the bar; a negative one is none."""

    title: str
    words: str
    share: float
    mark: float
    lines: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """`shares`: widths in percent of honoured, missed, excused and cancelled by us."""

    cells: tuple[str, ...]
    shares: tuple[float, ...]


class FiguresSheet(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    lead: str
    boxes: tuple[Box, ...]
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[str, ...]
    months_title: str
    months: tuple[tuple[str, str], ...]
    permanences_title: str
    permanences: tuple[tuple[str, str], ...]
    foot: str


def figures_sheet(view: FiguresView, title: str, programme: str) -> FiguresSheet:
    """`programme` is empty for all of them."""
    head = (text("Lieu"), text("Prévus"), *_kinds(), text("Présence"))
    every = [*view.rows, *([view.total] if view.rows else [])]
    return FiguresSheet(
        title=title,
        lead=programme or text("Tous les dispositifs"),
        boxes=tuple(
            Box(
                title=one.title,
                words=one.words,
                share=one.share if one.share is not None else -1.0,
                mark=one.mark if one.mark is not None else -1.0,
                lines=tuple(words for words in (one.target_words, one.gap_words, one.before) if words),
            )
            for one in view.figures
        ),
        caption=text("{nature} par lieu", nature=view.nature),
        columns=(*head, view.against_short) if view.compares else head,
        rows=tuple(_row(one.name, one.tally, one.before if view.compares else "") for one in every),
        legend=_kinds(),
        months_title=text("Présence, mois par mois"),
        months=tuple((one.label, one.tally.attendance_words) for one in view.months),
        permanences_title=text("Permanences"),
        permanences=tuple((words, str(count)) for words, count in view.permanences),
        foot=text(
            "Présence : honorés, parmi honorés et manqués. Aucun nom, aucune référence : "
            "ce qui concerne moins de cinq personnes est regroupé, ou n’est pas dit."
        ),
    )


def _kinds() -> tuple[str, ...]:
    return text("Honorés"), text("Manqués"), text("Excusés"), text("Annulés par nous")


def _row(name: str, tally: Tally, before: str) -> Row:
    counts = (tally.planned, tally.honoured, tally.missed, tally.excused, tally.cancelled_by_us)
    cells = (name, *map(str, counts), tally.attendance_words)
    return Row(
        cells=(*cells, before) if before else cells, shares=tuple(width for _, _, width in tally.shares)
    )
