"""Why a need is not placed and what would help, kept in memory for the version that is looked at."""

import hashlib
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.records.plan import PlanItem
from planner.added_cost import AddedCost
from planner.placements import Placement
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_view import PlanView
from planner.problem import Problem
from planner.suggest import Suggester, Suggestion
from planner.wanted import Wanted, joined, taken_out
from planner.why.fact import Fact
from planner.why.repairs import Repair
from planner.why_not import Explainer
from service.catalogue import text
from service.errors import NotFound
from service.french_text import day_date, half_day, initials, listed
from service.kept_for import KeptFor
from service.messages.explanations import Explained
from service.pages.board.by_site import WORKSHOPS
from service.pages.board.place_word import place_word
from service.pages.board.presence import opening
from service.pages.board.scale import Rewrite
from service.pages.board.verdict import GROUPS
from service.pages.desk import Desk, hour_of_item
from service.translate.draft import as_items

MOST_KEPT = 8
kept: KeptFor[UUID, Explainer] = KeptFor(MOST_KEPT)


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A repair or a place: what would be otherwise, where the thing stands then, what each goal pays.

    `supposes`: only a fact that is not so yet allows it.

    `code` finds it again; `show` is the cell of the board: site, date, half-day, then who comes.
    """

    code: str
    words: str
    where: str
    supposes: bool
    effect: str
    costs: bool
    show: str
    goals: tuple[tuple[str, int], ...]


class Answer(NamedTuple):
    """The sentences that say what blocks a need, what would help; `facts` are those of each of the first sentences.

    `is_blocked`: impossible, or kept out beside what is placed of its own cadence. `is_free`: nothing blocks it,
    and what would help is a place that it could take as things are.
    """

    reasons: tuple[str, ...]
    repairs: tuple[Offered, ...]
    is_blocked: bool
    facts: tuple[tuple[Fact, ...], ...]
    is_free: bool


def wanted_of(key: str) -> Wanted:
    """What a card of the panel is about. Raises `NotFound` on what is no key of a need."""
    kind, _, code = key.partition("/")
    if kind == "need" and code:
        return Wanted(need=code)
    if kind == "cadence" and code:
        return Wanted(cadence=code)
    promotion, _, sequence = code.partition("/")
    if kind == "promotion" and promotion and sequence:
        return Wanted(promotion=promotion, sequence=sequence)
    raise NotFound(text("Ce besoin est placé, ou n’existe plus."))


def explainer(desk: Desk) -> Explainer:
    """That of the version on the desk as it stands; it remembers what it was asked."""
    shown = desk.month.shown
    if shown is None:
        raise NotFound(text("Il n’y a pas encore de planning."))
    plan = desk.month.facts.plan or Plan()
    return kept.of(shown.id, (desk.problem, plan), lambda: Explainer(desk.problem, plan))


def answer(desk: Desk, key: str) -> Answer:
    """Takes up to a second of computing: call it in a thread. Raises `NotFound`, planner errors."""
    asked = explainer(desk)
    found, words = asked.why_not(wanted_of(key)), Explained(asked.view, desk.names(), desk.rooms())
    blocked, is_free = found.status == "impossible" or bool(found.beside), found.free is not None
    free = tuple(one for _, one in free_place(desk, key))
    repairs = tuple(_offered(desk, words, repair) for repair in found.repairs)
    numbered = words.numbered(found.facts or found.beside, found.wanted) if blocked else ()
    told = tuple(one for one, _ in numbered) if found.beside else words.reasons(found)
    return Answer(told, free or repairs, blocked, tuple(one for _, one in numbered), is_free)


def numbers_of(desk: Desk, key: str) -> str:
    """Which sentence of the answer blocks which cell: "gagny 2026-12-08 am 1,2;…". Computes: call it in a thread.

    Only half-days in which the site opens; empty where no cell of the view by site could bear a number.
    """
    asked = explainer(desk)
    wanted, words = wanted_of(key), Explained(asked.view, desk.names(), desk.rooms())
    found = asked.why_not(wanted)
    told = words.numbered(found.facts or found.beside, found.wanted)
    sites = {site.id: site for site in desk.problem.sites}
    row = WORKSHOPS if wanted.cadence in _workshops(desk.problem) else None
    cells = []
    for cell in asked.blocked(wanted):
        if opening(sites[cell.site], cell.on, cell.half_day) is None:
            continue
        named = [str(rank) for rank, (_, facts) in enumerate(told, 1) if cell.facts.intersection(facts)]
        cells.append(f"{row or cell.site} {cell.on} {cell.half_day} {','.join(named)}")
    return ";".join(cells)


def _workshops(problem: Problem) -> set[str | None]:
    """The cadences whose sessions stand in a row of their own."""
    return {one.id for one in problem.cadences if one.kind == "session"}


def free_place(desk: Desk, key: str) -> tuple[tuple[Suggestion, Offered], ...]:
    """A place where it fits as things are, known without looking at all of them; nothing where it fits nowhere."""
    asked = explainer(desk)
    free = asked.why_not(wanted_of(key)).free
    if free is None:
        return ()
    costs = AddedCost(asked.view).of(PlanView(asked.auditor.territory, free.adds))
    return ((Suggestion(free, costs), _offer(desk, free.adds, costs, free)),)


def places(desk: Desk, key: str, count: int = 8) -> tuple[tuple[Suggestion, Offered], ...]:
    """Where it fits without any rule broken, best first; of what is impossible none is looked for."""
    told = explainer(desk).why_not(wanted_of(key))
    if told.status == "impossible" and told.is_complete:
        return ()
    suggester = Suggester(desk.problem, desk.month.facts.plan or Plan())
    found = suggester.suggest(told.wanted, count=count)
    return tuple((one, _offer(desk, one.placement.adds, one.costs, one.placement)) for one in found)


def repair_of(desk: Desk, key: str, code: str) -> Repair | None:
    """The repair with that code; None for a place, and for what no longer helps."""
    found = explainer(desk).why_not(wanted_of(key)).repairs
    return next((one for one in found if code_of(one.placement.adds, one.change, one.drop) == code), None)


def rewrite_to(desk: Desk, after: Plan, *, decided: bool) -> Rewrite:
    """What makes the draft that plan; what is new is pinned when it is a decision."""
    before, rows = {item.key: item for item in desk.items}, as_items(after, desk.problem)
    put = []
    for one in rows:
        known = before.get(one.key)
        if known is None:
            put.append(msgspec.structs.replace(one, pinned=decided))
        elif _stands(known) != _stands(one):
            put.append(msgspec.structs.replace(one, assignment_id=known.assignment_id, pinned=known.pinned))
    kept = {one.key for one in rows}
    return Rewrite(tuple(put), tuple(key for key in before if key not in kept))


def _stands(item: PlanItem) -> tuple[object, ...]:
    return item.held_on, item.half_day, item.starts_at, item.site_code, item.room_code, item.staff_codes


def wanted_item(item: PlanItem) -> Wanted:
    """The thing of a draft's row, as the planner is asked about it."""
    if item.need_code is not None:
        return Wanted(need=item.need_code, number=item.number or 1)
    if item.promotion_code is not None:
        return Wanted(promotion=item.promotion_code, sequence=item.sequence_code)
    if item.kind == "session":
        return Wanted(cadence=item.cadence_code, number=item.number)
    return Wanted(cadence=item.cadence_code, on=item.held_on, half_day=item.half_day)


