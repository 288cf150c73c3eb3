"""The month with what the facts of this moment say of the version shown; nothing of one that nobody works on."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.queries.plans import plans_of
from db.records.plan import Plan as PlanRecord
from db.records.territory import Territory
from db.states import EDITABLE_PLANS, PlanState
from planner.breach import Breach
from planner.checks.plan import PlanChecks
from planner.plan import Plan
from planner.problem import Problem
from service.actions.read_pins import lifted_in
from service.actions.read_version import leaves_alone, numbered_pins
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.messages.breach_sentence import breach_sentence
from service.messages.falling import OF_PEOPLE, OF_SITES
from service.pages.board.broken import falling_sentences, judged_living, names_in
from service.pages.board.judged import Judged, judge
from service.pages.board.kept_for import KeptFor
from service.pages.board.labels import Labels
from service.pages.board.living import living_month
from service.pages.board.source import Month, today_in
from service.pages.board.standing import Standing
from service.translate.decided import Decision, not_decided
from service.translate.draft import lost_of, with_draft_pins
from service.translate.lifted_pins import without_pins
from service.translate.plan_rows import plan_from
from service.translate.still_known import still_known

MOST = 8
BreachKey = tuple[str, ...]
kept: KeptFor[Judged] = KeptFor(MOST)


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
    judged = await asyncio.to_thread(judged_living, living)
    published = await plans_of(territory.id, touching=dates, states=(PlanState.PUBLISHED,))
    said = [one for plan in published for one in plan.overruled]
    found = _standing(_Asked(territory, living.problem, living.plan, month.facts.labels), judged, said)
    return msgspec.structs.replace(found, dropped=living.dropped)


async def _of_draft(territory: Territory, month: Month, shown: PlanRecord) -> Standing:
    """By what publishing it would be judged by; what these facts no longer know is no part of it any more.

    What a draft took over as it falls of what is published was decided by nobody, until a hand touches it.
    """
    now = month.facts.problem
    if not leaves_alone(shown):
        living = await living_month(territory, now.first_on, now.last_on)
        now = numbered_pins(month.items, living.problem)
    now = without_pins(now, await lifted_in(shown, month.items))
    items = still_known(month.items, now)
    now, plan = with_draft_pins(now, items), plan_from(items)
    judged = await asyncio.to_thread(_judged, shown.id, now, plan)
    published = await _of_published(territory, month)
    touched = {row.key for step in month.steps for row in step.put}
    taken_over = {one.key for one in published.falls if not touched.intersection(judged.shown(one))}
    found = _standing(_Asked(territory, now, plan, month.facts.labels), judged, shown.overruled, taken_over)
    gone = {one.key for one in month.items if one.kind != "office"} - {one.key for one in items}
    unknown = text("ce n’est plus demandé, ou plus connu")
    against = {**found.against, **dict.fromkeys(gone, (unknown,))}
    return msgspec.structs.replace(found, against=against, dropped=published.dropped)


def _judged(draft: UUID, problem: Problem, plan: Plan) -> Judged:
    """Nothing of a draft that names what these facts do not know: publishing it says so."""

    def make() -> Judged:
        is_known = not any(PlanChecks(problem).faults(plan))
        return judge(problem, plan) if is_known else Judged((), (), {})

    return kept.of(draft, (problem, plan), make)


class _Asked(NamedTuple):
    territory: Territory
    problem: Problem
    plan: Plan
    labels: Labels


def _standing(
    asked: _Asked, judged: Judged, said: Iterable[Decision], taken_over: Collection[BreachKey] = ()
) -> Standing:
    today, names = today_in(asked.territory), names_in(asked.labels, asked.problem)
    ahead = [one for one in (*judged.violations, *judged.excused) if one.on >= today]
    falls = _undecided(ahead, judged, said, taken_over)
    return Standing(
        problem=asked.problem,
        falls=falls,
        decided=tuple(one for one in ahead if one not in falls),
        falling=tuple(falling_sentences(asked.problem, asked.plan, names, falls, judged)) if falls else (),
        against=_against(asked.problem, names, judged, ahead),
    )


def _undecided(
    ahead: Iterable[Breach], judged: Judged, said: Iterable[Decision], taken_over: Collection[BreachKey]
) -> tuple[Breach, ...]:
    """What a pin keeps where nobody can be, or where it is shut, is among it: nobody decided that by pinning."""
    excused, said = set(judged.excused), list(said)
    of_now = [one for one in ahead if one not in excused or one.rule in OF_PEOPLE | OF_SITES]
    return tuple(one for one in of_now if one.key in taken_over or not_decided([lost_of(one)], said))


def _against(
    problem: Problem, names: dict[str, str], judged: Judged, ahead: Iterable[Breach]
) -> dict[str, tuple[str, ...]]:
    """Of what a person and the interviews of that half-day break alike, that of the person is told."""
    people = {one.id for one in problem.staff}
    found: dict[str, dict[tuple[object, ...], str]] = defaultdict(dict)
    for breach in sorted(ahead, key=lambda one: one.about not in people):
        words = breach_sentence(breach, problem, names).removesuffix(".")
        for key in judged.shown(breach):
            found[key].setdefault((breach.rule, breach.code, breach.on, breach.half_day, breach.fact), words)
    return {key: tuple(dict.fromkeys(told.values())) for key, told in found.items()}
