"""À replacer: interviews that people count on and that cannot stand where they were, with three places each."""

import asyncio

import msgspec
from litestar import Response, get

from planner.audit import Auditor
from planner.plan import Plan
from planner.told import ToReplace, to_replace
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.french_text import capital
from service.messages.explanations import Explained
from service.pages.context import AnyRequest
from service.pages.desk import Desk, open_desk, panel
from service.pages.explaining import effect_words, goals_of

PAGE = "/t/{territory:str}/planning/{month:str}/a-replacer"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    where: str
    effect: str
    costs: bool


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """One interview: `key` is its card among what is to be placed, empty where a person keeps it fixed."""

    title: str
    key: str
    proposals: tuple[Proposal, ...]


@get(PAGE, roles=COORDINATORS, include_in_schema=False)
async def show_replacing(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """Fixed ones that a fact broke first, then published ones that are left out."""
    desk = await open_desk(request, territory, month)
    found = await asyncio.to_thread(replaced, desk)
    return panel(request, desk, "board/replacing.html", {"found": found})


def replaced(desk: Desk) -> tuple[Replaced, ...]:
    """Takes up to some tenths of a second of computing: call it in a thread."""
    plan = desk.month.facts.plan or Plan()
    auditor = Auditor(desk.problem)
    words = Explained(auditor.view(plan), desk.names())
    return tuple(_words(one, words) for one in to_replace(auditor, plan))


def _words(one: ToReplace, words: Explained) -> Replaced:
    proposals = []
    for found in one.proposals:
        goals = goals_of(found.costs)
        where = words.placement(found.placement)
        costs = any(value > 0 for _, value in goals)
        proposals.append(Proposal(where=capital(where), effect=effect_words(goals), costs=costs))
    title = words.words.need(one.need).removeprefix(text("l’"))
    return Replaced(
        title=capital(title), key="" if one.is_kept else f"need/{one.need}", proposals=tuple(proposals)
    )
