"""The words of the page "Suivi": four figures with their targets, a row a site, a curve of the months."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from db.records.assignment import Assignment
from service.catalogue import counted, text
from service.french_text import month_title, number, short_month, signed
from service.indicators import FEWEST, Cell, in_steps
from service.pages.figures.ground import Against, Ground
from service.pages.figures.natures import NATURES
from service.pages.figures.tally import Figure, Tally, against_words, attendance_figure, tally

DAYS_A_MONTH = 30.4


class SiteRow(msgspec.Struct, frozen=True, kw_only=True):
    """`before`: the attendance of the month compared with."""

    name: str
    tally: Tally
    before: str = ""


class MonthPoint(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    tally: Tally


class FiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """`against` names the month compared with, empty when there is none; `compares` whether it has anything."""

    figures: tuple[Figure, ...]
    rows: tuple[SiteRow, ...]
    total: SiteRow
    nature: str
    months: tuple[MonthPoint, ...]
    permanences: tuple[tuple[str, int], ...]
    unrecorded: str
    target: int | None
    """Attendance that the programme promised of what is looked at, in percent."""
    against: str = ""
    against_short: str = ""
    compares: bool = False


def figures_view(ground: Ground) -> FiguresView:
    chosen = _of_month(ground.cells.chosen, ground.month_on)
    total = tally(chosen)
    before = ground.against
    unrecorded = tally(_of_month(ground.cells.alone, ground.month_on)).unrecorded
    return FiguresView(
        figures=(*_attendances(ground), _people(ground), _length(ground)),
        rows=_rows(chosen, ground),
        total=SiteRow(
            name=text("Ensemble"),
            tally=total,
            before=against_words(total, tally(before.cells.chosen)) if before else "",
        ),
        nature=text(NATURES[ground.nature]),
        months=_months(ground),
        permanences=_permanences(ground.permanences),
        unrecorded=counted("{n} entretien à renseigner", "{n} entretiens à renseigner", unrecorded),
        target=_target(ground, "collective_percent" if ground.nature == "session" else "individual_percent"),
        against=month_title(before.month_on) if before else "",
        against_short=short_month(before.month_on) if before else "",
        compares=bool(before and (before.cells.alone or before.cells.together)),
    )


def _of_month(cells: Sequence[Cell], month_on: date) -> list[Cell]:
    return [one for one in cells if one.month_on == month_on]


def _target(ground: Ground, name: str) -> int | None:
    return ground.programme.targets.get(name) if ground.programme else None


def _attendances(ground: Ground) -> tuple[Figure, ...]:
    """Of interviews and of collective sessions, whatever nature is looked at."""
    alone = tally(_of_month(ground.cells.alone, ground.month_on))
    together = tally(_of_month(ground.cells.together, ground.month_on))
    earlier = ground.against.cells if ground.against else None
    return (
        attendance_figure(
            text("Présence aux entretiens individuels"),
            alone,
            _target(ground, "individual_percent"),
            _in_month(ground.against, against_words(alone, tally(earlier.alone))) if earlier else "",
        ),
        attendance_figure(
            text("Présence aux séances collectives"),
            together,
            _target(ground, "collective_percent"),
            _in_month(ground.against, against_words(together, tally(earlier.together))) if earlier else "",
        ),
    )


def _in_month(against: Against | None, words: str) -> str:
    return text("{month} : {words}", month=month_title(against.month_on), words=words) if against else ""


def _people(ground: Ground) -> Figure:
    """What leaves goes up by five people at least, from one month's paper to another's too."""
    known = ground.against.met if ground.against else ()
    return Figure(
        title=text("Personnes rencontrées depuis janvier"),
        words=_met_words(ground.met, leaving=ground.leaving),
        has_target=False,
        before=_until(ground.against, _met_words(known, leaving=ground.leaving)) if known else "",
    )


def _met_words(met: tuple[int, ...], *, leaving: bool) -> str:
    told = in_steps(met) if leaving else met[-1]
    if told == met[-1]:
        return number(told)
    return text("au moins {n}", n=number(told)) if told else text("moins de {n}", n=FEWEST)


def _until(against: Against | None, words: str) -> str:
    return text("fin {month} : {n}", month=month_title(against.month_on), n=words) if against else ""


def _length(ground: Ground) -> Figure:
    """The mean length of paths that ended in the year."""
    lengths = [
        (one.exit_on - one.entry_on).days / DAYS_A_MONTH
        for one in ground.paths
        if one.entry_on and one.exit_on and one.exit_on.year == ground.month_on.year
    ]
    told = len(lengths) >= (FEWEST if ground.leaving else 1)
    title = text("Durée moyenne d’un parcours")
    if not told:
        return Figure(title=title, words="—")
    mean = sum(lengths) / len(lengths)
    words = text("{n} mois", n=number(mean, 1))
    asked = ground.programme.length_days if ground.programme else None
    if not asked:
        return Figure(title=title, words=words)
    target = asked / DAYS_A_MONTH
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


def _rows(cells: list[Cell], ground: Ground) -> tuple[SiteRow, ...]:
    earlier = _by_site(ground.against.cells.chosen) if ground.against else {}
    rows = [
        SiteRow(
            name=_site_name(site, ground),
            tally=tally(found),
            before=against_words(tally(found), tally(earlier.get(site, ()))) if ground.against else "",
        )
        for site, found in _by_site(cells).items()
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def _by_site(cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for one in cells:
        found[one.site or ""].append(one)
    return found


def _site_name(site: str, ground: Ground) -> str:
    """Without a site: a call; in what leaves also whatever was merged."""
    if site:
        return ground.site_names.get(site, site)
    return text("Regroupé, téléphone et visio") if ground.leaving else text("Téléphone et visio")


def _months(ground: Ground) -> tuple[MonthPoint, ...]:
    months = [ground.month_on.replace(month=rank) for rank in range(1, ground.month_on.month + 1)]
    short = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
    return tuple(
        MonthPoint(label=text(short[month.month - 1]), tally=tally(_of_month(ground.cells.chosen, month)))
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
