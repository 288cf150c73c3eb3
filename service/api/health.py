"""Is the process alive, is it ready, how is it doing: for orchestrators and for measures."""

from datetime import UTC, datetime

import msgspec
from litestar import MediaType, get
from litestar.datastructures import State

from db.errors import DatabaseError
from db.queries.measures import measures
from service.database import RETRY_SECONDS
from service.edge.guards import PUBLIC
from service.edge.metrics import exposition
from service.errors import Unavailable


class Health(msgspec.Struct, frozen=True):
    status: str


@get("/health", operation_id="read_health", roles=PUBLIC, tags=["operations"], summary="The process answers")
async def read_health() -> Health:
    return Health("alive")


@get(
    "/ready",
    operation_id="read_readiness",
    roles=PUBLIC,
    errors=(503,),
    tags=["operations"],
    summary="Ready to serve",
)
async def read_readiness(state: State) -> Health:
    """Ready when every part that a request needs answers."""
    for name, answers in state.readiness.items():
        if not await answers():
            raise Unavailable(f"{name} does not answer", retry_after=RETRY_SECONDS)
    return Health("ready")


@get(
    "/metrics",
    operation_id="read_metrics",
    media_type=MediaType.TEXT,
    roles=("administrator", "public"),
    tags=["operations"],
    summary="Prometheus",
)
async def read_metrics() -> str:
    try:
        found = await measures(datetime.now(UTC))
    except DatabaseError:
        found = None
    return exposition(found)


OPERATIONS = (read_health, read_readiness, read_metrics)
