"""Editing a draft on the board: what a cell holds, where it could go, move, pin, remove, undo."""

import asyncio
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.edit_draft import Edit, copy_to_draft, edit_draft, undo_edit
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput, Conflict, NotFound
from service.french_text import initials
from service.pages.board.activities import activities
from service.pages.board.moving import Rewrite, Scale, item_of, move, reassign, remove
from service.pages.board.source import plan_contents
from service.pages.context import AnyRequest
from service.pages.desk import (
    Desk,
    Offers,
    asked_item,
    asked_spot,
    hour_of,
    is_of,
    move_words,
    offers,
    open_desk,
    panel,
    people_who_may,
    title_of,
    weighed,
)

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/detail", roles=COORDINATORS, include_in_schema=False)
async def show_detail(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """What stands in a cell, and everything that can be done with it."""
    desk = await open_desk(request, territory, month)
    key = request.query_params.get("cle", "")
    found = (
        [one for one in activities(desk.problem, await plan_contents(desk.month.shown)) if is_of(one, key)]
        if desk.month.shown
        else []
    )
    if not found:
        raise NotFound(text("Cela n’est plus dans le planning."))
    lines = [(hour_of(desk, one), desk.words.title(one), desk.words.people(one)) for one in found]
    item = item_of(desk.items, key)
    words = {
        "lines": lines,
        "one": found[0],
        "item": item,
        "sentence": desk.words.sentence(found[0]) if item else "",
    }
    return panel(request, desk, "board/detail.html", {**words, "site": desk.words.site(found[0].site)})


@get(f"{MONTH}/places", roles=COORDINATORS, include_in_schema=False)
async def list_places(request: AnyRequest, territory: str, month: str) -> Offers:
    """Every cell where the thing could go along its row, with its cost: asked once, when it is picked up."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, request.query_params.get("cle", ""))
    return Offers(places=tuple(await asyncio.to_thread(offers, desk, item, item.staff_codes)))


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
    desk = await open_desk(request, territory, month)
    sent = {name: str(value) for name, value in (await request.form()).items()}
    item, spot = asked_item(desk, sent.get("cle", "")), asked_spot(sent)
    rewrite = move(desk.problem, desk.items, item, spot)
    if rewrite is None:
        return await weighed(request, desk, item, spot, status_code=422)
    weight = await asyncio.to_thread(lambda: Scale(desk.problem, desk.items).weigh(rewrite))
    if weight.breaches and sent.get("quand_meme") != "oui":
        return await weighed(request, desk, item, spot, status_code=422)
    return await keep_edit(
        request, desk, rewrite, move_words(desk, item, spot), decided=bool(weight.breaches)
    )


@post(f"{MONTH}/epingler", roles=COORDINATORS, include_in_schema=False)
async def pin(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Pins what is loose, looses what is pinned."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, str((await request.form()).get("cle", "")))
    turned = msgspec.structs.replace(item, pinned=not item.pinned)
    return await keep_edit(request, desk, Rewrite((turned,), ()), text("épingle"))


@get(f"{MONTH}/reaffecter", roles=COORDINATORS, include_in_schema=False)
async def ask_reassign(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The people who may, best first."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, request.query_params.get("cle", ""))
    people = await asyncio.to_thread(people_who_may, desk, item)
    return panel(
        request, desk, "board/reassign.html", {"item": item, "people": people, "title": title_of(desk, item)}
    )


@post(f"{MONTH}/reaffecter", roles=COORDINATORS, include_in_schema=False)
async def keep_reassign(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Gives the thing to somebody else; a rule broken here is noted as a decision."""
    desk = await open_desk(request, territory, month)
    sent = {name: str(value) for name, value in (await request.form()).items()}
    item = asked_item(desk, sent.get("cle", ""))
    staff = (sent.get("qui", ""), *item.staff_codes[1:])
    rewrite = reassign(desk.problem, desk.items, item, staff)
    if rewrite is None or sent.get("qui") not in {person.id for person in desk.problem.staff}:
        raise BadInput(text("Cette personne n’existe pas."))
    weight = await asyncio.to_thread(lambda: Scale(desk.problem, desk.items).weigh(rewrite))
    words = text("{what} à {who}", what=title_of(desk, item), who=initials(staff[0]))
    return await keep_edit(request, desk, rewrite, words, decided=bool(weight.breaches))


@get(f"{MONTH}/retirer", roles=COORDINATORS, include_in_schema=False)
async def ask_remove(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """Says what goes with it before it is taken off the draft."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, request.query_params.get("cle", ""))
    inside = len(remove(desk.items, item, desk.problem).drop) - 1
    return panel(
        request, desk, "board/remove.html", {"item": item, "inside": inside, "title": title_of(desk, item)}
    )


@post(f"{MONTH}/retirer", roles=COORDINATORS, include_in_schema=False)
async def take_off(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Takes it off the draft; nothing that is published changes before the next publication."""
    desk = await open_desk(request, territory, month)
    item = asked_item(desk, str((await request.form()).get("cle", "")))
    return await keep_edit(
        request,
        desk,
        remove(desk.items, item, desk.problem),
        text("{what} retirée", what=title_of(desk, item)),
    )


@post(f"{MONTH}/annuler", roles=COORDINATORS, include_in_schema=False)
async def undo(request: AnyRequest, territory: str, month: str) -> Redirect:
    """Takes the last edit of this draft back."""
    desk = await open_desk(request, territory, month)
    draft = desk.draft()
    await undo_edit(desk.visit.territory, draft.id, version=draft.version)
    return Redirect(f"{desk.path}?fait=annulation", status_code=303)


@post(f"{MONTH}/modifier", roles=COORDINATORS, include_in_schema=False)
async def begin_draft(request: AnyRequest, territory: str, month: str) -> Redirect:
    """A draft that begins as the published version."""
    desk = await open_desk(request, territory, month)
    if desk.month.shown is not None and not desk.editable:
        await copy_to_draft(desk.visit.territory, desk.month.shown)
    return Redirect(desk.path, status_code=303)


@get(f"{MONTH}/aide", roles=COORDINATORS, include_in_schema=False)
async def show_keys(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The keys of the grid."""
    return panel(request, await open_desk(request, territory, month), "board/keys.html", {})


async def keep_edit(
    request: AnyRequest, desk: Desk, rewrite: Rewrite, words: str, *, decided: bool = False
) -> Response[Any]:
    """Stores an edit; what was read too long ago is refused, and the intention stays on the page."""
    draft = desk.draft()
    sent = str((await request.form()).get("revision") or draft.version)
    put = (
        tuple(msgspec.structs.replace(item, pinned=True) for item in rewrite.put) if decided else rewrite.put
    )
    try:
        await edit_draft(
            desk.visit.territory, draft.id, Edit(words=words, put=put, drop=rewrite.drop), version=int(sent)
        )
    except (Conflict, ValueError):
        fields = {
            name: str(value)
            for name, value in (await request.form()).items()
            if name not in ("revision", "_csrf_token")
        }
        context = {
            "fields": {**fields, "revision": str(draft.version)},
            "action": str(request.url.path),
            "words": words,
        }
        return panel(request, desk, "board/stale.html", context, status_code=409)
    return Redirect(f"{desk.path}?fait=deplacement", status_code=303)
