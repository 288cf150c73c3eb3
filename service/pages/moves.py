"""Editing a draft on the board: what a cell holds, where it could go, move, pin, remove, undo."""

import asyncio
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from db.records.plan import Plan, PlanItem
from service.actions.begin_draft import draft_of_published, resume_version
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput, NotFound
from service.french_text import initials
from service.pages.board.activities import activities, marked
from service.pages.board.chips import against
from service.pages.board.history import READABLE
from service.pages.board.kept_scales import scale_of
from service.pages.board.moving import Spot, item_of, move, reassign, remove
from service.pages.board.scale import Rewrite
from service.pages.calling_off import call_off_panel
from service.pages.context import AnyRequest
from service.pages.desk import (
    Desk,
    asked_item,
    asked_spot,
    hour_of,
    is_of,
    is_of_many,
    move_words,
    one_by_one,
    open_desk,
    panel,
    spot_words,
    title_of,
)
from service.pages.edits import (
    asked_now,
    board_address,
    desk_to_edit,
    keep_edit,
    refuse_stale,
    sent_fields,
    take_back,
)
from service.pages.form_parts import sent
from service.pages.seen import seen_of
from service.pages.weighing import Offers, offers, people_who_may, row_of, weighed

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/detail", roles=COORDINATORS, include_in_schema=False)
async def show_detail(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """What stands in a cell, and everything that can be done with it."""
    desk = await open_desk(request, territory, month)
    return panel(request, desk, "board/detail.html", _standing(desk, request.query_params.get("cle", "")))


def _standing(desk: Desk, key: str) -> dict[str, Any]:
    """What the panel draws of a chip: one thing, or the interviews of its place by their hours. Raises `NotFound`."""
    plan = desk.month.facts.plan
    every = marked(activities(desk.problem, plan), desk.month.facts.against) if plan else []
    found = [one for one in every if is_of(one, key)]
    if not found:
        raise NotFound(
            text(
                "Cela n’est plus à cette place : quelqu’un l’a déplacé ou retiré. Rechargez la page pour voir le tableau à jour."
            )
        )
    found.sort(key=lambda one: one.starts_at.timestamp() if one.starts_at else 0)
    words, item = desk.words, item_of(desk.items, key)
    return {
        "lines": [(hour_of(desk, one), words.title(one), words.people(one), one) for one in found],
        "one": found[0],
        "item": item,
        "sentence": words.sentence(found[0]) if item else "",
        "against": against(*found),
        "site": words.site(found[0].site),
    }


@get(f"{MONTH}/places", roles=COORDINATORS, include_in_schema=False)
async def list_places(request: AnyRequest, territory: str, month: str) -> Offers:
    """Every cell where the thing could go, with its cost: asked once, when it is picked up."""
    desk, asked = await open_desk(request, territory, month), dict(request.query_params)
    item = asked_item(desk, asked.get("cle", ""))
    people = tuple(person.id for person in desk.problem.staff)
    rows = people if asked.get("par") == "personne" else (row_of(desk, item),)
    return Offers(places=tuple(await asyncio.to_thread(offers, desk, item, rows)))


@get(f"{MONTH}/deplacer", roles=COORDINATORS, include_in_schema=False)
async def weigh_move(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """What the move would break and cost, before it is dropped."""
    desk = await open_desk(request, territory, month)
    asked = dict(request.query_params)
    item, spot = asked_item(desk, asked.get("cle", "")), asked_spot(asked)
    return await weighed(request, desk, item, spot)


@post(f"{MONTH}/deplacer", roles=COORDINATORS, include_in_schema=False)
async def drop(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Moves; a place that breaks a rule takes a second, deliberate act, noted as a decision."""
    desk, sent = await desk_to_edit(request, territory, month), await sent_fields(request)
    spot, item = asked_spot(sent), await asked_now(desk, sent)
    if item is None:
        return await refuse_stale(request, desk, text("déplacer au {to}", to=spot_words(spot)))
    return await _drop(request, desk, item, spot, sure=sent.get("quand_meme") == "oui")


async def _drop(request: AnyRequest, desk: Desk, item: PlanItem, spot: Spot, *, sure: bool) -> Response[Any]:
    rewrite = move(desk.problem, desk.items, item, spot)
    if rewrite is None:
        return await weighed(request, desk, item, spot, status_code=422)
    weight = await asyncio.to_thread(lambda: scale_of(desk).weigh(rewrite))
    if weight.breaches and not sure:
        return await weighed(request, desk, item, spot, status_code=422)
    words = move_words(desk, item, spot)
    return await keep_edit(request, desk, rewrite.pinned_if(bool(weight.breaches)), words)


@post(f"{MONTH}/epingler", roles=COORDINATORS, include_in_schema=False)
async def pin(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Pins what is loose, looses what is pinned, at once where it was fixed with the person."""
    desk = await desk_to_edit(request, territory, month)
    item = await asked_now(desk, await sent_fields(request))
    if item is None:
        return await refuse_stale(request, desk, text("épingler"))
    turned = msgspec.structs.replace(item, pinned=not item.pinned)
    words = text(
        "{what} : épingle posée" if turned.pinned else "{what} : épingle ôtée", what=title_of(desk, item)
    )
    freed = None if turned.pinned else item
    return await keep_edit(request, desk, Rewrite((turned,), ()), words, freed=freed)


@get(f"{MONTH}/reaffecter", roles=COORDINATORS, include_in_schema=False)
async def ask_reassign(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """The people who may, best first."""
    desk, key = await open_desk(request, territory, month), request.query_params.get("cle", "")
    if is_of_many(key):
        return one_by_one(desk, key)
    item = asked_item(desk, key)
    people = await asyncio.to_thread(people_who_may, desk, item)
    return panel(
        request, desk, "board/reassign.html", {"item": item, "people": people, "title": title_of(desk, item)}
    )


@post(f"{MONTH}/reaffecter", roles=COORDINATORS, include_in_schema=False)
async def keep_reassign(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Gives the thing to somebody else; a rule broken here is noted as a decision."""
    desk, sent = await desk_to_edit(request, territory, month), await sent_fields(request)
    who, item = sent.get("qui", ""), await asked_now(desk, sent)
    if who not in {person.id for person in desk.problem.staff}:
        raise BadInput(text("Cette personne n’existe pas."))
    if item is None:
        return await refuse_stale(request, desk, text("confier à {who}", who=initials(who)))
    return await _reassign(request, desk, item, who)


async def _reassign(request: AnyRequest, desk: Desk, item: PlanItem, who: str) -> Response[Any]:
    rewrite = reassign(desk.problem, desk.items, item, (who, *item.staff_codes[1:]))
    if rewrite is None:
        raise BadInput(text("Le lieu n’ouvre pas à ce moment."))
    weight = await asyncio.to_thread(lambda: scale_of(desk).weigh(rewrite))
    words = text("{what} à {who}", what=title_of(desk, item), who=initials(who))
    return await keep_edit(request, desk, rewrite.pinned_if(bool(weight.breaches)), words)


@get(f"{MONTH}/retirer", roles=COORDINATORS, include_in_schema=False)
async def ask_remove(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Says what goes with it before it is taken off the draft; of something published, asks by whom it is called off."""
    desk, key = await open_desk(request, territory, month), request.query_params.get("cle", "")
    if is_of_many(key):
        return one_by_one(desk, key)
    if not desk.editable:
        return await call_off_panel(request, desk, key)
    item = asked_item(desk, key)
    inside = len(remove(desk.items, item, desk.problem).drop) - 1
    return panel(
        request, desk, "board/remove.html", {"item": item, "inside": inside, "title": title_of(desk, item)}
    )


@post(f"{MONTH}/retirer", roles=COORDINATORS, include_in_schema=False)
async def take_off(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Takes it off the draft; nothing that is published changes before the next publication."""
    desk = await desk_to_edit(request, territory, month)
    item = await asked_now(desk, await sent_fields(request))
    if item is None:
        return await refuse_stale(request, desk, text("retirer"))
    words = text("{what} : retrait", what=title_of(desk, item))
    return await keep_edit(request, desk, remove(desk.items, item, desk.problem), words)


@post(f"{MONTH}/annuler", roles=COORDINATORS, include_in_schema=False)
async def undo(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Takes the last edit of this draft back."""
    return await take_back(request, await open_desk(request, territory, month))


@post(f"{MONTH}/modifier", roles=COORDINATORS, include_in_schema=False)
async def begin_draft(request: AnyRequest, territory: str, month: str) -> Redirect:
    """The draft of the published version, or one that begins as an earlier version that is named."""
    desk = await open_desk(request, territory, month)
    named, back = await sent(request, "revision", "retour")
    if named:
        await resume_version(desk.visit.territory, version_named(desk, named))
    elif desk.month.shown is not None and not desk.editable:
        await draft_of_published(desk.visit.territory, desk.month.shown)
    return Redirect(board_address(desk, back, "brouillon"), status_code=303)


def version_named(desk: Desk, named: str) -> Plan:
    """A version of the month by what a page of it showed. Raises `NotFound`."""
    for one in desk.month.plans:
        if seen_of(one) == named and one.state in READABLE and one.origin != SCENARIO:
            return one
    raise NotFound(text("Cette version n’existe pas."))


@get(f"{MONTH}/aide", roles=COORDINATORS, include_in_schema=False)
async def show_keys(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The keys of the grid."""
    return panel(request, await open_desk(request, territory, month), "board/keys.html", {})
