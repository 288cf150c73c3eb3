"""Drafts changed by hand."""

from uuid import UUID

from litestar import Router, post
from litestar.params import FromPath, JSONBody

from service.actions.edit_draft import undo_edit
from service.actions.move_item import Edited, Move, move_item, pin_item
from service.api.dependencies import IN_A_TERRITORY, TerritoryOf
from service.edge.guards import COORDINATORS
from service.schemas.plans import EditView, MoveRequest, PinRequest, PlanView, UndoRequest, plan_view


@post(
    "/plans/{plan_id:uuid}/moves",
    operation_id="move_item",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    summary="Move something in a draft",
)
async def post_move(within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[MoveRequest]) -> EditView:
    """409 with `broken`, the rules that would be broken, unless `overrule`: then it stands as a decision."""
    move = Move(
        on=data.on, half_day=data.half_day, start=data.start, staff=data.staff, site=data.site, room=data.room
    )
    edited = await move_item(within, plan_id, data.key, move, version=data.version, overrule=data.overrule)
    return _view(edited)


@post(
    "/plans/{plan_id:uuid}/pins",
    operation_id="pin_item",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    summary="Pin something in a draft, or free it",
)
async def post_pin(within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[PinRequest]) -> EditView:
    return _view(await pin_item(within, plan_id, data.key, pinned=data.pinned, version=data.version))


@post(
    "/plans/{plan_id:uuid}/undo",
    operation_id="undo_edit",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    summary="Take back the last edit of a draft",
)
async def post_undo(within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[UndoRequest]) -> PlanView:
    """The draft as before; unchanged when there is nothing to take back."""
    return plan_view(await undo_edit(within, plan_id, version=data.version))


def _view(edited: Edited) -> EditView:
    return EditView(version=edited.plan.version, item=edited.item, broken=edited.broken)


DRAFTS = Router(
    "/api/territories/{territory:str}",
    tags=["drafts"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[post_move, post_pin, post_undo],
)
