"""What of the published plan stays, what a new fact broke, and what may still move.

Whether a published thing breaks a rule by itself is the checker's judgement: rules are asked for
their violations of that one thing with its presence, as pins leave it, so that solver and audit never disagree.
"""

from typing import NamedTuple

from planner.kept import alone_under_pins, freeze_on, is_broken, known_published
from planner.plan import Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem
from planner.rules import STANDING_RULES
from planner.territory import Territory

Record = PlannedPermanence | PlannedSession | PlannedInterview


class Published(NamedTuple):
    """Published things of the horizon that the problem still knows.

    `kept` stay as they are; `freed` lie too near to be moved, but a new fact broke them.
    """

    kept: tuple[Record, ...]
    freed: tuple[Record, ...]
    every: tuple[Record, ...]


def judge(problem: Problem) -> Published:
    """Sort the published plan by what may happen to it; empty without one."""
    territory = Territory(problem)
    known = known_published(territory)
    if known is None:
        return Published((), (), ())
    view = PlanView(territory, known, PlanView(territory, known))
    kept: list[Record] = []
    freed: list[Record] = []
    for record, thing in _pairs(known, view):
        if thing.on >= freeze_on(territory) or _is_done(thing):
            continue
        past = thing.on < territory.horizon.today_on
        (kept if past or not _is_broken(view, thing) else freed).append(record)
    return Published(tuple(kept), tuple(freed), (*known.permanences, *known.sessions, *known.interviews))


def _pairs(known: Plan, view: PlanView) -> list[tuple[Record, Activity | Visit]]:
    return [
        *zip(known.permanences, view.permanences, strict=True),
        *zip(known.sessions, view.sessions, strict=True),
        *zip(known.interviews, view.visits, strict=True),
    ]


def _is_done(thing: Activity | Visit) -> bool:
    """A sequence held since: a fact of the promotion, no longer something to place."""
    if isinstance(thing, Visit) or thing.sequence is None:
        return False
    return thing.sequence.done_on is not None and thing.sequence.done_on != thing.on


def _is_broken(view: PlanView, thing: Activity | Visit) -> bool:
    by_itself = alone_under_pins(view, thing)
    return is_broken(breach for rule in STANDING_RULES for breach in rule.violations(by_itself))
