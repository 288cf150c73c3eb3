"""Reasons and repairs of what is not placed: read, tried on the board, applied in one click."""

import asyncio
from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.facts import facts_of
from planner.errors import PlannerError
from planner.fact_changes import FactChange
from planner.plan import Plan
from planner.suggest import Suggestion
from planner.wanted import joined
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import NotFound
from service.french_text import half_day_of
from service.messages.explanations import Explained
from service.pages.board.activities import activities, marked
from service.pages.board.by_site import WORKSHOPS, SiteRows
from service.pages.board.chips import against
from service.pages.board.fact_to_note import where_noted
from service.pages.board.todo import Need, need_key, needs
from service.pages.context import AnyRequest
from service.pages.desk import Desk, open_desk, panel
from service.pages.edits import is_stale, keep_edit, refuse_stale, sent_fields, with_draft
from service.pages.explaining import (
    Answer,
    Offered,
    answer,
    explainer,
    free_place,
    numbers_of,
    places,
    repair_of,
    rewrite_to,
)
from service.pages.fact_origins import origins

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/pourquoi", roles=COORDINATORS, include_in_schema=False)
async def show_why(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The facts that keep a need from being placed, and what would help."""
    desk = await open_desk(request, territory, month)
    need = need_asked(desk, request.query_params.get("besoin", ""))
    found = await _answer(desk, need.key)
    numbers = await asyncio.to_thread(numbers_of, desk, need.key) if found.is_blocked else ""
    entered = await origins(desk.visit.territory, desk.problem, found.facts)
    reasons = list(zip_longest(found.reasons, entered, fillvalue=""))
    words = {"need": need, "found": found, "reasons": reasons, "numbers": numbers}
    return panel(request, desk, "board/why.html", words)


@get(f"{MONTH}/manque", roles=COORDINATORS, include_in_schema=False)
async def show_left_out(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """What a row's count misses or holds against a rule: a single thing is shown at once, several are listed."""
    desk = await open_desk(request, territory, month)
    row = request.query_params.get("rangee", "")
    found, broken = left_out_of(desk, row), broken_of(desk, row)
    match (found, broken):
        case ((one,), ()):
            return Redirect(f"{desk.path}/pourquoi?{urlencode({'besoin': one.key})}")
        case ((), (one,)):
            return Redirect(f"{desk.path}/detail?{urlencode({'cle': one.key})}")
    words = {"row": _row_name(desk, row), "found": found, "broken": broken}
    return panel(request, desk, "board/left_out.html", words)


@get(f"{MONTH}/reparations", roles=COORDINATORS, include_in_schema=False)
async def show_repairs(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The same for the card of the panel."""
    desk = await open_desk(request, territory, month)
    need = need_asked(desk, request.query_params.get("besoin", ""))
    found = await _answer(desk, need.key)
    return panel(request, desk, "board/repairs.html", {"need": need, "found": found})


@get(f"{MONTH}/essayer", roles=COORDINATORS, include_in_schema=False)
async def try_repair(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """One repair as it would be: its cell on the board, what each goal pays, and the button that applies it."""
    desk, asked = await open_desk(request, territory, month), request.query_params
    need = need_asked(desk, asked.get("besoin", ""))
    found = await _answer(desk, need.key)
    one = await asyncio.to_thread(_chosen, desk, need.key, found, asked.get("reparation", ""))
    return panel(request, desk, "board/try.html", {"need": need, "one": one})


@post(f"{MONTH}/appliquer", roles=COORDINATORS, include_in_schema=False)
async def apply_repair(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Places it in the draft, also in one opened for it; what a repair supposes otherwise stands there as a decision."""
    shown, sent = await open_desk(request, territory, month), await sent_fields(request)
    desk = await with_draft(shown, sent)
    key, code = sent.get("besoin", ""), sent.get("reparation", "")
    if is_stale(desk, sent):
        return await refuse_stale(request, desk, text("placer ce besoin"))
    after, words, supposed = await asyncio.to_thread(_after, shown, key, code)
    rewrite = rewrite_to(desk, after, decided=supposed is not None)
    noting = where_noted(supposed, await facts_of(desk.visit.territory.id))
    return await keep_edit(request, desk, rewrite, words, to_note=noting)


def _after(desk: Desk, key: str, code: str) -> tuple[Plan, str, FactChange | None]:
    """The plan after it, in words, and the fact that a person decides against. Raises `NotFound`."""
    title, repair = need_asked(desk, key).title, repair_of(desk, key, code)
    if repair is not None:
        words = Explained(explainer(desk).view, desk.names(), desk.rooms()).repair(repair)
        supposing = text("{what} : placé en supposant « {fact} »", what=title, fact=words)
        placed = text("{what} : {where}", what=title, where=words)
        return repair.plan, placed if repair.change is None else supposing, repair.change
    for suggestion, offered in _each_place(desk, key):
        if offered.code == code:
            before = desk.month.facts.plan or Plan()
            words = text("{what} : {where}", what=title, where=offered.where)
            return joined(before, suggestion.placement.adds), words, None
    raise NotFound(
        text("Cette réparation ne vaut plus : les données ont changé. Demandez de nouveau pourquoi.")
    )


def _each_place(desk: Desk, key: str) -> Iterator[tuple[Suggestion, Offered]]:
    """The one that is known first: looking at all of them takes long where many people could come."""
    yield from free_place(desk, key)
    yield from places(desk, key)


def _chosen(desk: Desk, key: str, found: Answer, code: str) -> Offered:
    """What was offered under that code. Raises `NotFound`."""
    every = chain(found.repairs, (one for _, one in _each_place(desk, key)))
    one = next((one for one in every if one.code == code), None)
    if one is None:
        raise NotFound(text("Cette réparation ne vaut plus : les données ont changé."))
    return one


def left_out_of(desk: Desk, row: str) -> tuple[Need, ...]:
    """The cards of the needs that a row of the board, by its code, is short of."""
    facts = desk.month.facts
    plan = facts.plan or Plan()
    keys = {need_key(one) for one in SiteRows(facts.problem, plan, [], facts.labels).left_out(row)}
    return tuple(one for one in needs(facts.problem, plan, facts.labels) if one.key in keys)


class Broken(NamedTuple):
    """Something placed that breaks a rule, and why; `key` names it in addresses."""

    key: str
    title: str
    when: str
    why: str


def broken_of(desk: Desk, row: str) -> tuple[Broken, ...]:
    """What breaks a rule of what a row of the board, by its code, counts as placed."""
    facts, words = desk.month.facts, desk.words
    plan = facts.plan or Plan()
    every = marked(activities(facts.problem, plan), facts.against)
    found = SiteRows(facts.problem, plan, every, facts.labels).broken(row)
    return tuple(
        Broken(one.key, words.title(one), half_day_of(one.on, one.halves[0]), against(one)) for one in found
    )


def _row_name(desk: Desk, row: str) -> str:
    """Raises `NotFound` on what is no row of the view by site."""
    names = {site.id: site.name for site in desk.problem.sites} | {WORKSHOPS: text("Ateliers")}
    if row not in names:
        raise NotFound(text("Cette ligne n’existe pas."))
    return names[row]


async def _answer(desk: Desk, key: str) -> Answer:
    try:
        return await asyncio.to_thread(answer, desk, key)
    except PlannerError as error:
        raise NotFound(text("Ce besoin est placé, ou n’existe plus.")) from error


def need_asked(desk: Desk, key: str) -> Need:
    """The card with that key. Raises `NotFound`."""
    plan = desk.month.facts.plan
    found = needs(desk.problem, plan, desk.month.facts.labels) if plan else ()
    for one in found:
        if one.key == key:
            return one
    raise NotFound(text("Ce besoin est placé, ou n’existe plus."))
