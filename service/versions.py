"""The number of a version as a coordinator counts: the first that was published of these dates is 1; and which draft it is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from db.queries.plans import plans_of
from db.records.plan import Plan
from db.states import PlanState
from service.actions.request_plan import SCENARIO
from service.translate.quick_move import ORIGIN

DRAFTS = (PlanState.DRAFT, PlanState.READY, PlanState.DISCARDED)
MOST = 1000
"""Versions of one month that are counted: each move of a morning is one."""


def version_numbers(plans: Iterable[Plan]) -> Mapping[UUID, int]:
    """Numbers of plans of the same dates, by id: published ones in their order, every draft the one it would get."""
    known = list(plans)
    published = sorted((at, plan.id) for plan in known if (at := plan.published_at) is not None)
    numbers = {plan.id: len(published) + 1 for plan in known}
    return numbers | {plan_id: rank for rank, (_, plan_id) in enumerate(published, start=1)}


def draft_ranks(plans: Iterable[Plan]) -> Mapping[UUID, int]:
    """Of drafts of the same dates, by id: how many of them there were for the number that it would get, itself included.

    Those of before the last publication are old ones, without a rank; a move of the day makes none old.
    """
    known = list(plans)
    planned = [one.published_at for one in known if one.published_at is not None and one.origin != ORIGIN]
    drafts = [one for one in known if one.state in DRAFTS and one.origin != SCENARIO]
    made = sorted((one.solved_at or one.created_at, one.id) for one in drafts)
    since = [one for one in made if not planned or one[0] > max(planned)]
    return {plan_id: rank for rank, (_, plan_id) in enumerate(since, start=1)}


async def version_number(plan: Plan) -> int:
    """The number of one plan, among those of its territory and dates."""
    dates = (plan.first_on, plan.last_on)
    found = await plans_of(plan.territory_id, touching=dates, limit=MOST)
    return version_numbers(one for one in found if (one.first_on, one.last_on) == dates)[plan.id]
