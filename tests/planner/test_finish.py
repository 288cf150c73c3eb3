"""The last step tells bounds of the plan that they were proven of, and of no other."""

from math import inf

import pytest

from planner.audit import Auditor, audit
from planner.build import build
from planner.draft import clean_draft
from planner.finish import finished
from planner.greedy import start
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.problem import Interview
from planner.solve import Limits, Planned, solve
from tests.planner.build import (
    MONDAY,
    cadence,
    changed,
    day,
    need,
    permanence,
    pin_of_interview,
    pin_of_permanence,
    plan,
    problem,
)

HIGH = dict.fromkeys(LEVEL_NAMES, 10**6)


def spread() -> tuple[Model, list[int]]:
    """Four permanences for two people, some level of which is above 0."""
    model = build(problem(cadences=(cadence(asked=5),)))
    return model, start(model, lambda: False)


def statuses(model: Model, candidates: list[list[int]], bounds: dict[str, int]) -> dict[str, set[str]]:
    """By status the levels that are above 0."""
    found: dict[str, set[str]] = {}
    for level in finished(model, candidates, bounds).levels:
        if level.value:
            found.setdefault(level.status, set()).add(level.name)
    return found


def test_the_first_plan_is_told_its_bounds_and_one_that_takes_its_place_is_not() -> None:
    model, values = spread()
    own = {name: model.program.value(name, values) for name in LEVEL_NAMES}
    assert set(statuses(model, [values], own)) == {"optimal"}
    broken = list(model.program.upper)
    assert set(statuses(model, [broken, values], own)) == {"not_reached"}
    assert set(statuses(model, [broken], HIGH)) == {"not_reached"}


def test_where_the_model_allows_what_a_rule_forbids_only_that_is_lost() -> None:
    lenient, strict = (problem(cadences=(cadence(asked=asked),)) for asked in (6, 5))
    model = build(lenient)
    values = start(model, lambda: False)
    assert len(finished(model, [values], {}).permanences) == 6
    model.facts.problem = strict
    found = finished(model, [values], {})
    assert audit(strict, found).violations == ()
    assert len(found.permanences) == 5


def test_what_loses_something_keeps_the_bounds_up_to_the_level_that_it_is_lost_at() -> None:
    """Nobody can hold the talk, in either month; of six permanences the strict one has every other."""
    talk = cadence("talk", kind="session", skills=("law",), compulsory=True)
    lenient, strict = (problem(cadences=(cadence(asked=6, min_days=days), talk)) for days in (1, 12))
    model = build(lenient)
    values = start(model, lambda: False)
    model.facts.problem = strict
    bounds = {"unmet_sessions": 1, "unmet_permanences": 0, "fairness": 1}
    found = {level.name: level for level in finished(model, [values], bounds).levels}
    assert found["unmet_permanences"].value > 0
    assert found["unmet_sessions"].status == "optimal"
    assert (found["unmet_permanences"].bound, found["fairness"].bound) == (0, 0)


def test_of_what_is_fixed_goes_what_the_checker_refuses_and_nobody_pinned() -> None:
    pinned, near = permanence(MONDAY, "am"), permanence(MONDAY, "pm")
    pins = (pin_of_permanence(MONDAY, "am"),)
    lenient = problem(cadences=(cadence(asked=5),), published=plan(pinned, near), pins=pins, notice_days=3)
    lenient = changed(lenient, today_on=MONDAY)
    model = build(lenient)
    assert finished(model, [], {}).permanences == (pinned, near)
    model.facts.problem = changed(lenient, published=None)
    assert finished(model, [], {}).permanences == (pinned,)


def test_at_worst_what_is_left_is_what_the_checker_keeps() -> None:
    """A published permanence that nothing keeps any more stands against the office half-day that a pin brings."""
    lenient = problem(
        cadences=(cadence(),),
        interviews=(need(sites=("bureau",)),),
        pins=(pin_of_interview(site="bureau"),),
        published=plan(permanence()),
        today_on=MONDAY,
        notice_days=3,
    )
    model = build(lenient)
    model.facts.problem = changed(lenient, published=None)
    found = finished(model, [], {})
    assert audit(model.facts.problem, found).violations == ()
    assert (len(found.permanences), len(found.office), len(found.interviews)) == (0, 1, 1)


@pytest.mark.parametrize(("until", "bound"), [(inf, 0), (-inf, 1)])
def test_a_draft_is_taken_where_the_values_that_were_refused_lose_more(until: float, bound: int) -> None:
    """Six permanences where five may stand: one is dropped while there is time, else all that was chosen is lost."""
    strict = problem(cadences=(cadence(asked=5),))
    model = build(problem(cadences=(cadence(asked=6),)))
    values = start(model, lambda: False)
    model.facts.problem = strict
    drawn = tuple(permanence(day(number), "am", "B") for number in (2, 3, 4, 5))
    draft = clean_draft(Auditor(strict), model, plan(*drawn), inf)
    assert draft is not None
    found = finished(model, [values], {"unmet_permanences": bound}, until, draft)
    assert len(found.permanences) == (5 if until == inf else 4)
    assert [level.bound for level in found.levels][1] == bound


def test_a_bound_above_the_value_proves_nothing() -> None:
    model, values = spread()
    assert set(statuses(model, [values], HIGH)) == {"not_reached"}


@pytest.mark.parametrize(("needs", "missing"), [((), 0), ((need(sites=()),), 3)])
def test_where_nothing_can_be_chosen_the_only_plan_is_proven_best(
    needs: tuple[Interview, ...], missing: int
) -> None:
    facts = problem(sites=(), staff=(), interviews=needs)
    assert build(facts).variables.occurrences == build(facts).interviews.takes == []
    outcome = solve(facts, limits=Limits(time_limit_seconds=20, workers=1))
    assert isinstance(outcome, Planned)
    assert {level.status for level in outcome.plan.levels} == {"optimal"}
    assert sum(level.value for level in outcome.plan.levels) == missing
