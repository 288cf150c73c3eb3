"""What handlers are given: the territory of the path, and who acts."""

from typing import Any

from litestar import Request
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from db.records.territory import Territory
from service.actions.actor import Actor
from service.api.paging import provide_part
from service.edge.actors import actor_of
from service.edge.identity import identify
from service.edge.whose_territory import territory_at

TerritoryOf = NamedDependency[SkipValidation[Territory]]
ActorOf = NamedDependency[SkipValidation[Actor]]


async def provide_territory(request: Request[Any, Any, Any]) -> Territory:
    """The guard has let the identity into it already. Raises `NotFoundError`."""
    return await territory_at(request, request.path_params["territory"])


async def provide_actor(request: Request[Any, Any, Any], within: TerritoryOf) -> Actor:  # noqa: ARG001
    """Who is signed in, as histories name them.

    Asked after `within`: two dependencies at once would be two tasks, and a transaction belongs to one.
    """
    return actor_of(await identify(request))


IN_A_TERRITORY = {
    "within": Provide(provide_territory),
    "actor": Provide(provide_actor),
    "part": Provide(provide_part, sync_to_thread=False),
}
"""Of every router under `{territory:str}`: `within` is the territory of the path, `part` that of a list."""
