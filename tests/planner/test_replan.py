"""Re-planning: least change, pins untouched, who is to be told; an unchanged month stays as it is."""

from datetime import timedelta
from random import Random
from typing import Any

import msgspec
import pytest

from planner.audit import Auditor, audit
from planner.build import build
from planner.generate import (
    generate_small,
    generate_tiny,
    with_absence,
    with_closure,
    with_published,
    with_urgent_interview,
)
from planner.greedy import start
from planner.kept import pinned_names
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_view import PlanView
from planner.problem import Booked, Problem
from planner.read_back import read_plan
from planner.replan import replan
from planner.solve import Limits, Planned, solve
from planner.territory import Territory
from planner.told import NothingPublishedError, Told
from tests.planner.brute_force import Search, TooManyPlansError, best_values
from tests.planner.build import (
    MONDAY,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    workshop,
)

LIMITS = Limits(time_limit_seconds=30, deterministic_limit=5, workers=1)
CHANGES = LEVEL_NAMES.index("changes")


def published_month(problem: Problem) -> Problem:
    """The month solved, and that plan published."""
    bare = msgspec.structs.replace(problem, published=None, notice_days=0)
    outcome = solve(bare, limits=LIMITS)
    assert isinstance(outcome, Planned)
    return with_published(bare, outcome.plan, bare.today_on or bare.first_on)


def replanned(problem: Problem) -> Told:
    found = replan(problem, LIMITS)
    assert isinstance(found, Told)
    return found


def disturbed(problem: Problem, dice: Random, kind: int | None = None) -> Problem:
    """One thing happens: somebody is absent (0), a site closes (1), an interview is urgent (2)."""
    on = problem.first_on + timedelta(days=dice.randrange((problem.last_on - problem.first_on).days + 1))
    kind = dice.randrange(3) if kind is None else kind
    if kind == 0:
        return with_absence(problem, dice.choice(problem.staff).id, on, dice.choice(("am", "pm", None)))
    if kind == 1:
        return with_closure(problem, dice.choice(problem.sites).id, on)
    return with_urgent_interview(problem)


def assert_clean_and_pins_stay(problem: Problem, plan: Plan) -> None:
    assert audit(problem, plan).violations == ()
    territory = Territory(problem)
    assert len(pinned_names(PlanView(territory, plan))) == len(problem.pins)


@pytest.mark.parametrize("seed", range(5))
def test_an_unchanged_month_stays_as_it_is(seed: int) -> None:
    problem = published_month(generate_small(seed))
    if audit(problem, problem.published or Plan()).overruled == ():
        found = replanned(problem)
        assert [one for one in found.changes if one.before is not None] == []
        if not problem.tolerances:
            assert (found.changes, found.staff, found.participants, found.sites) == ((), (), (), ())


def test_the_first_plan_of_a_re_plan_is_the_published_one() -> None:
    """Permanences that stand on the days of a promotion among the rest."""
    both = session("one", day(10), "14:00", "16:00", staff=("A", "B"))
    published = plan(both, permanence(day(10), "am", "B"))
    month = problem(
        cadences=(cadence(asked=0, length="am", follows="spring"),),
        promotions=(promotion(sequence("one", staff_count=2)),),
        published=published,
    )
    model = build(month)
    assert model.program.value("changes", start(model, lambda: False)) == 0


def closed_on_a_published_day() -> Problem:
    """A permanence with a partner's booking, a workshop and an interview stand on the day that closes."""
    published = plan(
        permanence(day(10), "am"),
        workshop(1, day(10), "14:00", "16:00", staff=("B",)),
        interview("n1", day(10), "10:00", site="prison"),
    )
    month = problem(
        cadences=(cadence(), cadence("workshops", kind="session")),
        participants=(participant(),),
        interviews=(need(participant="KM4821", sites=("prison",), from_on=day(10), until_on=day(12)),),
        booked=(Booked(cadence="visits", on=day(10), half_day="am", slot=0),),
        published=published,
    )
    return with_closure(month, "prison", day(10))


def agreed_changes(problem: Problem) -> int:
    """The changes of the first plan, which the model and the checker count alike."""
    model = build(problem)
    values = start(model, lambda: False)
    counted = audit(problem, read_plan(model, values)).goals["changes"]
    assert model.program.value("changes", values) == counted
    return counted


