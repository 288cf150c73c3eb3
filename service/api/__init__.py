"""Everything under `/api`, and what operates the service. JSON handlers: parse, call one action, return."""

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from service.api.dependencies import IN_A_TERRITORY
from service.api.drafts import DRAFTS
from service.api.explanations import EXPLANATIONS
from service.api.facts.resources import FACTS
from service.api.feeds import read_feed
from service.api.figures import FIGURES
from service.api.health import OPERATIONS
from service.api.living import LIVING
from service.api.places import PLACES
from service.api.plans import PLANS
from service.api.published import PUBLISHED
from service.api.scenarios import SCENARIOS
from service.api.site_answers import SITE_ANSWERS
from service.api.sites import SITES
from service.api.territories import OF_ONE, TERRITORIES

WITHIN = Router(
    "/api/territories/{territory:str}",
    dependencies=IN_A_TERRITORY,
    route_handlers=[*OF_ONE, *FACTS, *PUBLISHED, *LIVING, *SITE_ANSWERS, *FIGURES],
)
"""What one address may offer to several methods is registered in one router."""

API: tuple[HTTPRouteHandler | Router, ...] = (
    *OPERATIONS,
    read_feed,
    *TERRITORIES,
    PLANS,
    SCENARIOS,
    DRAFTS,
    EXPLANATIONS,
    PLACES,
    SITES,
    WITHIN,
)
