"""For the coordination: how full each site is over the months, what partners asked for and got, where places become scarce."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import NamedTuple

from litestar import Response, get

from db.records.orientation import Demand
from service.actions.read_filling import PartnerFigures, read_figures
from service.edge.guards import COORDINATORS
from service.french_text import month_title
from service.pages.context import AnyRequest, enter
from service.pages.rendering import page
from service.partners.filling import WEEKS_AHEAD, WEEKS_BEFORE, Filling
from service.partners.when import site_name


class SiteRow(NamedTuple):
    """A site's filling by month; None where nothing was published."""

    site: str
    months: tuple[Filling | None, ...]


class DemandRow(NamedTuple):
    partner: str
    site: str
    asked: int
    got: int


@get("/t/{territory:str}/partenaires/remplissage", roles=COORDINATORS, include_in_schema=False)
async def show_filling(request: AnyRequest, territory: str) -> Response[str]:
    """Counts only: nobody is named, no reference is shown."""
    visit = await enter(request, territory, "partenaires")
    figures = await read_figures(visit.territory, datetime.now(UTC))
    months = sorted({one.month_on for one in figures.fillings})
    words = {
        "months": [month_title(one) for one in months],
        "rows": _rows(figures, months),
        "scarce": [(site_name(figures.facts, one.site), one) for one in figures.scarcity],
        "demands": _demands(figures),
        "weeks_ahead": WEEKS_AHEAD,
        "weeks_before": WEEKS_BEFORE,
    }
    return page("partner/filling.html", visit.shell, words)


def _rows(figures: PartnerFigures, months: list[date]) -> list[SiteRow]:
    by_site: dict[str, dict[date, Filling]] = defaultdict(dict)
    for one in figures.fillings:
        by_site[one.site][one.month_on] = one
    rows = [
        SiteRow(site_name(figures.facts, site), tuple(found.get(month) for month in months))
        for site, found in by_site.items()
    ]
    return sorted(rows, key=lambda row: row.site)


def _demands(figures: PartnerFigures) -> list[DemandRow]:
    found: dict[tuple[str, str], list[Demand]] = defaultdict(list)
    for one in figures.demand:
        found[one.partner, one.site].append(one)
    names = figures.facts.partners
    return [
        DemandRow(
            partner=names[partner].name if partner in names else partner,
            site=site_name(figures.facts, site),
            asked=sum(one.asked_count for one in weeks),
            got=sum(one.got_count for one in weeks),
        )
        for (partner, site), weeks in sorted(found.items())
    ]
