"""Plans: asked for, read, stopped, compared, published."""

from collections.abc import AsyncGenerator
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import MediaType, Response, Router, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from db.queries.plans import count_plans, plan_by_id, plans_of
from db.states import PlanState
from service.actions.copy_published import copy_published
from service.actions.discard_plan import discard_plan
from service.actions.follow_plan import follow_plan
from service.actions.preview_publication import preview_publication
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.stop_plan import stop_plan
from service.actions.withdraw_plan import withdraw_plan
from service.api.dependencies import IN_A_TERRITORY, ActorOf, TerritoryOf
from service.api.kept_bodies import say_shown
from service.api.paging import IfMatch, IfNoneMatch, PartOf, no_news, told
from service.api.plan_contents import content_body, digest_of
from service.edge.etags import etag, is_known, version_given
from service.edge.guards import COORDINATORS, TEAM
from service.schemas.base import FIRST_YEAR, LAST_YEAR
from service.schemas.differences import diff_view, publication_view
from service.schemas.plans import (
    CopyRequest,
    DiffView,
    PlanContent,
    PlanPage,
    PlanRequest,
    PlanView,
    PublicationView,
    StopRequest,
    options_of,
    plan_view,
)

PLAN = "/{plan_id:uuid}"
FIRST_ON, LAST_ON = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@post(
    operation_id="request_plan",
    roles=COORDINATORS,
    errors=(409,),
    status_code=202,
    summary="Ask for a plan of some dates",
)
async def post_plan(
    within: TerritoryOf, actor: ActorOf, state: State, data: JSONBody[PlanRequest]
) -> PlanView:
    """One at a time for a territory and dates; it is solved by a job: follow its progress."""
    options = options_of(data, state.settings)
    return plan_view(await request_plan(within, data.first_on, data.last_on, options, actor, state.queue))


@post(
    "/copies",
    operation_id="copy_published_plan",
    roles=COORDINATORS,
    summary="Begin a draft from what is published",
)
async def post_copy(within: TerritoryOf, actor: ActorOf, data: JSONBody[CopyRequest]) -> PlanView:
    """Asked again by the same account, with nothing done in between: the same draft."""
    return plan_view(await copy_published(within, data.first_on, data.last_on, actor))


@get(operation_id="list_plans", roles=TEAM, errors=(304,), summary="Versions, the newest first")
async def list_plans(
    within: TerritoryOf,
    part: PartOf,
    state_is: Annotated[PlanState | None, QueryParameter(name="state")] = None,
    from_on: date = FIRST_ON,
    until_on: date = LAST_ON,
    if_none_match: IfNoneMatch = None,
) -> Response[PlanPage]:
    """`from_on`, `until_on`: those with a day between, both included."""
    states, touching = (state_is,) if state_is else (), (from_on, until_on)
    found = await plans_of(within.id, touching=touching, states=states, limit=part.limit, offset=part.offset)
    total = await count_plans(within.id, touching=touching, states=states)
    more = part.offset + part.limit if total > part.offset + part.limit else None
    page = PlanPage(items=tuple(plan_view(one) for one in found), total=total, next_offset=more)
    return told(page, if_none_match)


@get(PLAN, operation_id="read_plan", roles=TEAM, errors=(304,), summary="One version")
async def read_plan(
    within: TerritoryOf, plan_id: FromPath[UUID], if_none_match: IfNoneMatch = None
) -> Response[PlanView]:
    """Its ETag, the version, changes with its state and with each edit."""
    plan = await plan_by_id(within.id, plan_id)
    tag = etag(plan.version)
    if is_known(tag, if_none_match):
        return no_news(tag)
    return Response(plan_view(plan), headers={"etag": tag})


