"""Where else one interview or session could be: places that break nothing, with their price, taken in one click."""

import asyncio
from typing import Any

from litestar import Response, get, post

from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import NotFound
from service.pages.context import AnyRequest
from service.pages.desk import asked_item, hour_of_item, open_desk, panel, title_of
from service.pages.edits import asked_now, desk_to_edit, keep_edit, refuse_stale, sent_fields
from service.pages.explaining import elsewhere, rewrite_to

PAGE = "/t/{territory:str}/planning/{month:str}/ailleurs"


@get(PAGE, roles=COORDINATORS, include_in_schema=False)
async def show_elsewhere(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The best other places of one thing, if nothing else moves."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, request.query_params.get("cle", ""))
    found = await asyncio.to_thread(elsewhere, desk, item)
    context = {
        "item": item,
        "title": title_of(desk, item),
        "hour": hour_of_item(desk, item),
        "places": tuple(offer for _, offer in found),
    }
    return panel(request, desk, "board/elsewhere.html", context)


@post(PAGE, roles=COORDINATORS, include_in_schema=False)
async def move_elsewhere(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Puts it there, unless that place is no longer free."""
    desk, sent = await desk_to_edit(request, territory, month), await sent_fields(request)
    item = await asked_now(desk, sent)
    if item is None:
        return await refuse_stale(request, desk, text("déplacer"))
    for after, offer in await asyncio.to_thread(elsewhere, desk, item):
        if offer.code == sent.get("place"):
            words = text("{what} : {where}", what=title_of(desk, item), where=offer.where)
            return await keep_edit(request, desk, rewrite_to(desk, after, decided=False), words)
    raise NotFound(text("Cette place n’est plus libre."))
