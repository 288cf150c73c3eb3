"""The page "Suivi" and the files that may leave; coordinators only, nobody is named."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from litestar import Response, get

from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.participant import Path
from db.records.territory import Programme
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput
from service.french_text import capital, month_title
from service.indicators import Cell, cells
from service.pages.board.source import month_dates, today_in
from service.pages.context import AnyRequest, Visit, enter
from service.pages.figures.files import as_csv, as_workbook
from service.pages.figures.view import Ground, figures_view
from service.pages.remembered import territory_facts
from service.pages.rendering import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "/t/{territory:str}/suivi"
MONTHS_OFFERED = 14


class Counted(NamedTuple):
    """What was asked for: the month, the programme if one, everything published since January of that year."""

    visit: Visit
    facts: Facts
    month_on: date
    programme: Programme | None
    found: tuple[Assignment, ...]

    @property
    def paths(self) -> list[Path]:
        return [
            one for one in self.facts.paths if self.programme is None or one.programme == self.programme.code
        ]

    @property
    def site_names(self) -> dict[str, str]:
        return {one.code: one.short_name or one.name for one in self.facts.sites}

    async def cells(self, *, leaving: bool, month_only: bool = False) -> tuple[Cell, ...]:
        chosen = [one for one in self.found if not month_only or one.held_on >= self.month_on]
        noted = await attendance_of(self.visit.territory.id, [one.id for one in chosen])
        return cells(chosen, noted, datetime.now(UTC), leaving=leaving)


@get(HERE, roles=COORDINATORS, include_in_schema=False)
async def show_figures(request: AnyRequest, territory: str) -> Response[str]:
    """A month beside its targets, site by site, and the months of its year."""
    asked = await _counted(request, territory)
    met = {one.participant for one in asked.found if one.participant and one.status == "held"}
    ground = Ground(
        year=await asked.cells(leaving=False),
        month_on=asked.month_on,
        paths=asked.paths,
        permanences=[
            one for one in asked.found if one.kind == "permanence" and one.held_on >= asked.month_on
        ],
        programme=asked.programme,
        site_names=asked.site_names,
        people=len(met),
    )
    words = {
        "view": figures_view(ground),
        "month_words": month_title(asked.month_on),
        "month": f"{asked.month_on:%Y-%m}",
        "months": _offered(asked),
        "programme": asked.programme.code if asked.programme else "",
        "programmes": [(one.code, one.name) for one in asked.facts.programmes],
        "query": request.url.query,
    }
    return page("figures/page.html", asked.visit.shell, words)


@get(f"{HERE}/indicateurs.csv", roles=COORDINATORS, include_in_schema=False)
async def export_figures_csv(request: AnyRequest, territory: str) -> Response[bytes]:
    """The month as it may leave the association."""
    asked = await _counted(request, territory)
    body = as_csv(await asked.cells(leaving=True, month_only=True), _programmes(asked), asked.site_names)
    return _file(body, "text/csv; charset=utf-8", f"indicateurs-{asked.month_on:%Y-%m}.csv")


@get(f"{HERE}/indicateurs.xlsx", roles=COORDINATORS, include_in_schema=False)
async def export_figures_workbook(request: AnyRequest, territory: str) -> Response[bytes]:
    """The month as it may leave the association, as a workbook."""
    asked = await _counted(request, territory)
    body = as_workbook(await asked.cells(leaving=True, month_only=True), _programmes(asked), asked.site_names)
    return _file(body, XLSX, f"indicateurs-{asked.month_on:%Y-%m}.xlsx")


async def _counted(request: AnyRequest, territory: str) -> Counted:
    visit = await enter(request, territory, "suivi")
    facts = await territory_facts(visit.territory)
    asked = request.query_params.get("mois") or f"{today_in(visit.territory):%Y-%m}"
    try:
        first_on, last_on = month_dates(asked)
    except ValueError:
        raise BadInput(text("Ce mois n’existe pas.")) from None
    code = request.query_params.get("dispositif") or None
    programme = next((one for one in facts.programmes if one.code == code), None)
    if code is not None and programme is None:
        raise BadInput(text("Ce dispositif n’existe pas."))
    wanted = Wanted(from_on=first_on.replace(month=1), until_on=last_on)
    found = await assignments_of(visit.territory.id, wanted)
    own = tuple(one for one in found if programme is None or one.programme == programme.code)
    return Counted(visit, facts, first_on, programme, own)


def _programmes(asked: Counted) -> dict[str, str]:
    return {one.code: one.name for one in asked.facts.programmes}


def _offered(asked: Counted) -> list[tuple[str, str]]:
    """This month, those before it, and the one that is shown."""
    month = (today_in(asked.visit.territory).replace(day=1) + timedelta(days=62)).replace(day=1)
    months = {asked.month_on}
    for _ in range(MONTHS_OFFERED):
        months.add(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return [(f"{one:%Y-%m}", capital(month_title(one))) for one in sorted(months, reverse=True)]


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    headers: dict[str, Any] = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


FIGURE_PAGES = (show_figures, export_figures_csv, export_figures_workbook)
