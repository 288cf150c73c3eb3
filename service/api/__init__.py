"""Everything under `/api`, and what operates the service. JSON handlers: parse, call one action, return."""

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from service.api.dependencies import IN_A_TERRITORY
from service.api.drafts import DRAFTS
from service.api.explanations import EXPLANATIONS
from service.api.facts.resources import FACTS
from service.api.feeds import read_feed
from service.api.health import OPERATIONS
from service.api.living import LIVING
from service.api.places import PLACES
from service.api.plans import PLANS
from service.api.published import PUBLISHED

WITHIN = Router(
    "/api/territories/{territory:str}",
    dependencies=IN_A_TERRITORY,
    route_handlers=[*FACTS, *PUBLISHED, *LIVING],
)
"""What one address may offer to several methods is registered in one router."""

API: tuple[HTTPRouteHandler | Router, ...] = (
    *OPERATIONS,
    read_feed,
    PLANS,
    DRAFTS,
    EXPLANATIONS,
    PLACES,
    WITHIN,
)
