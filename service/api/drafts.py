"""Drafts changed by hand, each edit from the version that was read."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, post
from litestar.params import FromPath, JSONBody

from db.records.plan import Plan
from service.actions.add_item import add_item
from service.actions.edit_draft import undo_edit
from service.actions.move_item import Move, move_item, pin_item
from service.actions.open_draft import Edited
from service.actions.remove_item import remove_item
from service.api.dependencies import IN_A_TERRITORY, TerritoryOf
from service.api.paging import IfMatch
from service.edge.etags import etag, version_read
from service.edge.guards import COORDINATORS
from service.schemas.plans import (
    AddRequest,
    DraftRequest,
    EditView,
    MoveRequest,
    PinRequest,
    PlanView,
    RemoveRequest,
    TakenOffView,
    plan_view,
)

GUARDED = (409, 412, 428)


@post(
    "/plans/{plan_id:uuid}/moves",
    operation_id="move_item",
    roles=COORDINATORS,
    errors=GUARDED,
    status_code=200,
    summary="Move something in a draft",
)
async def post_move(
    within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[MoveRequest], if_match: IfMatch = None
) -> Response[EditView]:
    """409 with `broken`, the rules that would be broken, unless `overrule`: then it stands as a decision."""
    move = Move(
        on=data.on, half_day=data.half_day, start=data.start, staff=data.staff, site=data.site, room=data.room
    )
    read = version_read(if_match, data.version)
    return _edited(await move_item(within, plan_id, data.key, move, version=read, overrule=data.overrule))


@post(
    "/plans/{plan_id:uuid}/items",
    operation_id="add_item",
    roles=COORDINATORS,
    errors=GUARDED,
    summary="Put something into a draft",
)
async def post_item(
    within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[AddRequest], if_match: IfMatch = None
) -> Response[EditView]:
    """Pinned where it is put. 409 with `broken`, the rules that would be broken, unless `overrule`."""
    read = version_read(if_match, data.version)
    return _edited(await add_item(within, plan_id, data.item(), version=read, overrule=data.overrule), 201)


@post(
    "/plans/{plan_id:uuid}/removals",
    operation_id="remove_item",
    roles=COORDINATORS,
    errors=GUARDED,
    status_code=200,
    summary="Take something off a draft",
)
async def post_removal(
    within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[RemoveRequest], if_match: IfMatch = None
) -> Response[TakenOffView]:
    """409 with `broken` where somebody fixed it, or partners have places in it, unless `overrule`."""
    read = version_read(if_match, data.version)
    done = await remove_item(within, plan_id, data.key, version=read, overrule=data.overrule)
    return _at(done.plan, TakenOffView(version=done.plan.version, keys=done.keys, broken=done.broken))


@post(
    "/plans/{plan_id:uuid}/pins",
    operation_id="pin_item",
    roles=COORDINATORS,
    errors=GUARDED,
    status_code=200,
    summary="Pin something in a draft, or free it",
)
async def post_pin(
    within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[PinRequest], if_match: IfMatch = None
) -> Response[EditView]:
    """Freed is freed at once, also what was fixed with the person: agree on another date with them first."""
    read = version_read(if_match, data.version)
    return _edited(await pin_item(within, plan_id, data.key, pinned=data.pinned, version=read))


@post(
    "/plans/{plan_id:uuid}/undo",
    operation_id="undo_edit",
    roles=COORDINATORS,
    errors=GUARDED,
    status_code=200,
    summary="Take back the last edit of a draft",
)
async def post_undo(
    within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[DraftRequest], if_match: IfMatch = None
) -> Response[PlanView]:
    """The draft as before; unchanged when there is nothing to take back."""
    plan = await undo_edit(within, plan_id, version=version_read(if_match, data.version))
    return _at(plan, plan_view(plan))


def _edited(edited: Edited, status_code: int = 200) -> Response[EditView]:
    view = EditView(version=edited.plan.version, item=edited.item, broken=edited.broken)
    return _at(edited.plan, view, status_code)


def _at(plan: Plan, view: Any, status_code: int = 200) -> Response[Any]:
    """With the ETag of the draft's new version."""
    return Response(view, status_code=status_code, headers={"etag": etag(plan.version)})


DRAFTS = Router(
    "/api/territories/{territory:str}",
    tags=["drafts"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[post_move, post_item, post_removal, post_pin, post_undo],
)
