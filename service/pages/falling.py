"""What of a published month no longer holds by the facts of this moment: asked for once the board is there."""

from litestar import Response, get

from service.edge.guards import COORDINATORS
from service.pages.board.broken import broken_months, published_breaches
from service.pages.board.source import month_dates
from service.pages.context import AnyRequest, enter
from service.pages.month_board import load_asked_month
from service.pages.rendering import page

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/a-replanifier", roles=COORDINATORS, include_in_schema=False)
async def show_falling(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The sentences and the way to re-plan; nothing while everything holds."""
    visit = await enter(request, territory, "planning")
    await load_asked_month(visit, month)
    every, (first_on, last_on) = await published_breaches(visit.territory), month_dates(month)
    here = {dates: found for dates, found in every.items() if dates[0] <= last_on and first_on <= dates[1]}
    months = await broken_months(visit.territory, here, {}, visit.shell.address("planning"))
    return page("board/falling.html", visit.shell, {"months": months})
