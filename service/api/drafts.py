"""Drafts changed by hand, and published things called off."""

from uuid import UUID

from litestar import Router, post
from litestar.params import FromPath, JSONBody

from service.actions.cancel_today import Displaced, cancel_today
from service.actions.move_item import Edited, Move, move_item, pin_item
from service.api.dependencies import IN_A_TERRITORY, ActorOf, TerritoryOf
from service.edge.guards import COORDINATORS, TEAM
from service.schemas.plans import CancelRequest, EditView, MoveRequest, PinRequest


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
    "/assignments/{assignment_id:uuid}/cancel-today",
    operation_id="cancel_today",
    roles=TEAM,
    errors=(409,),
    status_code=200,
    summary="Call a published thing off, at once",
)
async def post_cancellation(
    within: TerritoryOf, actor: ActorOf, assignment_id: FromPath[UUID], data: JSONBody[CancelRequest]
) -> list[Displaced]:
    """What is called off with it, the nearest in time first: who is to be told."""
    return list(await cancel_today(within, assignment_id, actor, reason=data.reason, by=data.by))


def _view(edited: Edited) -> EditView:
    return EditView(version=edited.plan.version, item=edited.item, broken=edited.broken)


DRAFTS = Router(
    "/api/territories/{territory:str}",
    tags=["drafts"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[post_move, post_pin, post_cancellation],
)
