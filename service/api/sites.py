"""What sites are asked and told, for the coordination."""

from datetime import date
from typing import Any

from litestar import Request, Router, get, post
from litestar.params import FromPath, JSONBody

from service.actions.answer_site import Answerer, Said, answer_site
from service.actions.ask_site import ask_site, read_site_month
from service.actions.send_access_list import read_access_month, send_access_list
from service.api.dependencies import IN_A_TERRITORY, ActorOf, TerritoryOf
from service.edge.guards import COORDINATORS
from service.schemas.sites import (
    AccessView,
    AnswersRequest,
    SiteMonthView,
    access_view,
    site_month_view,
)

AnyRequest = Request[Any, Any, Any]


@get(
    "/dates",
    operation_id="read_site_dates",
    roles=COORDINATORS,
    summary="Proposed dates and the site's answers",
)
async def get_dates(within: TerritoryOf, site: FromPath[str], month_on: FromPath[date]) -> SiteMonthView:
    return site_month_view(await read_site_month(within, site, month_on))


@post(
    "/dates/ask",
    operation_id="ask_site",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    summary="Mail the site its dates",
)
async def post_ask(
    request: AnyRequest, within: TerritoryOf, site: FromPath[str], month_on: FromPath[date]
) -> SiteMonthView:
    """400 without an address, 409 when nothing is proposed."""
    address = request.app.state.settings.address
    return site_month_view(await ask_site(within, site, month_on, address))


@post(
    "/dates/answers",
    operation_id="note_site_dates",
    roles=COORDINATORS,
    status_code=200,
    summary="Note what a site said on the telephone",
)
async def post_answers(
    within: TerritoryOf,
    actor: ActorOf,
    site: FromPath[str],
    month_on: FromPath[date],
    data: JSONBody[AnswersRequest],
) -> SiteMonthView:
    """An impossible half-day becomes a closure: the next plan avoids it."""
    month = await read_site_month(within, site, month_on)
    said: Said = {(one.on, one.half_day): one.answer for one in data.answers}
    await answer_site(within, month, said, Answerer("call", actor, said_by=data.said_by))
    return site_month_view(await read_site_month(within, site, month_on))


@get(
    "/access-list",
    operation_id="read_access_list",
    roles=COORDINATORS,
    summary="Who enters the site, changes marked",
)
async def get_access(within: TerritoryOf, site: FromPath[str], month_on: FromPath[date]) -> AccessView:
    """Staff and speakers, never a participant."""
    return access_view(await read_access_month(within, site, month_on))


@post(
    "/access-list/send",
    operation_id="send_access_list",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    summary="Send the list to the site, and keep it as sent",
)
async def post_access(
    request: AnyRequest, within: TerritoryOf, actor: ActorOf, site: FromPath[str], month_on: FromPath[date]
) -> AccessView:
    address = request.app.state.settings.address
    return access_view(await send_access_list(within, site, month_on, address, by=actor.account_id))


SITES = Router(
    "/api/territories/{territory:str}/sites/{site:str}/months/{month_on:date}",
    tags=["sites"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[get_dates, post_ask, post_answers, get_access, post_access],
)
