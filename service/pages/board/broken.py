"""What the facts of this moment forbid of what is published, in sentences, with the month to re-plan."""

import asyncio
from collections import deque
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from db.queries.facts import facts_of
from db.queries.plans import plans_of
from db.records.territory import Territory
from db.states import PlanState
from planner.breach import Breach
from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import capital, month_title
from service.messages.falling import OF_PEOPLE, OF_SITES, Falling
from service.messages.said_once import said_once
from service.messages.staying import stays
from service.pages.board.ahead import is_ahead
from service.pages.board.judged import Judged, judge
from service.pages.board.labels import Labels
from service.pages.board.living import Living, living_month
from service.pages.board.source import labels_of, today_in

AHEAD = timedelta(days=400)
MOST_TOLD = 12
Months = dict[tuple[date, date], tuple[Breach, ...]]


class Fallen(NamedTuple):
    """What falls, in sentences: what `stays` whatever is computed, and what a new plan takes up `anew`."""

    stays: tuple[str, ...]
    anew: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.stays, *self.anew)


class BrokenMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A published month that no longer holds: the first sentences, the `others` under `more`, where it is re-planned."""

    title: str
    sentences: tuple[str, ...]
    others: tuple[str, ...]
    more: str
    count: int
    """Of all of them."""
    board: str
    wants_anew: bool
    """Whether a new plan takes up any of it."""


_judged: deque[tuple[Living, Judged]] = deque(maxlen=32)
"""The newest last; what is read anew is often the same."""


async def published_breaches(territory: Territory, *, with_pinned: bool = False) -> Months:
    """Unexcused breaches, still to come, of each published horizon; with those that a pin keeps, when asked.

    `territory` was just read.
    """
    today = today_in(territory)
    ahead = await plans_of(territory.id, touching=(today, today + AHEAD), states=(PlanState.PUBLISHED,))
    found: Months = {}
    for first_on, last_on in sorted({(plan.first_on, plan.last_on) for plan in ahead}):
        living = await living_month(territory, first_on, last_on)
        judged = await asyncio.to_thread(judged_living, living)
        told = (*judged.violations, *_kept_by_pins(judged)) if with_pinned else judged.violations
        found[first_on, last_on] = tuple(one for one in told if is_ahead(one, today))
    return found


def judged_living(living: Living) -> Judged:
    """Once while nothing of it changed. Computes: call it in a thread."""
    known = tuple(_judged)
    for one, found in known:
        if one is living:
            return found
    same = next((found for one, found in known if one == living), None)
    judged = same or judge(living.problem, living.plan)
    _judged.append((living, judged))
    return judged


def _kept_by_pins(judged: Judged) -> tuple[Breach, ...]:
    """What a pin excuses of people who cannot be there and of places that are shut."""
    return tuple(one for one in judged.excused if one.rule in OF_PEOPLE | OF_SITES)


async def broken_months(
    territory: Territory, now: Months, before: Months, root: str
) -> tuple[BrokenMonth, ...]:
    """Months with breaches that were not there before; `root` is the address of the board."""
    facts, told = await facts_of(territory.id), []
    for (first_on, last_on), breaches in now.items():
        already = {one.key for one in before.get((first_on, last_on), ())}
        new = [one for one in breaches if one.key not in already]
        if not new:
            continue
        labels = labels_of(facts, first_on, last_on)
        living = await living_month(territory, first_on, last_on)
        fallen = await asyncio.to_thread(_sentences, living, labels, new)
        told.append(told_month(living.problem, fallen, root))
    return tuple(told)


def _sentences(living: Living, labels: Labels, breaches: Iterable[Breach]) -> Fallen:
    names = names_in(labels, living.problem)
    return falling_sentences(living.problem, living.plan, names, breaches, judged_living(living))


def falling_sentences(
    problem: Problem, plan: Plan, names: dict[str, str], breaches: Iterable[Breach], judged: Judged
) -> Fallen:
    """What falls, each thing once."""
    told, excused, falling = said_once(breaches), set(judged.excused), Falling(problem, plan, names)
    kept = falling.told(one for one in told if one in excused)
    return Fallen(
        stays=tuple(stays(falling.view, sentence, thing) for sentence, thing in kept.items()),
        anew=tuple(falling.sentences(one for one in told if one not in excused)),
    )


def names_in(labels: Labels, problem: Problem) -> dict[str, str]:
    """Words for everything that breaches speak of."""
    return {**labels.names, **_interviews(problem)}


def _interviews(problem: Problem) -> dict[str, str]:
    """Words for needs and their numbers, as breaches speak of them: the person's reference, else what it is."""
    found: dict[str, str] = {}
    for need in problem.interviews:
        words = need.participant or text("un entretien sans nom")
        found |= {need.id: words, **{f"{need.id}#{number}": words for number in range(1, need.count + 1)}}
    return found


def told_month(problem: Problem, fallen: Fallen, root: str) -> BrokenMonth:
    """The first dozen sentences, and the others under how many they are."""
    sentences = fallen.every
    others = sentences[MOST_TOLD:]
    return BrokenMonth(
        title=capital(month_title(problem.first_on)),
        sentences=sentences[:MOST_TOLD],
        others=others,
        more=counted("et {n} autre", "et {n} autres", len(others)) if others else "",
        count=len(sentences),
        board=f"{root}/{problem.first_on:%Y-%m}",
        wants_anew=bool(fallen.anew),
    )


def summary(months: tuple[BrokenMonth, ...]) -> str:
    """The first sentence of a page that shows them."""
    return counted(
        "Ce que vous venez d’enregistrer contredit {n} chose déjà publiée ; personne n’est encore prévenu.",
        "Ce que vous venez d’enregistrer contredit {n} choses déjà publiées ; personne n’est encore prévenu.",
        sum(one.count for one in months),
    )
