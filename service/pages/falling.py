"""What of a published month no longer holds by the facts of this moment: asked for once the board is there."""

from litestar import Response, get

from db.records.territory import Territory
from db.states import PlanState
from planner.breach import Breach
from service.edge.guards import COORDINATORS
from service.pages.board.broken import Months, broken_months, published_breaches
from service.pages.board.source import Month, month_dates
from service.pages.context import AnyRequest, enter
from service.pages.month_board import load_asked_month
from service.pages.rendering import page

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/a-replanifier", roles=COORDINATORS, include_in_schema=False)
async def show_falling(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The sentences and the way to re-plan; nothing while everything holds."""
    visit = await enter(request, territory, "planning")
    shown, (first_on, last_on) = await load_asked_month(visit, month), month_dates(month)
    every = await _falling(visit.territory, _decided(shown))
    here = {dates: found for dates, found in every.items() if dates[0] <= last_on and first_on <= dates[1]}
    months = await broken_months(visit.territory, here, {}, visit.shell.address("planning"))
    return page("board/falling.html", visit.shell, {"months": months})


Told = tuple[str, str, str]


async def _falling(territory: Territory, decided: set[Told]) -> Months:
    """What a pin keeps against facts entered since is among it: nobody decided that."""
    free = await published_breaches(territory)
    every = await published_breaches(territory, with_pinned=True)
    return {
        dates: tuple(one for one in found if one in free[dates] or _told(one) not in decided)
        for dates, found in every.items()
    }


def _decided(month: Month) -> set[Told]:
    """What was against a rule when it was published, and was said then."""
    published = (plan for plan in month.plans if plan.state is PlanState.PUBLISHED)
    kept = (one for plan in published for one in plan.overruled)
    return {(str(one["rule"]), str(one["about"]), str(one["on"])) for one in kept}


def _told(breach: Breach) -> Told:
    return breach.rule, breach.about, str(breach.on)
