"""A published month planned again with least change, and months under facts supposed otherwise."""

from litestar import Router, post
from litestar.datastructures import State
from litestar.params import JSONBody

from service.actions.request_scenario import request_replan, request_scenario
from service.api.dependencies import IN_A_TERRITORY, ActorOf, TerritoryOf
from service.edge.guards import COORDINATORS
from service.schemas.plans import DatesRequest, PlanView, ScenarioRequest, options_of, plan_view


@post(
    "/replans",
    operation_id="replan",
    roles=COORDINATORS,
    errors=(409,),
    status_code=202,
    summary="Plan what is published again, with as few changes as can be",
)
async def post_replan(
    within: TerritoryOf, actor: ActorOf, state: State, data: JSONBody[DatesRequest]
) -> PlanView:
    """409 when nothing is published. Once ready, `list_people_to_tell` says what it changes and for whom."""
    options = options_of(data, state.settings)
    return plan_view(await request_replan(within, data.first_on, data.last_on, options, actor, state.queue))


@post(
    "/scenarios",
    operation_id="request_scenario",
    roles=COORDINATORS,
    errors=(409,),
    status_code=202,
    summary="Ask what if: the same dates under facts supposed otherwise",
)
async def post_scenario(
    within: TerritoryOf, actor: ActorOf, state: State, data: JSONBody[ScenarioRequest]
) -> PlanView:
    """Compared with any other plan, never published: change the facts themselves for that."""
    options = options_of(data, state.settings)
    return plan_view(await request_scenario(within, data.first_on, data.last_on, options, actor, state.queue))


SCENARIOS = Router(
    "/api/territories/{territory:str}/plans",
    tags=["plans"],
    dependencies=IN_A_TERRITORY,
    route_handlers=[post_replan, post_scenario],
)
