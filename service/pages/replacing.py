"""À replacer: interviews that people count on and that cannot stand where they were, with three places each."""

import asyncio
from typing import Any

import msgspec
from litestar import Response, get, post

from planner.audit import Auditor
from planner.plan import Plan
from planner.told import ToReplace, to_replace
from planner.wanted import Wanted, joined, taken_out
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import NotFound
from service.french_text import capital, initials
from service.messages.assignment_words import Things
from service.messages.explanations import Explained
from service.pages.board.moving import item_of
from service.pages.board.replacing import replacing
from service.pages.board.scale import Rewrite
from service.pages.context import AnyRequest
from service.pages.desk import Desk, open_desk, panel
from service.pages.edits import desk_to_edit, is_stale, keep_edit, refuse_stale, sent_fields
from service.pages.explaining import code_of, effect_words, goals_of, rewrite_to

PAGE = "/t/{territory:str}/planning/{month:str}/a-replacer"
AT_ONCE = 20
"""Interviews of which other places are looked for at once."""
LONGEST = 7
"""Digits of the number of a part."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One place; `code` finds it again."""

    code: str
    where: str
    effect: str
    costs: bool


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """One interview; `is_kept`: fixed with the person, it stays until somebody frees it."""

    title: str
    was: str
    need: str
    number: int
    is_kept: bool
    proposals: tuple[Proposal, ...]

    @property
    def key(self) -> str:
        """That of its card among what is to be placed, whose reasons and repairs hold here too."""
        return f"need/{self.need}"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Those shown, from the `first` on, of all that wait; parts are counted from 1."""

    found: tuple[Replaced, ...]
    first: int
    total: int
    part: int
    parts: int


@get(PAGE, roles=COORDINATORS, include_in_schema=False)
async def show_replacing(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """Fixed ones that a fact broke first, then published ones that are left out."""
    desk = await open_desk(request, territory, month)
    found = await asyncio.to_thread(replaced, desk, asked_part(request))
    return panel(request, desk, "board/replacing.html", msgspec.structs.asdict(found))


@post(PAGE, roles=COORDINATORS, include_in_schema=False)
async def replace_freed(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Frees an interview from where it was fixed; it stands at the place chosen, or waits for one."""
    desk, sent = await desk_to_edit(request, territory, month), await sent_fields(request)
    if is_stale(desk, sent):
        return await refuse_stale(request, desk, text("replacer cet entretien"))
    one, rewrite = await asyncio.to_thread(chosen, desk, sent)
    what = title_of(Things(desk.problem, desk.names(), desk.rooms()), one)
    words = text("{what} : replacé", what=what) if sent.get("place") else text("{what} : libéré", what=what)
    freed = item_of(desk.items, f"interview:{one.need}:{one.number}") if one.is_kept else None
    return await keep_edit(request, desk, rewrite, words, freed=freed)


def chosen(desk: Desk, sent: dict[str, str]) -> tuple[ToReplace, Rewrite]:
    """The interview that was sent, and what puts it at the place that was sent; without one it leaves the draft.

    Computes: call it in a thread. Raises `NotFound` on what needs no other place, or a place that is gone.
    """
    plan = desk.month.facts.plan or Plan()
    auditor = Auditor(desk.month.facts.expecting)
    named = sent.get("besoin"), sent.get("numero")
    some = [one for one in replacing(desk.month) if (one.need, str(one.number)) == named]
    if not some:
        raise NotFound(text("Cet entretien n’est plus à replacer."))
    (one,) = to_replace(auditor, plan, some)
    wanted = Wanted(need=one.need, number=one.number)
    after = taken_out(auditor.view(plan), wanted)[0] if one.is_kept else plan
    if sent.get("place"):
        after = joined(after, _place(one, sent["place"]))
    return one, rewrite_to(desk, after, decided=True)


def _place(one: ToReplace, code: str) -> Plan:
    adds = [found.placement.adds for found in one.proposals]
    for found in adds:
        if code_of(found) == code:
            return found
    raise NotFound(text("Cette place ne convient plus : ouvrez de nouveau « À replacer »."))


def asked_part(request: AnyRequest) -> int:
    """The part asked for, counted from 1; the first for whatever is no number."""
    asked = request.query_params.get("partie", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST else 1


def replaced(desk: Desk, part: int = 1) -> Listed:
    """A part of the list; takes up to some tenths of a second of computing: call it in a thread."""
    plan = desk.month.facts.plan or Plan()
    auditor = Auditor(desk.month.facts.expecting)
    words, every = Explained(auditor.view(plan), desk.names(), desk.rooms()), replacing(desk.month)
    parts = max(1, -(-len(every) // AT_ONCE))
    part = min(part, parts)
    before = AT_ONCE * (part - 1)
    shown = to_replace(auditor, plan, every[before : before + AT_ONCE])
    found = tuple(_words(one, words) for one in shown)
    return Listed(found=found, first=before + 1, total=len(every), part=part, parts=parts)


def title_of(words: Things, one: ToReplace) -> str:
    """Entretien KM4821"""
    return capital(words.need(one.need).removeprefix(text("l’")))


def _was(words: Things, one: ToReplace) -> str:
    """Prévu vendredi 11 décembre à 9 h 45, Bureau, avec A.R."""
    when, site, who = words.when(one.was), words.site(one.was.site), initials(one.was.staff)
    return text("Prévu {when}, {site}, avec {who}", when=when, site=site, who=who)


def _words(one: ToReplace, words: Explained) -> Replaced:
    proposals = []
    for found in one.proposals:
        goals = goals_of(found.costs)
        where = words.placement(found.placement)
        costs = any(value > 0 for _, value in goals)
        code = code_of(found.placement.adds)
        proposals.append(Proposal(code=code, where=capital(where), effect=effect_words(goals), costs=costs))
    return Replaced(
        title=title_of(words.words, one),
        was=_was(words.words, one),
        need=one.need,
        number=one.number,
        is_kept=one.is_kept,
        proposals=tuple(proposals),
    )
