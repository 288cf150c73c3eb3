"""The words of the page "Suivi": four figures with their targets, a row a site, a curve of the months."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from db.records.assignment import Assignment
from db.records.participant import Path
from db.records.territory import Programme
from service.catalogue import counted, text
from service.french_text import number, percent, signed
from service.indicators import Cell, Counts

DAYS_A_MONTH = 30.4


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
    """One number with its target. `share` and `mark` are percents of the bar; no target: no mark."""

    title: str
    words: str
    share: float
    mark: float | None = None
    target_words: str = ""
    gap_words: str = ""
    reached: bool = True


class SiteRow(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    tally: Tally


class MonthPoint(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    tally: Tally


class FiguresView(msgspec.Struct, frozen=True, kw_only=True):
    figures: tuple[Figure, ...]
    rows: tuple[SiteRow, ...]
    total: Tally
    months: tuple[MonthPoint, ...]
    permanences: tuple[tuple[str, int], ...]
    unrecorded: str
    target: int | None
    """Attendance at interviews that the programme promised, in percent."""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted: cells since January, those of the month, paths, permanences of the month, a programme's targets."""

    year: Sequence[Cell]
    month_on: date
    paths: Sequence[Path]
    permanences: Sequence[Assignment]
    programme: Programme | None
    site_names: dict[str, str]
    people: int
    """Distinct participants met since January."""


def figures_view(ground: Ground) -> FiguresView:
    month = [one for one in ground.year if one.month_on == ground.month_on]
    alone = [one for one in month if one.kind != "session"]
    total, collective = tally(alone), tally(one for one in month if one.kind == "session")
    targets = ground.programme.targets if ground.programme else {}
    individual = targets.get("individual_percent")
    return FiguresView(
        figures=(
            _attendance(text("Présence aux entretiens individuels"), total, individual),
            _attendance(
                text("Présence aux séances collectives"), collective, targets.get("collective_percent")
            ),
            Figure(
                title=text("Personnes rencontrées depuis janvier"),
                words=number(ground.people),
                share=100.0 if ground.people else 0.0,
            ),
            _length(ground),
        ),
        rows=_rows(alone, ground.site_names),
        total=total,
        months=_months(ground),
        permanences=_permanences(ground.permanences),
        unrecorded=counted("{n} entretien à renseigner", "{n} entretiens à renseigner", total.unrecorded),
        target=individual,
    )


def tally(cells: Iterable[Cell]) -> Tally:
    found = tuple(cells)
    return Tally(**{name: sum(getattr(one, name) for one in found) for name in Counts.__struct_fields__})


def _attendance(title: str, found: Tally, target: int | None) -> Figure:
    value = found.attendance
    share = 100 * value if value is not None else 0.0
    if target is None or value is None:
        return Figure(title=title, words=found.attendance_words, share=share)
    gap = round(share) - target
    return Figure(
        title=title,
        words=found.attendance_words,
        share=share,
        mark=float(target),
        target_words=text("cible {percent} (trait)", percent=percent(target / 100)),
        gap_words=text("{gap} points", gap=signed(gap)) if gap else text("cible atteinte"),
        reached=gap >= 0,
    )


def _length(ground: Ground) -> Figure:
    """The mean length of paths that ended in the year."""
    lengths = [
        (one.exit_on - one.entry_on).days / DAYS_A_MONTH
        for one in ground.paths
        if one.entry_on and one.exit_on and one.exit_on.year == ground.month_on.year
    ]
    mean = sum(lengths) / len(lengths) if lengths else None
    asked = ground.programme.length_days if ground.programme else None
    target = asked / DAYS_A_MONTH if asked else None
    title = text("Durée moyenne d’un parcours")
    if mean is None:
        return Figure(title=title, words="—", share=0.0)
    words = text("{n} mois", n=number(mean, 1))
    if target is None:
        return Figure(title=title, words=words, share=100.0)
    longest = max(mean, target)
    return Figure(
        title=title,
        words=words,
        share=100 * mean / longest,
        mark=100 * target / longest,
        target_words=text("cible {n} mois (trait)", n=number(target)),
        gap_words=text("{gap} mois", gap=signed(mean - target, 1)),
        reached=mean >= target,
    )


def _rows(cells: list[Cell], names: dict[str, str]) -> tuple[SiteRow, ...]:
    by_site: dict[str, list[Cell]] = defaultdict(list)
    for one in cells:
        by_site[one.site or ""].append(one)
    rows = [
        SiteRow(name=names.get(site, site) or text("Téléphone et visio"), tally=tally(found))
        for site, found in by_site.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def _months(ground: Ground) -> tuple[MonthPoint, ...]:
    months = [ground.month_on.replace(month=rank) for rank in range(1, ground.month_on.month + 1)]
    short = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
    return tuple(
        MonthPoint(
            label=text(short[month.month - 1]),
            tally=tally(one for one in ground.year if one.month_on == month and one.kind != "session"),
        )
        for month in months
    )


def _permanences(found: Sequence[Assignment]) -> tuple[tuple[str, int], ...]:
    gone = [one for one in found if one.status == "cancelled"]
    by_site = sum(one.cancelled_by == "site" for one in gone)
    return (
        (text("Prévues"), len(found)),
        (text("Tenues ou à venir"), len(found) - len(gone)),
        (text("Annulées par le lieu"), by_site),
        (text("Annulées par nous"), len(gone) - by_site),
    )