def elsewhere(desk: Desk, item: PlanItem, count: int = 9) -> tuple[tuple[Plan, Offered], ...]:
    """The draft with a placed thing somewhere else, for each place that breaks nothing, best first.

    What is pinned, or fixed with the person, has none: that is changed with them.
    """
    if item.pinned:
        return ()
    suggester = Suggester(desk.problem, desk.month.facts.plan or Plan())
    wanted = wanted_item(item)
    base, _ = taken_out(suggester.view, wanted)
    found = []
    for one in suggester.suggest(wanted, count=count):
        rows = as_items(one.placement.adds, desk.problem)
        if all(_stands(row) != _stands(item) for row in rows):
            offer = _offer(desk, one.placement.adds, one.costs, one.placement)
            told = msgspec.structs.replace(offer, effect=move_words(offer.goals))
            found.append((joined(base, one.placement.adds), told))
    return tuple(found)


def code_of(adds: Plan, *about: object) -> str:
    raw = msgspec.json.encode([msgspec.to_builtins(adds), [str(one) for one in about]])
    return hashlib.sha256(raw).hexdigest()[:16]


def _offered(desk: Desk, words: Explained, repair: Repair) -> Offered:
    offer = _offer(desk, repair.placement.adds, repair.costs, None)
    return msgspec.structs.replace(
        offer,
        code=code_of(repair.placement.adds, repair.change, repair.drop),
        words=words.repair(repair),
        supposes=repair.change is not None,
    )


def _offer(desk: Desk, adds: Plan, costs: tuple[int, ...], placement: Placement | None) -> Offered:
    goals = goals_of(costs)
    rows = [one for one in as_items(adds, desk.problem) if one.kind != "office"]
    where = listed(_place_words(desk, row) for row in rows)
    return Offered(
        code=code_of(adds, placement.order if placement else ""),
        words=where,
        where=where,
        supposes=False,
        effect=effect_words(goals),
        costs=any(value > 0 for _, value in goals),
        show=place_word(desk.problem, rows[0]) if rows else "",
        goals=goals,
    )


def goals_of(costs: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """What each of the five goals pays, from the eight levels."""
    values = dict(zip(LEVEL_NAMES, costs, strict=True))
    return tuple((text(name), sum(values[level] for level in members)) for name, members in GROUPS)


def effect_words(goals: tuple[tuple[str, int], ...]) -> str:
    """Placée, rien d'autre ne change; else which goals it costs something."""
    lost = [name.lower() for name, value in goals[1:] if value > 0]
    if goals[0][1] > 0:
        return text("Place autre chose en moins")
    if not lost:
        return text("Placé, rien d’autre n’y perd")
    return text("Placé ; coûte en {goals}", goals=listed(lost))


def move_words(goals: tuple[tuple[str, int], ...]) -> str:
    """The same of a thing that is placed already."""
    lost = [name.lower() for name, value in goals if value > 0]
    return text("Coûte en {goals}", goals=listed(lost)) if lost else text("Rien n’y perd")


def _place_words(desk: Desk, row: PlanItem) -> str:
    people = listed(initials(code) for code in row.staff_codes)
    on, hour = day_date(row.held_on), hour_of_item(desk, row)
    when = text("{day} à {hour}", day=on, hour=hour) if hour else f"{on}, {half_day(row.half_day or '')}"
    return text("{when}, avec {people}", when=when, people=people)
