"""What a change of a draft would break and cost: every place of a thing, every person who may take it, one move."""

import asyncio
from datetime import date

import msgspec
from litestar import Response

from db.records.plan import PlanItem
from planner.breach import Breach
from service.catalogue import counted, text
from service.french_text import initials
from service.messages.breach_sentence import breach_sentence, rule_title
from service.messages.levels import level_title
from service.messages.said_once import said_once
from service.pages.board.activities import activities
from service.pages.board.breach_keys import rows_of_breach
from service.pages.board.fairness import shifted
from service.pages.board.kept_scales import scale_of
from service.pages.board.moving import Spot, move, possible_spots, reassign
from service.pages.board.moving import remove as removed
from service.pages.board.scale import Rewrite, Weight
from service.pages.board.verdict import GROUPS
from service.pages.context import AnyRequest
from service.pages.desk import Desk, move_words, panel, spot_words
from service.translate.plan_rows import plan_from

COUNTED = ("unmet_sessions", "unmet_permanences")
"""Levels that are a number of things; others are points."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A cell where the thing in hand could go."""

    row: str
    on: date
    half: str
    effect: str
    cost: int
    when: str
    words: str


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """Best first."""

    places: tuple[Offer, ...]


def offers(desk: Desk, item: PlanItem, rows: tuple[str, ...]) -> list[Offer]:
    """Every half-day of the item's site in each of these rows, its own place left out."""
    scale, weighed = scale_of(desk), []
    home = row_of(desk, item)
    for row in rows:
        for spot in possible_spots(desk.problem, item, row):
            stays = (spot.on, spot.half) == (item.held_on, item.half_day)
            rewrite = move(desk.problem, desk.items, item, spot)
            if rewrite is not None and not (stays and row in (home, *item.staff_codes)):
                weighed.append((spot, scale.weigh(rewrite)))
    weighed.sort(key=lambda pair: (*pair[1].order, pair[0].on, pair[0].half, pair[0].row))
    return [_offer(spot, weight) for spot, weight in weighed]


def _offer(spot: Spot, weight: Weight) -> Offer:
    when = spot_words(spot)
    rules = ", ".join(dict.fromkeys(rule_title(breach.rule).lower() for breach in weight.breaches))
    cost = cost_words(*weight.first) if weight.cost else text("sans autre coût")
    words = (
        text("{when} : enfreint {rules}", when=when, rules=rules)
        if rules
        else text("{when} : {cost}", when=when, cost=cost)
    )
    return Offer(
        row=spot.row,
        on=spot.on,
        half=spot.half,
        effect=weight.effect,
        cost=weight.cost,
        when=when,
        words=words,
    )


def cost_words(level: str, value: int) -> str:
    """Permanences non placées : 1 de plus; équité dans l’équipe : 195 points de plus."""
    told = ("{n} de plus", "{n} de plus") if level in COUNTED else ("{n} point de plus", "{n} points de plus")
    return text("{level} : {more}", level=level_title(level), more=counted(*told, value))


def people_who_may(desk: Desk, item: PlanItem) -> list[tuple[str, str, Weight, list[str]]]:
    """Code, initials, weight and breaches in words of each other person, best first."""
    scale, found = scale_of(desk), []
    for person in desk.problem.staff:
        rewrite = reassign(desk.problem, desk.items, item, (person.id, *item.staff_codes[1:]))
        if person.id not in item.staff_codes and rewrite is not None:
            weight = scale.weigh(rewrite)
            sentences = [
                breach_sentence(one, desk.problem, desk.names()) for one in said_once(weight.breaches)[:3]
            ]
            found.append((person.id, initials(person.id), weight, sentences))
    return sorted(found, key=lambda one: (*one[2].order, one[0]))


async def weighed(
    request: AnyRequest, desk: Desk, item: PlanItem, spot: Spot, *, status_code: int = 200
) -> Response[str]:
    """The panel of one move: what breaks, what changes, what each goal gains or loses."""
    rewrite = move(desk.problem, desk.items, item, spot)
    weight = await asyncio.to_thread(lambda: scale_of(desk).weigh(rewrite)) if rewrite else None
    breaches = said_once(weight.breaches) if weight else ()
    sentences = [(rule_title(one.rule), breach_sentence(one, desk.problem, desk.names())) for one in breaches]
    context = {
        "title": move_words(desk, item, spot),
        "possible": rewrite is not None,
        "sentences": sentences,
        "broken": " ".join(_in_the_way(desk, breaches, item)),
        "changes": [*what_changes(desk, item, spot), *_loads(desk, rewrite)] if rewrite else [],
        "differences": by_group(weight) if weight else [],
        "fields": _fields(item, spot) | desk.opening,
    }
    return panel(request, desk, "board/move.html", context, status_code=status_code)


def _fields(item: PlanItem, spot: Spot) -> dict[str, str]:
    return {
        "cle": item.key,
        "rangee": spot.row,
        "depuis": spot.taken_from,
        "jour": spot.on.isoformat(),
        "demi": spot.half,
    }


def _in_the_way(desk: Desk, breaches: tuple[Breach, ...], item: PlanItem) -> list[str]:
    """The keys of the other activities that a breach is made of."""
    keys = (key for one in breaches for key in rows_of_breach(one, desk.items))
    return list(dict.fromkeys(key for key in keys if key != item.key))


def what_changes(desk: Desk, item: PlanItem, spot: Spot) -> list[tuple[str, str]]:
    """Beside rules and goals: the interviews that go along, and the distance to the neighbours of a cadence."""
    found = [(text("Épinglée"), text("elle le reste, à sa nouvelle place"))] if item.pinned else []
    inside = len(removed(desk.items, item, desk.problem).drop) - 1 if item.kind == "permanence" else 0
    if inside:
        found.append((text("Entretiens placés là"), text("{n} : ils suivent", n=inside)))
    cadence = next((one for one in desk.problem.cadences if one.id == item.cadence_code), None)
    others = [
        one.held_on
        for one in desk.items
        if one.cadence_code == item.cadence_code and one.key != item.key and one.kind == "permanence"
    ]
    if cadence is not None and item.kind == "permanence" and others:
        before, after = (min(abs((on - one).days) for one in others) for on in (item.held_on, spot.on))
        if before != after:
            words = text(
                "à {after} au lieu de {before} ({least} au moins)",
                before=before,
                after=counted("{n} jour", "{n} jours", after),
                least=cadence.min_days,
            )
            found.append((text("Permanence voisine du même lieu"), words))
    return found


def _loads(desk: Desk, rewrite: Rewrite) -> list[tuple[str, str]]:
    """What fairness counts, for each person who has more or less of it afterwards."""
    before, after = (
        activities(desk.problem, plan_from(items)) for items in (desk.items, rewrite.applied(desk.items))
    )
    told = shifted(desk.problem, before, after)
    return [(text("Pour {who}", who=initials(code)), words) for code, words in sorted(told.items())]


def by_group(weight: Weight) -> list[tuple[str, int]]:
    """What each of the five goals gains or loses; less is better."""
    return [
        (text(name), sum(weight.differences.get(level, 0) for level in members)) for name, members in GROUPS
    ]


def row_of(desk: Desk, item: PlanItem) -> str:
    """The row of the view by site in which the item stands."""
    homes = {cadence.id: cadence.site for cadence in desk.problem.cadences}
    if item.kind == "session" and item.cadence_code:
        return "ateliers"
    return item.site_code or homes.get(item.cadence_code or "", "")