@pytest.mark.parametrize("kind", range(3))
@pytest.mark.parametrize("seed", range(4))
def test_the_model_counts_changes_as_the_checker_does(seed: int, kind: int) -> None:
    agreed_changes(disturbed(published_month(generate_small(seed)), Random(f"{seed} {kind}"), kind))


def test_what_a_closure_drops_or_moves_has_its_price() -> None:
    """The permanence's key gone 3 and its booking 4, the workshop and the interview moved 2 each; twice that within 14 days."""
    month = closed_on_a_published_day()
    assert agreed_changes(month) >= 22
    plan_again = replanned(month).plan
    assert {level.name: level.value for level in plan_again.levels}["changes"] == 2 * (3 + 4 + 2 + 2)


@pytest.mark.parametrize("seed", range(1, 5))
def test_whatever_happens_the_plan_is_clean_and_pins_stay(seed: int) -> None:
    problem = disturbed(published_month(generate_small(seed)), Random(seed))
    assert_clean_and_pins_stay(problem, replanned(problem).plan)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 10))
def test_an_unchanged_month_stays_as_it_is_on_more_months(seed: int) -> None:
    test_an_unchanged_month_stays_as_it_is(seed)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_whatever_happens_on_a_hundred_months_the_plan_is_clean_and_pins_stay() -> None:
    for seed in range(100):
        month = published_month(generate_small(seed))
        for kind in range(3):
            problem = disturbed(month, Random(f"{seed} {kind}"), kind)
            assert_clean_and_pins_stay(problem, replanned(problem).plan)


def least_changes(problem: Problem, limit: int) -> tuple[int, ...] | None:
    """The best levels up to `changes` of any clean plan, by enumeration; None where that takes too long."""
    auditor = Auditor(problem)

    def recount(plan: Plan) -> tuple[int, ...] | None:
        report = auditor.audit(plan)
        return tuple(report.goals[level] for level in LEVEL_NAMES) if report.is_clean else None

    try:
        vectors = Search(problem, recount, limit).run()
    except TooManyPlansError:
        return None
    return best_values(vectors, (0,) * len(LEVEL_NAMES))[: CHANGES + 1] if vectors else None


def is_least(seed: int, limit: int) -> bool:
    problem = msgspec.structs.replace(generate_tiny(seed), tolerances={}, pins=())
    problem = disturbed(published_month(problem), Random(seed))
    found = audit(problem, replanned(problem).plan).goals
    least = least_changes(problem, limit)
    if least is None:
        return False
    assert tuple(found[name] for name in LEVEL_NAMES[: CHANGES + 1]) == least, seed
    return True


@pytest.mark.slow
def test_no_plan_changes_less() -> None:
    assert sum(is_least(seed, 800) for seed in range(16)) >= 3


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_plan_changes_less_on_many_months() -> None:
    assert sum(is_least(seed, 6_000) for seed in range(100, 180)) >= 15


def test_nothing_published_is_a_clear_refusal() -> None:
    with pytest.raises(NothingPublishedError, match="nothing is published"):
        replan(problem(), LIMITS)


PROMISED = cadence(site="bureau", partner_places=3)
HELD = (interview(), interview("n2", start="10:00"))


@pytest.mark.parametrize(
    ("facts", "asked", "published"),
    [
        ({"cadences": (PROMISED,)}, "A", plan(office(), *HELD)),
        ({"cadences": (cadence(),)}, "B", plan(permanence(), *(changed(one, site="prison") for one in HELD))),
    ],
    ids=["partners have the places of their office half-day", "another holds their permanence"],
)
def test_a_pin_takes_what_near_interviews_stood_in_and_they_are_to_be_replaced(
    facts: dict[str, Any], asked: str, published: Plan
) -> None:
    only_monday = tuple(need(f"n{number}", until_on=MONDAY) for number in (1, 2))
    pin = pin_of_permanence(MONDAY, "am", asked)
    month = problem(
        **facts, interviews=only_monday, pins=(pin,), published=published, today_on=MONDAY, notice_days=1
    )
    outcome = solve(month, limits=LIMITS)
    assert isinstance(outcome, Planned)
    assert audit(month, outcome.plan).is_clean
    assert [one.staff for one in outcome.plan.permanences] == [(asked,)]
    assert {level.status for level in outcome.plan.levels} == {"optimal"}
    assert not set(published.interviews) & set(outcome.plan.interviews)
