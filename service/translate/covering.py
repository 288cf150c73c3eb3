"""What a version promises: permanences and sessions months ahead, interviews week by week, or all of it."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

import msgspec

from db.records.plan import PlanItem
from planner.asked import parts
from planner.kept import known_published
from planner.plan import Plan
from planner.problem import Cadence, CadenceException, Interview, Problem, Promotion
from planner.records import Weekday
from planner.territory import Territory
from service.translate.draft import pin_of
from service.translate.horizon import Horizon
from service.translate.plan_rows import bare_item, items_of, plan_item
from service.translate.problem import Translated

Covered = Literal["permanences", "sessions", "interviews"]
Kind = Literal["permanence", "session"]
KINDS: dict[str, Covered] = {
    "permanence": "permanences",
    "session": "sessions",
    "interview": "interviews",
    "office": "interviews",
}
STANDING: tuple[Kind, ...] = ("permanence", "session")
EVERY_DAY: tuple[Weekday, ...] = (1, 2, 3, 4, 5, 6, 7)


def covers(covered: Iterable[str], kind: str) -> bool:
    """Whether a version promises things of a kind; one that names none promises all."""
    named = set(covered)
    return not named or KINDS[kind] in named


def is_left_alone(covered: Iterable[str], kind: str) -> bool:
    """Whether a version keeps things of a kind exactly as they are published: permanences and sessions that
    it does not promise. Interviews that it does not promise may follow their half-day, as `changes`."""
    return kind in STANDING and not covers(covered, kind)


def is_within(earlier: Iterable[str], later: Iterable[str]) -> bool:
    """Whether a later version promises everything that an earlier one did."""
    every = set(KINDS.values())
    return (set(earlier) or every) <= (set(later) or every)


def covering(translated: Translated, covered: Iterable[str]) -> Translated:
    """The problem of a version asks for what it promises, beside what stands already or is pinned."""
    problem = translated.problem
    if not covers(covered, "interview"):
        kept = {one.need for one in problem.pins if one.need} | translated.published.needs
        problem = msgspec.structs.replace(problem, interviews=_of(problem.interviews, kept))
    alone = [kind for kind in STANDING if is_left_alone(covered, kind)]
    return msgspec.structs.replace(translated, problem=_standing_still(problem, alone) if alone else problem)


def _of(needs: Iterable[Interview], kept: Collection[str]) -> tuple[Interview, ...]:
    return tuple(one for one in needs if one.id in kept)


def with_what_stands(
    items: Iterable[PlanItem], translated: Translated, covered: Iterable[str]
) -> tuple[PlanItem, ...]:
    """A draft's rows, what it leaves alone being what is published at this moment."""
    alone = [kind for kind in STANDING if is_left_alone(covered, kind)]
    own = [one for one in items if one.kind not in alone]
    return (*own, *(_rows(translated, alone) if alone else ()))


def _rows(translated: Translated, alone: Collection[Kind]) -> Iterable[PlanItem]:
    horizon = _horizon(translated.problem)
    return (plan_item(one, translated, horizon) for one in items_of(_standing(translated.problem, alone)))


def _horizon(problem: Problem) -> Horizon:
    return Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)


def _standing(problem: Problem, alone: Collection[Kind]) -> Plan:
    """What is published in the horizon of the kinds that are left alone, as far as the facts know it."""
    known = known_published(Territory(problem)) or Plan()
    return Plan(
        permanences=known.permanences if "permanence" in alone else (),
        sessions=known.sessions if "session" in alone else (),
    )


def _standing_still(problem: Problem, alone: Collection[Kind]) -> Problem:
    """Each published thing of these kinds pinned where it is, and no other of them asked for."""
    horizon = _horizon(problem)
    standing = _standing(problem, alone)
    rows = [row for one in items_of(standing) for row in (bare_item(one, horizon),)]
    held = [pin for row in rows if (pin := pin_of(row, horizon)) is not None]
    kinds = {one.id: one.kind for one in problem.cadences}
    free = [pin for pin in problem.pins if pin.need or kinds.get(pin.cadence or "", "session") not in alone]
    return msgspec.structs.replace(
        problem,
        pins=(*free, *held),
        cadences=tuple(
            _as_it_stands(one, rows, horizon) if one.kind in alone else one for one in problem.cadences
        ),
        promotions=tuple(_begun(one, standing) if "session" in alone else one for one in problem.promotions),
    )


def _as_it_stands(cadence: Cadence, rows: Iterable[PlanItem], horizon: Horizon) -> Cadence:
    """A cadence that asks for one occurrence on each date on which one stands, and on no other."""
    counts = Counter(row.held_on for row in rows if row.cadence_code == cadence.id)
    asked = {on for on, count in counts.items() if count == parts(cadence)}
    return msgspec.structs.replace(
        cadence,
        asked=0,
        up_to=0,
        weekdays=EVERY_DAY if asked else (),
        follows=None,
        exceptions=_dropped(on for on in horizon.days() if on not in asked) if asked else (),
    )


def _dropped(dates: Iterable[date]) -> tuple[CadenceException, ...]:
    return tuple(CadenceException(on=on) for on in dates)


def _begun(promotion: Promotion, standing: Plan) -> Promotion:
    """A promotion with the sequences that are done or published."""
    placed = {one.sequence for one in standing.sessions if one.promotion == promotion.id}
    kept = tuple(one for one in promotion.sequences if one.done_on is not None or one.id in placed)
    return msgspec.structs.replace(promotion, sequences=kept)
