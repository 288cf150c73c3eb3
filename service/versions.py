"""The number of a version as a coordinator counts: the first that was published of these dates is 1."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from db.queries.plans import plans_of
from db.records.plan import Plan

MOST = 1000
"""Versions of one month that are counted: each move of a morning is one."""


def version_numbers(plans: Iterable[Plan]) -> Mapping[UUID, int]:
    """Numbers of plans of the same dates, by id: published ones in their order, every draft the one it would get."""
    known = list(plans)
    published = sorted((at, plan.id) for plan in known if (at := plan.published_at) is not None)
    numbers = {plan.id: len(published) + 1 for plan in known}
    return numbers | {plan_id: rank for rank, (_, plan_id) in enumerate(published, start=1)}


async def version_number(plan: Plan) -> int:
    """The number of one plan, among those of its territory and dates."""
    dates = (plan.first_on, plan.last_on)
    found = await plans_of(plan.territory_id, touching=dates, limit=MOST)
    return version_numbers(one for one in found if (one.first_on, one.last_on) == dates)[plan.id]
