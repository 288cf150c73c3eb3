"""What of a published month no longer holds by the facts of this moment: asked for once the board is there."""

from datetime import date

from litestar import Response, get

from db.queries.plans import plans_of
from db.records.territory import Territory
from db.states import PlanState
from planner.breach import Breach
from service.edge.guards import COORDINATORS
from service.pages.board.broken import Months, broken_months, published_breaches
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
    first_on, last_on = month_dates(month)
    every = await _falling(visit.territory)
    here = {dates: found for dates, found in every.items() if dates[0] <= last_on and first_on <= dates[1]}
    months = await broken_months(visit.territory, here, {}, visit.shell.address("planning"))
    return page("board/falling.html", visit.shell, {"months": months})


Told = tuple[str, str, str]


async def _falling(territory: Territory) -> Months:
    """What a pin keeps against facts entered since is among it: nobody decided that."""
    free = await published_breaches(territory)
    every = await published_breaches(territory, with_pinned=True)
    decided = {dates: await _decided(territory, dates) for dates in every}
    return {
        dates: tuple(one for one in found if one in free[dates] or _told(one) not in decided[dates])
        for dates, found in every.items()
    }


async def _decided(territory: Territory, dates: tuple[date, date]) -> set[Told]:
    """What was against a rule when it was published, and was said then, by a version of a week as by one of a quarter."""
    published = await plans_of(territory.id, touching=dates, states=(PlanState.PUBLISHED,))
    kept = (one for plan in published for one in plan.overruled)
    return {(str(one["rule"]), str(one["about"]), str(one["on"])) for one in kept}


def _told(breach: Breach) -> Told:
    return breach.rule, breach.about, str(breach.on)