@get(
    f"{PLAN}/content",
    operation_id="read_plan_content",
    roles=COORDINATORS,
    participants=True,
    errors=(304,),
    summary="What it places and leaves out",
)
async def read_content(
    within: TerritoryOf, plan_id: FromPath[UUID], state: State, if_none_match: IfNoneMatch = None
) -> Response[PlanContent]:
    """Its ETag, sent as `If-Match`, guards an edit."""
    plan = await plan_by_id(within.id, plan_id)
    body = await content_body(within, plan, state.bodies)
    tag = etag(plan.version, digest_of(body))
    if is_known(tag, if_none_match):
        return no_news(tag)
    say_shown(body)
    return Response(body.content, media_type=MediaType.JSON, headers={"etag": tag})  # type: ignore[arg-type]


@get(
    f"{PLAN}/progress",
    operation_id="follow_plan",
    media_type="text/event-stream",
    roles=COORDINATORS,
    summary="Live progress, as server-sent events",
)
async def read_progress(within: TerritoryOf, plan_id: FromPath[UUID]) -> ServerSentEvent:
    """Each event's data is the state and the last point of the curve, as JSON; ends with the solve."""
    await plan_by_id(within.id, plan_id)
    return ServerSentEvent(_events(plan_id))


async def _events(plan_id: UUID) -> AsyncGenerator[ServerSentEventMessage, None]:
    async for progress in follow_plan(plan_id):
        yield ServerSentEventMessage(event="progress", data=msgspec.json.encode(progress).decode())


@post(
    f"{PLAN}/stop",
    operation_id="stop_plan",
    roles=COORDINATORS,
    errors=(409,),
    status_code=202,
    summary="End a solve early",
)
async def post_stop(within: TerritoryOf, plan_id: FromPath[UUID], data: JSONBody[StopRequest]) -> PlanView:
    return plan_view(await stop_plan(within, plan_id, keep=data.keep))


@get(
    f"{PLAN}/diff",
    operation_id="compare_plan",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="A draft beside what is published",
)
async def read_diff(
    within: TerritoryOf, plan_id: FromPath[UUID], if_none_match: IfNoneMatch = None
) -> Response[DiffView]:
    """Its ETag, sent as `If-Match`, publishes only the draft that was compared."""
    found = diff_view(await preview_publication(within, plan_id))
    return told(found, if_none_match, version=found.version)


@post(
    f"{PLAN}/publish",
    operation_id="publish_plan",
    roles=COORDINATORS,
    errors=(409, 412),
    status_code=200,
    summary="Publish a draft",
)
async def post_publication(
    within: TerritoryOf,
    actor: ActorOf,
    plan_id: FromPath[UUID],
    silently: bool = False,
    if_match: IfMatch = None,
) -> PublicationView:
    """409 with `lost`, the list of what no longer holds, when facts or bookings changed meanwhile.

    `silently`: nobody of the team is mailed, and the trail says so. `If-Match`: only the draft that was read.
    """
    read = version_given(if_match)
    return publication_view(await publish_plan(within, plan_id, actor, silently=silently, version=read))


@post(
    f"{PLAN}/withdraw",
    operation_id="withdraw_plan",
    roles=COORDINATORS,
    errors=(409, 412),
    status_code=200,
    summary="Withdraw the published version",
)
async def post_withdrawal(
    within: TerritoryOf, actor: ActorOf, plan_id: FromPath[UUID], if_match: IfMatch = None
) -> PlanView:
    """`If-Match`: only the version that was read."""
    read = version_given(if_match)
    return plan_view(await withdraw_plan(within, plan_id, actor, version=read))


@post(
    f"{PLAN}/discard",
    operation_id="discard_plan",
    roles=COORDINATORS,
    errors=(409, 412),
    status_code=200,
    summary="Throw a draft away",
)
async def post_discard(within: TerritoryOf, plan_id: FromPath[UUID], if_match: IfMatch = None) -> PlanView:
    """`If-Match`: only the draft that was read."""
    return plan_view(await discard_plan(within, plan_id, version=version_given(if_match)))


PLANS = Router(
    "/api/territories/{territory:str}/plans",
    tags=["plans"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[
        post_plan,
        post_copy,
        list_plans,
        read_plan,
        read_content,
        read_progress,
        post_stop,
        read_diff,
        post_publication,
        post_withdrawal,
        post_discard,
    ],
)
