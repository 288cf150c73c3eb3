"""Figures without names, and who waits for another place."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.queries.facts import all_facts
from db.records.participant import Path
from service.actions.own_people import visible_participants
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.paging import IfNoneMatch, Limit, Offset, part_of, told
from service.api.published import refuse_far, wanted_of
from service.api.signed import answers, filters_of, given, signed
from service.edge.guards import COORDINATORS, TEAM
from service.indicators import cells, path_cells
from service.schemas.figures import (
    AttendancePage,
    DisplacedPage,
    IndicatorsView,
    attendance_views,
    displaced_views,
)

TAGS = ["figures"]
LOOKED_BACK = timedelta(days=31)


@get(
    "/indicators",
    operation_id="read_indicators",
    roles=COORDINATORS,
    errors=(304,),
    tags=TAGS,
    summary="Planned, held, missed, cancelled, by programme, site, kind and month",
)
async def read_indicators(
    within: TerritoryOf,
    from_on: date,
    until_on: date,
    programme: Annotated[str | None, QueryParameter(max_length=100)] = None,
    leaving: bool = True,
    if_none_match: IfNoneMatch = None,
) -> Response[IndicatorsView]:
    """`leaving`: as it may leave the association, cells under five people merged or withheld."""
    refuse_far(from_on, until_on)
    found = await assignments_of(within.id, Wanted(from_on=from_on, until_on=until_on))
    own = [one for one in found if programme in (None, one.programme)]
    noted = await attendance_of(within.id, [one.id for one in own])
    paths = [one for one in await all_facts(within.id, Path) if programme in (None, one.programme)]
    counted = IndicatorsView(
        cells=cells(own, noted, datetime.now(UTC), leaving=leaving),
        paths=path_cells(paths, from_on, until_on, leaving=leaving),
        leaving=leaving,
    )
    return told(counted, if_none_match)


@get(
    "/displaced",
    operation_id="list_displaced",
    roles=TEAM,
    participants=True,
    errors=(304,),
    tags=TAGS,
    summary="Who waits for another place, the longest first",
)
async def list_displaced(
    within: TerritoryOf,
    actor: ActorOf,
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[DisplacedPage]:
    """People whose last interview was cancelled and who have no later one."""
    now = datetime.now(UTC)
    wanted = Wanted(from_on=(now - LOOKED_BACK).date(), kinds=("interview",))
    people = await visible_participants(within, actor)
    views = displaced_views(await assignments_of(within.id, wanted), people, now)
    return told(part_of(DisplacedPage, views, limit, offset), if_none_match)


async def list_noted(
    within: TerritoryOf,
    actor: ActorOf,
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
    **filters: Any,
) -> Response[AttendancePage]:
    """`from_on` and `until_on` are needed; staff see their own people's."""
    wanted = wanted_of(given(filters))
    found = await assignments_of(within.id, wanted)
    people = await visible_participants(within, actor)
    noted = await attendance_of(within.id, [one.id for one in found])
    views = attendance_views(found, [one for one in noted if people is None or one.participant in people])
    return told(part_of(AttendancePage, views, limit, offset), if_none_match)


ASKED = {"from_on": date, "until_on": date, "site": str, "staff": str, "participant": str}
list_attendance = get(
    "/attendance",
    operation_id="list_attendance",
    roles=TEAM,
    participants=True,
    errors=(304,),
    tags=TAGS,
    summary="Who came, between two dates",
)(signed(list_noted, answers(AttendancePage), **filters_of(ASKED)))

FIGURES = (list_attendance, read_indicators, list_displaced)
