"""Figures without names, and who waits for another place."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.queries.facts import all_facts
from db.records.participant import Path
from service.actions.own_people import visible_participants
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.published import refuse_far
from service.edge.guards import COORDINATORS, TEAM
from service.indicators import cells, path_cells
from service.schemas.figures import DisplacedView, IndicatorsView, displaced_views

TAGS = ["figures"]
LOOKED_BACK = timedelta(days=31)


@get(
    "/indicators",
    operation_id="read_indicators",
    roles=COORDINATORS,
    tags=TAGS,
    summary="Planned, held, missed, cancelled, by programme, site, kind and month",
)
async def read_indicators(
    within: TerritoryOf,
    from_on: date,
    until_on: date,
    programme: Annotated[str | None, QueryParameter(max_length=100)] = None,
    leaving: bool = True,
) -> IndicatorsView:
    """`leaving`: as it may leave the association, cells under five people merged or withheld."""
    refuse_far(from_on, until_on)
    found = await assignments_of(within.id, Wanted(from_on=from_on, until_on=until_on))
    own = [one for one in found if programme in (None, one.programme)]
    noted = await attendance_of(within.id, [one.id for one in own])
    paths = [one for one in await all_facts(within.id, Path) if programme in (None, one.programme)]
    return IndicatorsView(
        cells=cells(own, noted, datetime.now(UTC), leaving=leaving),
        paths=path_cells(paths, from_on, until_on, leaving=leaving),
        leaving=leaving,
    )


@get(
    "/displaced",
    operation_id="list_displaced",
    roles=TEAM,
    participants=True,
    tags=TAGS,
    summary="Who waits for another place, the longest first",
)
async def list_displaced(within: TerritoryOf, actor: ActorOf) -> list[DisplacedView]:
    """People whose last interview was cancelled and who have no later one."""
    now = datetime.now(UTC)
    wanted = Wanted(from_on=(now - LOOKED_BACK).date(), kinds=("interview",))
    people = await visible_participants(within, actor)
    return displaced_views(await assignments_of(within.id, wanted), people, now)


FIGURES = (read_indicators, list_displaced)
