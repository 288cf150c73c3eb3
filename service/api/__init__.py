"""Everything under `/api`, and what operates the service. JSON handlers: parse, call one action, return."""

from service.api.drafts import DRAFTS
from service.api.feeds import read_feed
from service.api.health import OPERATIONS
from service.api.places import PLACES
from service.api.plans import PLANS

API = (*OPERATIONS, read_feed, PLANS, DRAFTS, PLACES)
