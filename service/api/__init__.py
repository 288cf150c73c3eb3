"""Everything under `/api`, and what operates the service. JSON handlers: parse, call one action, return."""

from service.api.drafts import DRAFTS
from service.api.feeds import read_feed
from service.api.health import read_health, read_metrics, read_readiness
from service.api.plans import PLANS

API = (read_health, read_readiness, read_metrics, read_feed, PLANS, DRAFTS)
