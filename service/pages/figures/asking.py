"""What the page "Suivi" is asked for, and what is counted for it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.queries.facts import facts_of
from db.records.assignment import Assignment
from db.records.attendance import Attendance
from db.records.facts import Facts
from db.records.territory import Programme
from service.catalogue import text
from service.errors import BadInput
from service.indicators import Cell, cells
from service.pages.board.source import month_dates, today_in
from service.pages.context import AnyRequest, Visit, enter
from service.pages.figures.ground import Against, Cells, Ground
from service.pages.figures.natures import is_of_nature, read_nature


class Asked(NamedTuple):
    """The filters, and everything published since January of the month's year; `before` is of the month compared with.

    `chose_against` says whether somebody asked for that month, or it is the one before.
    """

    visit: Visit
    facts: Facts
    month_on: date
    programme: Programme | None
    nature: str
    against_on: date | None
    chose_against: bool
    found: tuple[Assignment, ...]
    before: tuple[Assignment, ...]

    @property
    def site_names(self) -> dict[str, str]:
        return {one.code: one.short_name or one.name for one in self.facts.sites}

    @property
    def compared_on(self) -> date | None:
        """Null when nothing was published in the month before, and nobody asked for it."""
        return self.against_on if self.chose_against or self.before else None

    async def leaving_cells(self) -> tuple[Cell, ...]:
        """The month as it may leave the association."""
        chosen = [one for one in self.found if one.held_on >= self.month_on]
        noted = await attendance_of(self.visit.territory.id, [one.id for one in chosen])
        return cells(chosen, noted, datetime.now(UTC), leaving=True)

    async def ground(self, *, leaving: bool = False) -> Ground:
        """What the page shows; `leaving` merges what is small, as in every file."""
        every = {one.id for one in (*self.found, *self.before)}
        noted = await attendance_of(self.visit.territory.id, list(every))
        code = self.programme.code if self.programme else None
        return Ground(
            cells=self._cells(self.found, noted, leaving=leaving),
            against=self._against(noted, leaving=leaving),
            month_on=self.month_on,
            paths=[one for one in self.facts.paths if code is None or one.programme == code],
            permanences=[
                one for one in self.found if one.kind == "permanence" and one.held_on >= self.month_on
            ],
            programme=self.programme,
            site_names=self.site_names,
            met=_met(self.found, self.month_on),
            nature=self.nature,
            leaving=leaving,
        )

    def _against(self, noted: Sequence[Attendance], *, leaving: bool) -> Against | None:
        if self.compared_on is None:
            return None
        is_earlier = self.month_on.replace(month=1) <= self.compared_on < self.month_on
        return Against(
            month_on=self.compared_on,
            cells=self._cells(self.before, noted, leaving=leaving),
            met=_met(self.found, self.compared_on) if is_earlier else (),
        )

    def _cells(self, found: Sequence[Assignment], noted: Sequence[Attendance], *, leaving: bool) -> Cells:
        now = datetime.now(UTC)
        alone = [one for one in found if one.kind == "interview"]
        together = [one for one in found if one.kind == "session"]
        chosen = [one for one in found if is_of_nature(self.nature, one)]
        return Cells(*(cells(some, noted, now, leaving=leaving) for some in (chosen, alone, together)))


async def ask(request: AnyRequest, territory: str) -> Asked:
    """Raises `BadInput` on a month, a programme or a nature that does not exist."""
    visit = await enter(request, territory, "suivi")
    facts = await facts_of(visit.territory.id)
    month_on, last_on = _month(request.query_params.get("mois") or f"{today_in(visit.territory):%Y-%m}")
    programme = _programme(facts, request.query_params.get("dispositif") or None)
    typed = request.query_params.get("avec")
    against = _month(typed) if typed else _month(f"{month_on - timedelta(days=1):%Y-%m}")
    wanted_on = None if typed == "" else against[0]
    return Asked(
        visit=visit,
        facts=facts,
        month_on=month_on,
        programme=programme,
        nature=read_nature(request.query_params.get("nature", "")),
        against_on=wanted_on,
        chose_against=bool(typed),
        found=await _found(visit, month_on.replace(month=1), last_on, programme),
        before=await _found(visit, *against, programme) if wanted_on else (),
    )


async def _found(
    visit: Visit, from_on: date, until_on: date, programme: Programme | None
) -> tuple[Assignment, ...]:
    found = await assignments_of(visit.territory.id, Wanted(from_on=from_on, until_on=until_on))
    return tuple(one for one in found if programme is None or one.programme == programme.code)


def _month(typed: str) -> tuple[date, date]:
    try:
        return month_dates(typed)
    except ValueError:
        raise BadInput(text("Ce mois n’existe pas.")) from None


def _programme(facts: Facts, code: str | None) -> Programme | None:
    found = next((one for one in facts.programmes if one.code == code), None)
    if code is not None and found is None:
        raise BadInput(text("Ce dispositif n’existe pas."))
    return found


def _met(found: Sequence[Assignment], month_on: date) -> tuple[int, ...]:
    """Distinct participants who were met since January, by the end of each month until this one."""
    met: set[str] = set()
    totals = []
    for rank in range(1, month_on.month + 1):
        month = (month_on.year, rank)
        met |= {
            one.participant
            for one in found
            if one.participant and one.status == "held" and (one.held_on.year, one.held_on.month) == month
        }
        totals.append(len(met))
    return tuple(totals)
