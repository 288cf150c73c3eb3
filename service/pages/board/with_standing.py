"""The month with what the facts of this moment say of the version shown; nothing of one that nobody works on."""

import asyncio
from datetime import date
from uuid import UUID

import msgspec

from db.queries.plans import plans_of
from db.records.plan import Plan as PlanRecord
from db.records.territory import Territory
from db.states import EDITABLE_PLANS, PlanState
from planner.checks.plan import PlanChecks
from service.actions.edit_draft import put_by_hand
from service.actions.read_pins import lifted_in
from service.actions.read_version import leaves_alone, numbered_pins
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.kept_for import KeptFor
from service.messages.assignment_words import Things
from service.pages.board.broken import judged_living, names_in
from service.pages.board.judged import judge
from service.pages.board.living import Living, living_month
from service.pages.board.meanwhile import told_meanwhile
from service.pages.board.source import Month, today_in
from service.pages.board.standing import Standing
from service.pages.board.standing_of import Asked, standing_of
from service.translate.called_off import brought_back, lost_again
from service.translate.draft import homeless, with_draft_pins
from service.translate.lifted_pins import without_pins
from service.translate.plan_rows import plan_from
from service.translate.still_known import still_known

MOST = 8
CALLED_OFF = "annulé depuis que ce brouillon est fait"
UNKNOWN = "ce n’est plus demandé, ou plus connu"
Horizon = tuple[UUID, date, date]
drafts: KeptFor[UUID, Standing] = KeptFor(MOST)
published: KeptFor[Horizon, Standing] = KeptFor(MOST)


async def with_standing(territory: Territory, month: Month) -> Month:
    """Of what is published, also by versions of other dates, and of the draft that work goes on with, until the month is over."""
    shown, facts = month.shown, month.facts
    if month.is_past or facts.problem.last_on < today_in(territory):
        return month
    if shown is None or shown.state is PlanState.PUBLISHED:
        standing = await _of_published(territory, month)
    elif shown.state in EDITABLE_PLANS and shown.origin != SCENARIO:
        standing = await _of_draft(territory, month, shown)
    else:
        return month
    return month._replace(facts=msgspec.structs.replace(facts, standing=standing))


async def _of_published(territory: Territory, month: Month) -> Standing:
    """What was said when a version was published, of a week as of a quarter, was decided."""
    dates = month.facts.problem.first_on, month.facts.problem.last_on
    living = await living_month(territory, *dates)
    versions = await plans_of(territory.id, touching=dates, states=(PlanState.PUBLISHED,))
    said = tuple(one for plan in versions for one in plan.overruled)
    asked = Asked(living.problem, living.plan, month.facts.labels, today_in(territory), said)
    found = await asyncio.to_thread(_living_standing, (territory.id, *dates), living, asked)
    return msgspec.structs.replace(found, dropped=living.dropped)


def _living_standing(horizon: Horizon, living: Living, asked: Asked) -> Standing:
    return published.of(horizon, asked, lambda: standing_of(asked, judged_living(living)))


async def _of_draft(territory: Territory, month: Month, shown: PlanRecord) -> Standing:
    """By what publishing it would be judged by; what these facts no longer know is no part of it any more."""
    now = month.facts.problem
    living = await living_month(territory, now.first_on, now.last_on)
    if not leaves_alone(shown):
        now = numbered_pins(month.items, living.problem)
    now = without_pins(now, await lifted_in(shown, month.items))
    items = still_known(month.items, now)
    before = await _of_published(territory, month)
    asked = Asked(
        problem=with_draft_pins(now, items),
        plan=plan_from(items),
        labels=month.facts.labels,
        today=today_in(territory),
        said=shown.overruled,
        before=before.falls,
        touched=frozenset(row.key for step in month.steps for row in step.put),
    )
    found = await asyncio.to_thread(_draft_standing, shown.id, asked)
    told = _with_meanwhile(found, asked, month, shown, living)
    return msgspec.structs.replace(told, dropped=before.dropped)


def _with_meanwhile(
    found: Standing, asked: Asked, month: Month, shown: PlanRecord, living: Living
) -> Standing:
    """With what publishing refuses beside broken rules, and what these facts do not know any more."""
    again = brought_back(shown, month.items, living.assignments, put_by_hand(month.items, month.steps))
    known = {one.key for one in still_known(month.items, asked.problem)}
    gone = {one.key for one in month.items if one.kind != "office"} - known
    against = {
        **found.against,
        **{one.key: (text(CALLED_OFF), *found.against.get(one.key, ())) for one in again},
        **dict.fromkeys(gone, (text(UNKNOWN),)),
    }
    lost = (*map(lost_again, again), *homeless(asked.problem, asked.plan))
    words = Things(asked.problem, names_in(month.facts.labels, asked.problem))
    return msgspec.structs.replace(
        found,
        is_checked=found.is_checked and not gone,
        falling=(*found.falling, *(told_meanwhile(one, words) for one in lost)),
        wants_anew=found.wants_anew or bool(lost),
        against=against,
    )


def _draft_standing(draft: UUID, asked: Asked) -> Standing:
    """Of a draft that names what these facts do not know nothing can be judged: publishing it says so."""

    def make() -> Standing:
        if any(PlanChecks(asked.problem).faults(asked.plan)):
            return Standing(problem=asked.problem, is_checked=False)
        return standing_of(asked, judge(asked.problem, asked.plan))

    return drafts.of(draft, asked, make)
