"""Calling off something published from the board: by whom and why, at once, then the list of who to tell."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.assignments import Wanted, assignments_of
from db.records.assignment import Assignment
from service.actions.cancel_today import cancel_today
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import NotFound
from service.pages.asking_again import answered, asks_again
from service.pages.board.activities import activities
from service.pages.context import AnyRequest
from service.pages.desk import Desk, is_of, open_desk, panel
from service.pages.form_parts import sent
from service.pages.forms import Field
from service.pages.generation import actor_of
from service.pages.why_called_off import reason_field

MONTH = "/t/{territory:str}/planning/{month:str}"
BY = Field(name="par", label=text("Annulé par"), kind="radios", required=True,
           options=(("us", text("nous")), ("site", text("le lieu"))))  # fmt: skip


@get(f"{MONTH}/decommander", roles=COORDINATORS, include_in_schema=False)
async def ask_to_call_off_published(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """By whom, and why: one choice each."""
    desk = await open_desk(request, territory, month)
    return await call_off_panel(request, desk, request.query_params.get("cle", ""))


async def _ask_again(request: AnyRequest, territory: str, month: str) -> Response[str]:
    (key,) = await sent(request, "cle")
    return await call_off_panel(request, await open_desk(request, territory, month), key)


@post(f"{MONTH}/decommander", roles=COORDINATORS, include_in_schema=False)
@asks_again(_ask_again)
async def call_off_published(request: AnyRequest, territory: str, month: str) -> Redirect:
    """Holds at once, without a publication; the answer is who is to be told."""
    desk = await open_desk(request, territory, month)
    (key,) = await sent(request, "cle")
    asked = await answered(request, BY, reason_field(desk.visit.territory))
    found, actor = await _published(desk, key), actor_of(desk.visit)
    await cancel_today(desk.visit.territory, found.id, actor, reason=asked["raison"], by=asked["par"])
    query = urlencode({"quoi": found.id, "personne": found.staff[0], "planning": month})
    return Redirect(f"{desk.visit.shell.address('ma-semaine/prevenir')}?{query}", status_code=303)


async def call_off_panel(request: AnyRequest, desk: Desk, key: str) -> Response[str]:
    """The question in the panel; what is over already is only said to be."""
    found = await _published(desk, key)
    inside = await assignments_of(desk.visit.territory.id, Wanted(host_ids=(found.id,)))
    plan = desk.month.facts.plan
    shown = next((one for one in activities(desk.problem, plan) if is_of(one, key)), None) if plan else None
    words = {
        "key": key,
        "title": f"{desk.words.title(shown)}, {desk.words.site(found.site)}" if shown else key,
        "on": found.held_on,
        "over": found.status not in ("planned", "to_confirm") or found.ends_at <= datetime.now(UTC),
        "inside": sum(one.status in ("planned", "to_confirm") for one in inside),
        "by": BY,
        "reason": reason_field(desk.visit.territory),
    }
    return panel(request, desk, "board/call_off.html", words)


async def _published(desk: Desk, key: str) -> Assignment:
    """Raises `NotFound` on what is not published in this month, or called off already."""
    wanted = Wanted(from_on=desk.problem.first_on, until_on=desk.problem.last_on)
    every = await assignments_of(desk.visit.territory.id, wanted)
    found = next((one for one in every if one.key == key and one.status != "cancelled"), None)
    if found is None:
        raise NotFound(text("Cela n’est plus dans le planning."))
    return found


CALLING_OFF: tuple[Any, ...] = (ask_to_call_off_published, call_off_published)
