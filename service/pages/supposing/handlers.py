"""Et si… ? Suppose facts otherwise, compute the month, lay the plans side by side, keep or discard them."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.discard_plan import discard_plan
from service.actions.request_plan import RunOptions
from service.actions.request_scenario import request_scenario
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput, NotFound, PlanInProgress
from service.pages.context import AnyRequest
from service.pages.desk import Desk, open_desk
from service.pages.forms import read
from service.pages.generation import actor_of
from service.pages.supposing.kinds import KINDS
from service.pages.supposing.shown import (
    MOST_SUPPOSED,
    Supposing,
    address_of,
    blank,
    fields_of,
    shown,
    too_many,
)
from service.pages.supposing.side_by_side import name_of_changes, scenarios_of, words_of

PLACE = "/t/{territory:str}/planning/{month:str}/et-si"
FIRST_KIND = next(iter(KINDS))


@get(PLACE, roles=COORDINATORS, include_in_schema=False)
async def show_suppositions(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The month and its scenarios side by side, and the form of one more fact; `suppose` holds those so far."""
    desk, asked = await open_desk(request, territory, month), request.query_params
    given = {name: (value,) for name, value in asked.items()}
    supposing = blank(desk, asked.get("fait", FIRST_KIND), asked.getall("suppose", []), given)
    said = text("Scénario écarté.") if asked.get("dit") == "ecarte" else ""
    return await shown(desk, supposing, need=asked.get("besoin", ""), said=said)


@post(PLACE, roles=COORDINATORS, include_in_schema=False)
async def suppose(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """One more fact supposed: asks for another, or has the month computed under all of them."""
    desk, form = await open_desk(request, territory, month), await request.form()
    sent = {name: [str(word) for word in form.getall(name)] for name in form}
    supposing, then = _with_one_more(desk, sent), next(iter(sent.get("puis", [])), "")
    if supposing.answers.problems:
        return await shown(desk, supposing, status_code=422)
    if then == "aussi":
        return Redirect(address_of(desk, supposing.kind, supposing.changes), status_code=303)
    return await _computed(request, desk, supposing)


@post(f"{PLACE}/{{number:int}}/ecarter", roles=COORDINATORS, include_in_schema=False)
async def discard_scenario(request: AnyRequest, territory: str, month: str, number: int) -> Redirect:
    """Only a scenario is thrown away from here."""
    desk = await open_desk(request, territory, month)
    found = next((one for one in scenarios_of(desk.month) if one.number == number), None)
    if found is None:
        raise NotFound(text("Ce scénario n’existe pas, ou plus."))
    await discard_plan(desk.visit.territory, found.id)
    return Redirect(f"{desk.path}/et-si?dit=ecarte", status_code=303)


def _with_one_more(desk: Desk, sent: dict[str, list[str]]) -> Supposing:
    """The facts sent, and the one of the form unless only the others are meant. Raises `NotFound`, `BadInput`."""
    before = blank(desk, next(iter(sent.get("fait", [])), ""), sent.get("suppose", []))
    if sent.get("puis") == ["seulement"]:
        return before
    kind = before.kind
    answers = kind.check(read(fields_of(desk, kind), sent))
    more = () if answers.problems else (kind.make(answers.values),)
    changes = tuple(dict.fromkeys((*before.changes, *more)))
    if len(changes) > MOST_SUPPOSED:
        return Supposing(kind, answers.or_else(fields_of(desk, kind)[0], too_many()), before.changes)
    return Supposing(kind, answers, changes)


async def _computed(request: AnyRequest, desk: Desk, supposing: Supposing) -> Response[Any]:
    """Has the scenario computed, or says on the page why not; nothing is lost."""
    settings, problem = request.app.state.settings, desk.problem
    options = RunOptions(
        time_limit_seconds=settings.solve_seconds,
        workers=settings.solve_workers,
        name=name_of_changes(supposing.changes, words_of(problem, desk.month.facts.labels)),
        changes=supposing.changes,
    )
    actor, queue = actor_of(desk.visit), request.app.state.queue
    try:
        await request_scenario(desk.visit.territory, problem.first_on, problem.last_on, options, actor, queue)
    except (PlanInProgress, BadInput, NotFound) as error:
        told = error.title if isinstance(error, PlanInProgress) else error.detail
        return await shown(desk, supposing, problem=told, status_code=422)
    return Redirect(f"{desk.path}/et-si", status_code=303)


SUPPOSING_PAGES = (show_suppositions, suppose, discard_scenario)
