"""The page "Suivi" and the files that may leave; coordinators only, nobody is named."""

import asyncio
from datetime import date, timedelta
from typing import Any

from litestar import Response, get

from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.french_text import capital, month_title
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.figures.asking import Asked, ask
from service.pages.figures.files import as_csv, as_workbook
from service.pages.figures.natures import NATURES
from service.pages.figures.view import figures_view
from service.pages.month_board import made_at
from service.pages.rendering import page
from service.paper.figures import figures_sheet
from service.paper.printing import pdf

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "/t/{territory:str}/suivi"
MONTHS_OFFERED = 14


@get(HERE, roles=COORDINATORS, include_in_schema=False)
async def show_figures(request: AnyRequest, territory: str) -> Response[str]:
    """A month beside its targets and another month, site by site, and the months of its year."""
    asked = await ask(request, territory)
    view = figures_view(await asked.ground())
    return page("figures/page.html", asked.visit.shell, {"view": view, **_words(asked, request.url.query)})


@get(f"{HERE}/indicateurs.csv", roles=COORDINATORS, include_in_schema=False)
async def export_figures_csv(request: AnyRequest, territory: str) -> Response[bytes]:
    """The month as it may leave the association."""
    asked = await ask(request, territory)
    body = as_csv(await asked.leaving_cells(), _programmes(asked), asked.site_names)
    return _file(body, "text/csv; charset=utf-8", asked.month_on, "csv")


@get(f"{HERE}/indicateurs.xlsx", roles=COORDINATORS, include_in_schema=False)
async def export_figures_workbook(request: AnyRequest, territory: str) -> Response[bytes]:
    """The month as it may leave the association, as a workbook."""
    asked = await ask(request, territory)
    body = as_workbook(await asked.leaving_cells(), _programmes(asked), asked.site_names)
    return _file(body, XLSX, asked.month_on, "xlsx")


@get(f"{HERE}/indicateurs.pdf", roles=COORDINATORS, include_in_schema=False)
async def print_figures(request: AnyRequest, territory: str) -> Response[bytes]:
    """The page on paper, counted as what may leave the association."""
    asked = await ask(request, territory)
    view = figures_view(await asked.ground(leaving=True))
    sheet = figures_sheet(view, _title(asked), asked.programme.name if asked.programme else "")
    return _file(await asyncio.to_thread(pdf, "figures", sheet, made_at()), PDF, asked.month_on, "pdf")


def _words(asked: Asked, query: str) -> dict[str, Any]:
    """The filters with what is chosen, and where the files are."""
    offered = _offered(asked)
    return {
        "title": _title(asked),
        "month": f"{asked.month_on:%Y-%m}",
        "months": offered,
        "against": f"{asked.compared_on:%Y-%m}" if asked.compared_on else "",
        "programme": asked.programme.code if asked.programme else "",
        "programmes": list(_programmes(asked).items()),
        "natures": [(code, text(name)) for code, name in NATURES.items()],
        "nature": asked.nature,
        "has_targets": any(one.targets or one.length_days for one in asked.facts.programmes),
        "query": query,
    }


def _title(asked: Asked) -> str:
    """Suivi — novembre 2026, Île-de-France"""
    month, where = month_title(asked.month_on), asked.visit.territory.name
    return text("Suivi — {month}, {where}", month=month, where=where)


def _programmes(asked: Asked) -> dict[str, str]:
    return {one.code: one.name for one in asked.facts.programmes}


def _offered(asked: Asked) -> list[tuple[str, str]]:
    """The next month, those before it, and the ones that are shown."""
    month = (today_in(asked.visit.territory).replace(day=1) + timedelta(days=62)).replace(day=1)
    months = {asked.month_on, *([asked.compared_on] if asked.compared_on else [])}
    for _ in range(MONTHS_OFFERED):
        months.add(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return [(f"{one:%Y-%m}", capital(month_title(one))) for one in sorted(months, reverse=True)]


def _file(body: bytes, media_type: str, month_on: date, ending: str) -> Response[bytes]:
    headers: dict[str, Any] = {
        "content-disposition": f'attachment; filename="indicateurs-{month_on:%Y-%m}.{ending}"',
        "cache-control": "no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


FIGURE_PAGES = (show_figures, export_figures_csv, export_figures_workbook, print_figures)
