"""Why something is where it is: what is fixed about it, and whether another place would be better."""

import asyncio
from typing import Any

from litestar import Response, get

from db.records.plan import PlanItem
from service.catalogue import counted, text
from service.edge.guards import COORDINATORS
from service.pages.board.kept_scales import scale_of
from service.pages.board.moving import Spot, move, possible_spots
from service.pages.board.scale import Weight
from service.pages.context import AnyRequest
from service.pages.desk import (
    Desk,
    asked_item,
    by_now,
    is_of_many,
    one_by_one,
    open_desk,
    panel,
    spot_words,
    title_of,
)
from service.pages.weighing import by_group, row_of

MOST = 5


@get("/t/{territory:str}/planning/{month:str}/pourquoi-ici", roles=COORDINATORS, include_in_schema=False)
async def show_why_here(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """In a sentence whether it could be better elsewhere, then the next best places with their price."""
    shown, key = await open_desk(request, territory, month), request.query_params.get("cle", "")
    if is_of_many(key):
        return one_by_one(shown, key)
    desk = by_now(shown)
    item = asked_item(desk, key)
    found = await asyncio.to_thread(_elsewhere, desk, item.key)
    context = {"speaks_of": _speaks_of(shown, desk), **_told(desk, item, found)}
    return panel(request, desk, "board/why_here.html", context)


def _told(desk: Desk, item: PlanItem, found: list[tuple[Spot, Weight]]) -> dict[str, Any]:
    """What the panel says of a thing and of the places found for it."""
    against = desk.month.facts.against.get(item.key, ())
    return {
        "title": title_of(desk, item),
        "item": item,
        "against": text(" ; ").join(against),
        "sentence": _sentence(found, breaks=bool(against)),
        "places": [(spot, spot_words(spot), by_group(weight)) for spot, weight in found[:MOST]],
    }


def _speaks_of(shown: Desk, weighed: Desk) -> str:
    """By which facts places are weighed, where it could be others."""
    version = shown.month.facts.version
    if version is None or version.outdated is None or not shown.editable:
        return ""
    if weighed.is_by_now:
        return text("Avec les données de maintenant, et non celles du {when}.", when=version.outdated.read)
    return text("Avec les données du {when}, qui ont changé depuis.", when=version.outdated.read)


def _elsewhere(desk: Desk, key: str) -> list[tuple[Spot, Weight]]:
    """The places that break nothing, best first."""
    item, scale = asked_item(desk, key), scale_of(desk)
    found = []
    for spot in possible_spots(desk.problem, item, row_of(desk, item)):
        rewrite = move(desk.problem, desk.items, item, spot)
        if rewrite is not None and (spot.on, spot.half) != (item.held_on, item.half_day):
            found.append((spot, scale.weigh(rewrite)))
    kept = [(spot, weight) for spot, weight in found if not weight.breaches]
    return sorted(kept, key=lambda pair: (*pair[1].order, pair[0].on, pair[0].half))


def _sentence(found: list[tuple[Spot, Weight]], *, breaks: bool) -> str:
    """`breaks`: it breaks a rule where it is; beside that no value counts."""
    if found and breaks:
        return text("D’autres places sont possibles, si rien d’autre ne bouge.")
    if not found:
        return text("Toute autre place enfreindrait une règle, si rien d’autre ne bouge.")
    better = sum(tuple(weight.differences.values()) < (0,) * len(weight.differences) for _, weight in found)
    if better:
        return counted(
            "{n} autre place serait meilleure, si rien d’autre ne bouge.",
            "{n} autres places seraient meilleures, si rien d’autre ne bouge.",
            better,
        )
    return text("Aucune autre place n’est meilleure, si rien d’autre ne bouge.")
