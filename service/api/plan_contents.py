"""What a version places and leaves out, as bytes: kept while neither it nor the facts and bookings change."""

import hashlib
from datetime import UTC, datetime

from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.read_version import read_version
from service.api.kept_bodies import KeptBodies, KeptBody
from service.explaining.contents import contents_of
from service.schemas.plans import PlanContent
from service.translate.plan_rows import unplaced_row

HOLD_SECONDS = 60
"""A partner's hold ends without a write: what a draft stands on is read again after this long."""


async def content_body(territory: Territory, plan: Plan, bodies: KeptBodies) -> KeptBody:
    """`territory` and `plan` were just read."""
    revisions = f"{territory.version} {territory.facts_revision} {territory.published_revision}"
    minute = int(datetime.now(UTC).timestamp()) // HOLD_SECONDS
    key = f"content {plan.id} {plan.version} {plan.state} {revisions} {minute}"
    return bodies.get(key) or bodies.keep(key, await _content(plan))


async def _content(plan: Plan) -> PlanContent:
    version = await read_version(plan)
    left_out = (await contents_of(plan, version)).unplaced
    unplaced = tuple(unplaced_row(one) for one in left_out)
    return PlanContent(version=plan.version, items=version.items, unplaced=unplaced)


def digest_of(body: KeptBody) -> str:
    """What tells two contents of one version apart: facts change beside it."""
    return hashlib.sha256(body.content).hexdigest()[:20]
