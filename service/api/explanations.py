"""Why not, why there, where else, what differs, who is to be told: asked of living plans."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from planner.records import HalfDay
from planner.wanted import Wanted
from service.api.dependencies import IN_A_TERRITORY, TerritoryOf
from service.api.paging import IfNoneMatch, Limit, Offset, part_of, told
from service.edge.guards import COORDINATORS
from service.errors import BadInput
from service.explaining.living_plans import prepared_plan
from service.schemas.comparisons import ComparisonView, ToldView, comparison_view, told_view
from service.schemas.explanations import (
    OverrulingPage,
    Suggestions,
    UnplacedPage,
    WhyNotView,
    WhyThisView,
    overruling_view,
    suggestion_view,
    why_not_view,
    why_this_view,
)

Code = Annotated[str | None, QueryParameter(max_length=200)]
Number = Annotated[int | None, QueryParameter(ge=1, le=1_000_000)]
Count = Annotated[int, QueryParameter(ge=1, le=100)]


def asked(  # noqa: PLR0913 - the fields by which plans tell things apart
    need: Code = None,
    number: Number = None,
    cadence: Code = None,
    on: date | None = None,
    half_day: HalfDay | None = None,
    promotion: Code = None,
    sequence: Code = None,
) -> Wanted:
    """What a question is about: one of need, cadence, promotion. Raises `BadInput`."""
    if sum(bool(one) for one in (need, cadence, promotion)) != 1:
        raise BadInput("need, cadence, promotion: one of them")
    return Wanted(
        need=need,
        number=number,
        cadence=cadence,
        on=on,
        half_day=half_day,
        promotion=promotion,
        sequence=sequence or None,
    )


async def beside(make: Callable[[], Any], if_none_match: str | None) -> Response[Any]:
    """An answer that takes a while, made beside the event loop."""
    return told(await asyncio.to_thread(make), if_none_match)


Asked = NamedDependency[SkipValidation[Wanted]]


@get(
    "/why-not",
    operation_id="explain_unplaced",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="Why something is not placed, who would have to leave, what would help",
)
async def read_why_not(
    within: TerritoryOf, plan_id: FromPath[UUID], wanted: Asked, if_none_match: IfNoneMatch = None
) -> Response[WhyNotView]:
    """409 when nothing of it is missing."""
    plan = await prepared_plan(within, plan_id)
    return await beside(lambda: why_not_view(plan.why_not(wanted), plan.words), if_none_match)


@get(
    "/left-out",
    operation_id="list_unplaced",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="What a plan leaves out, to ask about one by one",
)
async def read_left_out(
    within: TerritoryOf,
    plan_id: FromPath[UUID],
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[UnplacedPage]:
    plan = await prepared_plan(within, plan_id)
    return await beside(lambda: part_of(UnplacedPage, plan.left_out(), limit, offset), if_none_match)


@get(
    "/why-this",
    operation_id="explain_item",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="Why something stands where it does, and what the next best place would cost",
)
async def read_why_this(
    within: TerritoryOf, plan_id: FromPath[UUID], wanted: Asked, if_none_match: IfNoneMatch = None
) -> Response[WhyThisView]:
    """409 when it is not placed."""
    plan = await prepared_plan(within, plan_id)
    return await beside(lambda: why_this_view(plan.why_this(wanted), plan.words), if_none_match)


@get(
    "/suggestions",
    operation_id="suggest_places",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="The best places of one thing, placed or not, everything else staying",
)
async def read_suggestions(
    within: TerritoryOf,
    plan_id: FromPath[UUID],
    wanted: Asked,
    count: Count = 10,
    if_none_match: IfNoneMatch = None,
) -> Response[Suggestions]:
    plan = await prepared_plan(within, plan_id)

    def found() -> Suggestions:
        best = plan.suggest(wanted, count=count)
        return Suggestions(wanted=wanted, suggestions=tuple(suggestion_view(one, plan.words) for one in best))

    return await beside(found, if_none_match)


@get(
    "/compare/{other_id:uuid}",
    operation_id="compare_plans",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="Two plans side by side, level by level and thing by thing",
)
async def read_comparison(
    within: TerritoryOf,
    plan_id: FromPath[UUID],
    other_id: FromPath[UUID],
    staff: Code = None,
    if_none_match: IfNoneMatch = None,
) -> Response[ComparisonView]:
    """`staff`: only what differs for one person of the team. A scenario is judged under its own facts."""
    first, second = await prepared_plan(within, plan_id), await prepared_plan(within, other_id)
    first.must_know(staff)
    return await beside(
        lambda: comparison_view(first.compared(second), first.words.words, staff), if_none_match
    )


@get(
    "/told",
    operation_id="list_people_to_tell",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="What a draft changes of what is published, and who is to be told before it is kept",
)
async def read_told(
    within: TerritoryOf,
    plan_id: FromPath[UUID],
    limit: Count = 20,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[ToldView]:
    """Interviews to place anew come first, `limit` of them from `offset` on, each with three proposals."""
    plan = await prepared_plan(within, plan_id)
    part = slice(offset, offset + limit)
    return await beside(lambda: told_view(plan.told(part), plan.words), if_none_match)


@get(
    "/overruled",
    operation_id="explain_overruled",
    roles=COORDINATORS,
    errors=(304, 409),
    summary="Rules broken knowingly: the pins and the facts that make each breach",
)
async def read_overruled(
    within: TerritoryOf,
    plan_id: FromPath[UUID],
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[OverrulingPage]:
    plan = await prepared_plan(within, plan_id)

    def found() -> OverrulingPage:
        views = [overruling_view(one, plan.words) for one in plan.overruled()]
        return part_of(OverrulingPage, views, limit, offset)

    return await beside(found, if_none_match)


EXPLANATIONS = Router(
    "/api/territories/{territory:str}/plans/{plan_id:uuid}",
    tags=["explanations"],
    dependencies={**IN_A_TERRITORY, "wanted": Provide(asked, sync_to_thread=False)},
    route_handlers=[
        read_why_not,
        read_left_out,
        read_why_this,
        read_suggestions,
        read_comparison,
        read_told,
        read_overruled,
    ],
)
