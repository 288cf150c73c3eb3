"""A draft on the desk: the thing asked for, where it could go, who could take it, the answer for the panel."""

import asyncio
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response

from db.queries.plan_items import items_of
from db.records.plan import Plan, PlanItem
from db.states import EDITABLE_PLANS
from planner.problem import Problem
from service.catalogue import text
from service.errors import BadInput, NotFound, StepNotAllowed
from service.french_text import clock, day_date, half_day, initials
from service.messages.breach_sentence import breach_sentence, rule_title
from service.pages.board.activities import Activity
from service.pages.board.chips import Words
from service.pages.board.moving import Scale, Spot, Weight, item_of, move, possible_spots, reassign
from service.pages.board.source import Month
from service.pages.board.verdict import GROUPS
from service.pages.context import AnyRequest, Visit, enter, is_fragment
from service.pages.month_board import load_asked_month
from service.pages.rendering import page


class Desk(NamedTuple):
    """A draft on the desk: the month, its rows, the frame of the page."""

    visit: Visit
    month: Month
    items: tuple[PlanItem, ...]

    @property
    def problem(self) -> Problem:
        return self.month.facts.problem

    @property
    def words(self) -> Words:
        return Words(self.problem, self.month.facts.labels)

    @property
    def path(self) -> str:
        return self.visit.shell.address(f"planning/{self.problem.first_on:%Y-%m}")

    @property
    def editable(self) -> bool:
        return self.month.shown is not None and self.month.shown.state in EDITABLE_PLANS

    def draft(self) -> Plan:
        """The version that may be edited. Raises `StepNotAllowed`."""
        if self.month.shown is None or not self.editable:
            raise StepNotAllowed(text("Seul un brouillon se modifie."))
        return self.month.shown

    def names(self) -> dict[str, str]:
        labels = self.month.facts.labels
        return {**labels.cadences, **labels.promotions}


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A cell where the thing in hand could go."""

    row: str
    on: date
    half: str
    effect: str
    cost: int
    words: str


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """Best first."""

    places: tuple[Offer, ...]


async def open_desk(request: AnyRequest, territory: str, month: str) -> Desk:
    visit = await enter(request, territory, "planning")
    found = await load_asked_month(visit, month)
    return Desk(visit, found, await items_of(found.shown.id) if found.shown else ())


def asked_item(desk: Desk, key: str) -> PlanItem:
    found = item_of(desk.items, key)
    if found is None:
        raise NotFound(text("Cela n’est plus dans le planning."))
    return found


def asked_spot(asked: dict[str, str]) -> Spot:
    try:
        on = date.fromisoformat(asked.get("jour", ""))
    except ValueError:
        raise BadInput(text("Ce jour n’existe pas.")) from None
    return Spot(asked.get("rangee", ""), on, "pm" if asked.get("demi") == "pm" else "am")


def offers(desk: Desk, item: PlanItem, rows: tuple[str, ...]) -> list[Offer]:
    scale = Scale(desk.problem, desk.items)
    site = _row_of(desk, item)
    weighed = []
    for spot in possible_spots(desk.problem, item, site):
        rewrite = move(desk.problem, desk.items, item, spot)
        if rewrite is not None and (spot.on, spot.half) != (item.held_on, item.half_day):
            weighed.append((spot, scale.weigh(rewrite)))
    weighed.sort(key=lambda pair: (*pair[1].order, pair[0].on, pair[0].half))
    return [_offer(row, spot, weight) for spot, weight in weighed for row in (site, *rows)]


def _offer(row: str, spot: Spot, weight: Weight) -> Offer:
    when = f"{day_date(spot.on)}, {half_day(spot.half)}"
    rules = ", ".join(dict.fromkeys(rule_title(breach.rule).lower() for breach in weight.breaches))
    cost = text("coût {cost}", cost=weight.cost) if weight.cost > 0 else text("sans autre coût")
    words = (
        text("{when} : enfreint {rules}", when=when, rules=rules)
        if rules
        else text("{when} : {cost}", when=when, cost=cost)
    )
    return Offer(row=row, on=spot.on, half=spot.half, effect=weight.effect, cost=weight.cost, words=words)


def people_who_may(desk: Desk, item: PlanItem) -> list[tuple[str, str, Weight, list[str]]]:
    """Code, initials, weight and breaches in words of each other person, best first."""
    scale, found = Scale(desk.problem, desk.items), []
    for person in desk.problem.staff:
        rewrite = reassign(desk.problem, desk.items, item, (person.id, *item.staff_codes[1:]))
        if person.id not in item.staff_codes and rewrite is not None:
            weight = scale.weigh(rewrite)
            sentences = [breach_sentence(one, desk.problem, desk.names()) for one in weight.breaches[:3]]
            found.append((person.id, initials(person.id), weight, sentences))
    return sorted(found, key=lambda one: (*one[2].order, one[0]))


async def weighed(
    request: AnyRequest, desk: Desk, item: PlanItem, spot: Spot, *, status_code: int = 200
) -> Response[str]:
    rewrite = move(desk.problem, desk.items, item, spot)
    weight = (
        await asyncio.to_thread(lambda: Scale(desk.problem, desk.items).weigh(rewrite)) if rewrite else None
    )
    sentences = (
        [(rule_title(one.rule), breach_sentence(one, desk.problem, desk.names())) for one in weight.breaches]
        if weight
        else []
    )
    fields = {
        "cle": item.key,
        "rangee": spot.row,
        "jour": spot.on.isoformat(),
        "demi": spot.half,
        "revision": str(desk.draft().version),
    }
    context = {
        "title": move_words(desk, item, spot),
        "possible": rewrite is not None,
        "sentences": sentences,
        "differences": _by_group(weight) if weight else [],
        "fields": fields,
    }
    return panel(request, desk, "board/move.html", context, status_code=status_code)


def _by_group(weight: Weight) -> list[tuple[str, int]]:
    return [
        (text(name), sum(weight.differences.get(level, 0) for level in members)) for name, members in GROUPS
    ]


def move_words(desk: Desk, item: PlanItem, spot: Spot) -> str:
    to = f"{day_date(spot.on)}, {half_day(spot.half)}"
    return text("{what}, du {day} au {to}", what=title_of(desk, item), day=day_date(item.held_on), to=to)


def title_of(desk: Desk, item: PlanItem) -> str:
    names = desk.names()
    return names.get(item.cadence_code or item.promotion_code or "", item.key)


def _row_of(desk: Desk, item: PlanItem) -> str:
    homes = {cadence.id: cadence.site for cadence in desk.problem.cadences}
    if item.kind == "session" and item.cadence_code:
        return "ateliers"
    return item.site_code or homes.get(item.cadence_code or "", "")


def is_of(one: Activity, key: str) -> bool:
    """A chip of interviews stands for all of its place and half-day."""
    if not key.startswith("interviews/"):
        return one.key == key
    _, place, on, half = key.split("/")
    return (
        one.kind == "interview"
        and (one.site or "distance") == place
        and str(one.on) == on
        and half in one.halves
    )


def hour_of(desk: Desk, one: Activity) -> str:
    if one.starts_at is None:
        return half_day(one.halves[0])
    return clock(one.starts_at.astimezone(ZoneInfo(desk.problem.zone)).time(), padded=True)


def panel(
    request: AnyRequest, desk: Desk, template: str, context: dict[str, Any], *, status_code: int = 200
) -> Response[str]:
    """The fragment for the panel, or a page of its own when no script asks."""
    frame = "board/fragment.html" if is_fragment(request) else "board/alone.html"
    words = {
        "path": desk.path,
        "editable": desk.editable,
        "inner": template,
        "month_on": desk.problem.first_on,
        **context,
    }
    return page(frame, desk.visit.shell, words, status_code=status_code)
