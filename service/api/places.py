"""Places and orientations for partners' own tools; a coordinator names the partner with `partner`."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from service.actions.cancel_orientation import cancel_orientation
from service.actions.enrol_oriented import enrol_oriented
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import join_waiting_list
from service.actions.move_orientation import move_orientation
from service.actions.note_demand import note_demand
from service.actions.orient import orient
from service.actions.overbook_place import overbook_place
from service.actions.read_orientations import read_orientation, read_orientations
from service.actions.read_places import read_places, weeks_ahead
from service.actions.release_hold import release_hold
from service.actions.unlink_oriented import unlink_oriented
from service.api.dependencies import IN_A_TERRITORY, TerritoryOf
from service.api.paging import IfNoneMatch, Limit, Offset, part_of, told
from service.edge.guards import COORDINATORS
from service.edge.holders import USERS, holder_at
from service.partners.holder import Holder
from service.schemas.places import (
    DemandRequest,
    HoldRequest,
    HoldView,
    MoveToRequest,
    OrientationOut,
    OrientationPage,
    OrientRequest,
    OverbookRequest,
    PersonKnown,
    PlacesPage,
    ReasonRequest,
    WaitRequest,
    hold_view,
    orientation_out,
    place_view,
)

HolderOf = NamedDependency[SkipValidation[Holder]]
FirstDay = Annotated[date | None, QueryParameter(name="from", description="The first day, today by default.")]
OfSite = Annotated[str | None, QueryParameter(description="One of the partner's sites, by code.")]


async def provide_holder(
    request: Request[Any, Any, Any], within: TerritoryOf, partner: str | None = None
) -> Holder:
    """Whoever asks, as a partner. Raises `NotFound` when they are none and name none."""
    return await holder_at(request, within, partner)


@get(
    "/free-places",
    operation_id="list_free_places",
    roles=USERS,
    summary="Places of the weeks to come, as a partner sees them",
)
async def list_free_places(
    within: TerritoryOf, holder: HolderOf, first_on: FirstDay = None, site: OfSite = None
) -> PlacesPage:
    """What is not free or one's own is `taken`, without more."""
    now = datetime.now(UTC)
    window = msgspec.structs.replace(weeks_ahead(within, now, first_on), sites=(site,) if site else ())
    shelf = await read_places(within, holder, window, now)
    return PlacesPage(
        from_on=window.from_on,
        until_on=window.until_on,
        places=tuple(map(place_view, shelf.places)),
        seats=tuple(map(place_view, shelf.seats)),
    )


@post(
    "/holds", operation_id="hold_place", roles=USERS, errors=(409,), summary="Hold a place for some minutes"
)
async def post_hold(within: TerritoryOf, holder: HolderOf, data: JSONBody[HoldRequest]) -> HoldView:
    """Asked twice it is one hold. 409 with `alternatives`, the three nearest free places."""
    return hold_view(await hold_place(within, holder, data.host_id, data.slot))


@delete(
    "/holds/{hold_id:uuid}",
    operation_id="release_hold",
    roles=USERS,
    errors=(409,),
    summary="Give a place back",
)
async def delete_hold(within: TerritoryOf, holder: HolderOf, hold_id: FromPath[UUID]) -> None:
    await release_hold(within, holder, hold_id)


@post(
    "/orientations",
    operation_id="orient",
    roles=USERS,
    errors=(409,),
    summary="Confirm a held place for a person",
)
async def post_orientation(
    within: TerritoryOf, holder: HolderOf, data: JSONBody[OrientRequest]
) -> OrientationOut:
    """Sent twice it is one orientation. 400 with `problems`, 409 with `alternatives`."""
    made = await orient(within, holder, data.hold_id, data.form())
    return orientation_out(await read_orientation(within, holder, made.id))


@post(
    "/waiting-list", operation_id="join_waiting_list", roles=USERS, errors=(409,), summary="Wait for a seat"
)
async def post_turn(within: TerritoryOf, holder: HolderOf, data: JSONBody[WaitRequest]) -> OrientationOut:
    """409 while there are seats."""
    made = await join_waiting_list(within, holder, data.promotion_id, data.form())
    return orientation_out(await read_orientation(within, holder, made.id))


@post(
    "/overbookings",
    operation_id="overbook_place",
    roles=COORDINATORS,
    summary="One place more than there are, knowingly",
)
async def post_overbooking(
    within: TerritoryOf, holder: HolderOf, data: JSONBody[OverbookRequest]
) -> OrientationOut:
    """It stands in the history as the coordinator's decision."""
    made = await overbook_place(within, holder, data.host_id, data.slot, data.form())
    return orientation_out(await read_orientation(within, holder, made.id))


