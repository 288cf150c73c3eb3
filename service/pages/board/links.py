"""Addresses of the board: every view, filter and month is a plain link that can be kept."""

from datetime import date, timedelta
from urllib.parse import urlencode

import msgspec

from service.catalogue import gettext
from service.french_text import capital, month_title, short_day_month
from service.pages.month_board_view import Grouping, Options, Shape

GROUPINGS: tuple[tuple[Grouping, str], ...] = (("lieu", "Lieu"), ("personne", "Personne"))
SHAPES: tuple[tuple[Shape, str], ...] = (
    ("mois", "Mois"),
    ("semaine", "Semaine"),
    ("jour", "Jour"),
    ("liste", "Liste"),
)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    address: str
    current: bool = False


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of the board links to. `path` is the month's address without its query."""

    path: str
    root: str
    options: Options
    first_on: date
    shown_on: date | None = None
    """The day, or a day of the week, that is looked at."""
    paper_on: date | None = None
    """The day whose sheets are offered, as `paper_day` finds it."""
    answers: bool = True
    """The plan that is drawn can be asked why: it is a version, not what a computation has found so far."""

    @property
    def absence_form(self) -> str:
        """A new absence, from the day that is looked at; it leads back to this month."""
        asked = {"mois": f"{self.first_on:%Y-%m}", "from_on": self.shown_on or self.first_on}
        return f"{self.root.removesuffix('planning')}fiche/absences/nouveau?{urlencode(asked)}"

    @property
    def day_paper(self) -> Choice | None:
        if self.paper_on is None:
            return None
        words = gettext("La journée du {day}, feuilles comprises (PDF)")
        return Choice(
            label=words.format(day=short_day_month(self.paper_on)),
            address=self.below(f"journee/{self.paper_on}.pdf"),
        )

    @property
    def groupings(self) -> list[Choice]:
        return [
            Choice(label=gettext(label), address=self._to(by=code), current=code == self.options.by)
            for code, label in GROUPINGS
        ]

    @property
    def shapes(self) -> list[Choice]:
        return [
            Choice(label=gettext(label), address=self._to(shape=code), current=code == self.options.shape)
            for code, label in SHAPES
        ]

    @property
    def before(self) -> Choice:
        return self._step(-1)

    @property
    def after(self) -> Choice:
        return self._step(1)

    @property
    def here(self) -> str:
        """This very view again."""
        return self._to()

    @property
    def unfiltered(self) -> str:
        return self._to(sites=frozenset(), people=frozenset(), kinds=frozenset(), missing_only=False)

    def day(self, on: date) -> str:
        return self._to(shape="jour", around_on=on)

    def week(self, on: date) -> str:
        return self._to(shape="semaine", around_on=on)

    def below(self, rest: str) -> str:
        return f"{self.path}/{rest}"

    def _to(self, **changes: object) -> str:
        return f"{self.path}?{urlencode(query(msgspec.structs.replace(self.options, **changes)))}"

    def _step(self, direction: int) -> Choice:
        """The month before or after; in a week or a day, the week or day before or after."""
        around = self.options.around_on or self.shown_on or self.first_on
        if self.options.shape in ("semaine", "jour"):
            on = around + direction * timedelta(days=7 if self.options.shape == "semaine" else 1)
            while self.options.shape == "jour" and on.weekday() > 4:
                on += direction * timedelta(days=1)
            if (on.year, on.month) == (self.first_on.year, self.first_on.month):
                return Choice(label=short_day_month(on), address=self._to(around_on=on))
        month = _shifted(self.first_on, direction)
        kept = urlencode(query(msgspec.structs.replace(self.options, around_on=None)))
        return Choice(label=capital(month_title(month)), address=f"{self.root}/{month:%Y-%m}?{kept}")


def query(options: Options) -> list[tuple[str, str]]:
    """The options as pairs of an address; what is usual is left out but for the two choices."""
    pairs: list[tuple[str, str]] = [("par", options.by), ("vue", options.shape)]
    if options.around_on:
        pairs.append(("jour", options.around_on.isoformat()))
    for name, values in (("lieu", options.sites), ("qui", options.people), ("quoi", options.kinds)):
        pairs += [(name, value) for value in sorted(values)]
    pairs += [("manque", "1")] * options.missing_only + [("samedi", "1")] * options.saturdays
    return pairs


def _shifted(first_on: date, months: int) -> date:
    index = first_on.year * 12 + first_on.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