@get(
    "/orientations",
    operation_id="list_orientations",
    roles=USERS,
    errors=(304,),
    summary="The partner's own orientations",
)
async def list_orientations(
    within: TerritoryOf,
    holder: HolderOf,
    status: Annotated[str | None, QueryParameter(max_length=40)] = None,
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[OrientationPage]:
    """What comes first at the head, what is over after it."""
    every = [orientation_out(one) for one in await read_orientations(within, holder)]
    found = [one for one in every if status in (None, one.status)]
    return told(part_of(OrientationPage, found, limit, offset), if_none_match)


@get(
    "/orientations/{orientation_id:uuid}",
    operation_id="read_orientation",
    roles=USERS,
    errors=(304,),
    summary="One orientation",
)
async def get_orientation(
    within: TerritoryOf, holder: HolderOf, orientation_id: FromPath[UUID], if_none_match: IfNoneMatch = None
) -> Response[OrientationOut]:
    return told(orientation_out(await read_orientation(within, holder, orientation_id)), if_none_match)


@post(
    "/orientations/{orientation_id:uuid}/move",
    operation_id="move_orientation",
    roles=USERS,
    errors=(409,),
    status_code=200,
    summary="Move an orientation to another free place",
)
async def post_move_to(
    within: TerritoryOf, holder: HolderOf, orientation_id: FromPath[UUID], data: JSONBody[MoveToRequest]
) -> OrientationOut:
    """409 with `alternatives`; the old place stays taken then."""
    await move_orientation(within, holder, orientation_id, data.host_id, data.slot)
    return orientation_out(await read_orientation(within, holder, orientation_id))


@post(
    "/orientations/{orientation_id:uuid}/cancel",
    operation_id="cancel_orientation",
    roles=USERS,
    errors=(409,),
    status_code=200,
    summary="Cancel an orientation, by the partner or by us",
)
async def post_cancel(
    within: TerritoryOf, holder: HolderOf, orientation_id: FromPath[UUID], data: JSONBody[ReasonRequest]
) -> OrientationOut:
    await cancel_orientation(within, holder, orientation_id, data.reason)
    return orientation_out(await read_orientation(within, holder, orientation_id))


@post(
    "/orientations/{orientation_id:uuid}/participant",
    operation_id="link_orientation",
    roles=COORDINATORS,
    errors=(409,),
    status_code=200,
    participants=True,
    summary="Say who of ours the person is that a partner oriented",
)
async def post_participant(
    within: TerritoryOf, holder: HolderOf, orientation_id: FromPath[UUID], data: JSONBody[PersonKnown]
) -> OrientationOut:
    """To a seat it enrols them in the promotion. Twice with one reference is once; 409 when it is somebody else's."""
    await enrol_oriented(within, holder, orientation_id, data.participant)
    return orientation_out(await read_orientation(within, holder, orientation_id))


@delete(
    "/orientations/{orientation_id:uuid}/participant",
    operation_id="unlink_orientation",
    roles=COORDINATORS,
    status_code=200,
    participants=True,
    summary="Take a reference off an orientation that was not theirs",
)
async def delete_participant(
    within: TerritoryOf, holder: HolderOf, orientation_id: FromPath[UUID]
) -> OrientationOut:
    """The place stays taken; of a seat the person leaves the promotion. A second time it is unlinked already."""
    await unlink_oriented(within, holder, orientation_id)
    return orientation_out(await read_orientation(within, holder, orientation_id))


@post(
    "/demands",
    operation_id="note_demand",
    roles=USERS,
    status_code=204,
    summary="Say that a place was missing",
)
async def post_demand(within: TerritoryOf, holder: HolderOf, data: JSONBody[DemandRequest]) -> None:
    """A count by site and week: nobody is named."""
    await note_demand(within, holder, data.site, data.on)


PLACES = Router(
    "/api/territories/{territory:str}",
    tags=["places"],
    dependencies={**IN_A_TERRITORY, "holder": Provide(provide_holder)},
    route_handlers=[
        list_free_places,
        post_hold,
        delete_hold,
        post_orientation,
        post_turn,
        post_overbooking,
        list_orientations,
        get_orientation,
        post_move_to,
        post_cancel,
        post_participant,
        delete_participant,
        post_demand,
    ],
)
