"""A month too large to be modelled soon is drawn first: a clean plan at once, and none that comes later is worse."""

from collections import Counter
from math import inf

import pytest

from planner.audit import Auditor, audit
from planner.budget import Budget
from planner.build import build, build_on, ground
from planner.context import Context
from planner.draft import Draft, begun, clean_draft, drafts
from planner.follow import start_like
from planner.generate import Size, generate, generate_real, generate_small
from planner.greedy import start
from planner.model import Model
from planner.outcome import Progress
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.read_back import read_plan
from planner.sizes import SIZES, Sizes
from planner.solve import Limits, Planned, solve
from tests.calls import calls_of
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    sequence,
    site,
)

DRAWN = Sizes(drawn=0)
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=4, workers=1, sizes=DRAWN)
MANY = tuple(person(f"P{number:02}") for number in range(60))
ONE_DAY = {"first_on": MONDAY, "last_on": MONDAY}


def unhurried() -> Budget:
    return Budget(inf, None, REPEATABLE, lambda: False)


def drawn(facts: Problem) -> tuple[Context, list[Draft]]:
    context = ground(facts)
    return context, list(drafts(context, 0, lambda: None, unhurried()))


def last(facts: Problem) -> Plan:
    return drawn(facts)[1][-1].plan


def key(facts: Problem, planned: Plan) -> tuple[int, ...]:
    return tuple(audit(facts, planned).goals.values())


@pytest.mark.parametrize("seed", range(12))
def test_each_draft_is_clean_and_better_and_the_first_plan_of_the_whole_month_keeps_its_works(
    seed: int,
) -> None:
    facts = changed(generate_small(seed), published=None)
    context, found = drawn(facts)
    assert found
    keys = [draft.key for draft in found]
    assert keys == sorted(set(keys), reverse=True)
    for draft in found:
        report = audit(facts, draft.plan)
        assert report.is_clean
        assert (tuple(report.goals.values()), tuple(report.goals)) == (draft.key, LEVEL_NAMES)
    model = build_on(context)
    values = [
        tuple(model.program.value(name, each) for name in LEVEL_NAMES)
        for each in (begun(model, found[-1], lambda: False), start(model, lambda: False))
    ]
    assert values[0] <= values[1]
    assert values[0][:2] <= keys[-1][:2]


def test_the_first_draft_is_what_is_fixed_and_is_audited_once() -> None:
    """Once time is up, a plan that is there asks for nothing but its reasons."""
    facts = problem(cadences=(cadence(asked=3),), pins=(pin_of_permanence(),))
    told: list[Progress] = []
    with calls_of(Auditor.audit) as calls:
        outcome = solve(facts, limits=REPEATABLE, stop=lambda: len(told) > 7, on_progress=told.append)
    assert isinstance(outcome, Planned)
    assert (len(outcome.plan.permanences), calls.total()) == (1, 1)
    assert [one.count for one in outcome.plan.unplaced] == [2]


@pytest.mark.parametrize("seed", range(6))
def test_whoever_says_stop_at_the_first_draft_has_it(seed: int) -> None:
    facts = changed(generate_small(seed), published=None)
    told: list[Progress] = []
    outcome = solve(facts, limits=REPEATABLE, stop=lambda: len(told) > 7, on_progress=told.append)
    assert isinstance(outcome, Planned)
    first = drawn(facts)[1][0]
    assert (outcome.plan.permanences, outcome.plan.sessions) == (first.plan.permanences, first.plan.sessions)
    assert tuple(level.value for level in outcome.plan.levels) == first.key
    assert told[7].read is not None
    assert told[7].read().permanences == first.plan.permanences
    report = audit(facts, outcome.plan)
    assert (report.is_clean, len(report.overruled)) == (True, len(outcome.plan.overruled))
    missing = sum(first.report.goals[level] for level in LEVEL_NAMES[:2])
    assert bool(missing) <= bool(outcome.plan.unplaced)


@pytest.mark.parametrize("seed", range(6))
def test_a_month_that_was_drawn_is_proven_to_the_same_levels(seed: int) -> None:
    facts = generate_small(seed)
    levels = []
    for sizes in (SIZES, DRAWN):
        outcome = solve(facts, limits=REPEATABLE._replace(sizes=sizes))
        assert isinstance(outcome, Planned)
        assert audit(facts, outcome.plan).is_clean
        levels.append([(level.value, level.status) for level in outcome.plan.levels])
    assert levels[0] == levels[1]


@pytest.mark.parametrize("seed", [7, 9, 11, 15])
def test_what_is_proven_of_a_thinned_month_is_said_of_a_draft_that_is_the_better_plan(seed: int) -> None:
    facts = changed(generate_small(seed), published=None)
    levels = []
    for sizes in (Sizes(looked_through=1), DRAWN._replace(looked_through=1)):
        outcome = solve(facts, limits=REPEATABLE._replace(sizes=sizes))
        assert isinstance(outcome, Planned)
        levels.append([(level.name, level.value, level.bound) for level in outcome.plan.levels[:2]])
    assert levels[0] == levels[1]
    assert any(bound > 0 for _, _, bound in levels[0])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("looked_through", [1, SIZES.looked_through])
def test_no_plan_of_the_curve_is_worse_than_the_drafts_before_it(seed: int, looked_through: int) -> None:
    facts = changed(generate_small(seed), published=None)
    keys: list[tuple[int, ...]] = []
    values: dict[str, int] = {}

    def note(progress: Progress) -> None:
        assert progress.read is not None
        keys.append(key(facts, progress.read()))
        values[progress.level] = progress.value

    outcome = solve(
        facts,
        limits=REPEATABLE._replace(sizes=DRAWN._replace(looked_through=looked_through)),
        on_progress=note,
    )
    assert isinstance(outcome, Planned)
    assert keys == sorted(keys, reverse=True)
    assert values == {level.name: level.value for level in outcome.plan.levels}


@pytest.mark.parametrize("seed", range(12))
def test_the_whole_month_begins_as_well_as_its_draft_where_it_looks_at_as_much(seed: int) -> None:
    facts = changed(generate_small(seed), published=None)
    context, found = drawn(facts)
    model = build_on(context)
    values = start_like(model, found[-1].plan, lambda: False)
    assert not met(found[-1].plan) - met(read_plan(model, values))


def met(planned: Plan) -> Counter[tuple[object, ...]]:
    """Who meets of each need on which date where."""
    return Counter((one.need, one.starts_at.date(), one.staff, one.site) for one in planned.interviews)


@pytest.mark.parametrize(("until", "kept"), [(inf, 1), (-inf, None)])
def test_what_is_refused_of_a_draft_is_dropped_while_there_is_time(until: float, kept: int | None) -> None:
    facts = problem(cadences=(cadence(),))
    model = build_on(ground(facts))
    twice = plan(permanence(day(2), "am", "A"), permanence(day(3), "am", "A"))
    found = clean_draft(Auditor(facts), model, twice, until)
    assert (len(found.plan.permanences) if found else None) == kept
    assert found is None or audit(facts, found.plan).is_clean


def test_where_what_is_refused_of_the_whole_month_cannot_be_dropped_in_time_the_draft_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole month is modelled as if A had a skill that B alone has, and so is shared more fairly."""
    people = (person("A"), person("B", skills=("law",)))
    facts = problem(cadences=(cadence(asked=2, skills=("law",)),), staff=people)

    def without_skills(context: Context, *_: object) -> Model:
        model = build(changed(facts, cadences=(cadence(asked=2),)))
        model.facts.problem = context.facts.problem
        return model

    monkeypatch.setattr("planner.solve.build_on", without_skills)
    told: list[Progress] = []
    limits = REPEATABLE._replace(reasons_seconds=-inf)
    outcome = solve(facts, limits=limits, stop=lambda: len(told) > 8, on_progress=told.append)
    assert isinstance(outcome, Planned)
    assert len(outcome.plan.permanences) == 2
    assert audit(facts, outcome.plan).is_clean


def test_a_month_of_real_size_is_modelled_at_once() -> None:
    assert list(drafts(ground(generate_real(1)), SIZES.drawn, lambda: None, unhurried())) == []


def test_what_is_published_of_interviews_is_no_worse_a_beginning() -> None:
    facts = problem(interviews=(need(),), cadences=(cadence(),))
    assert drawn(facts)[1]
    assert drawn(changed(facts, published=plan(office(), interview())))[1] == []


def test_those_who_alone_can_are_looked_at_however_many_there_are() -> None:
    able, usual, referent = MANY[30:33]
    staff = tuple(changed(one, skills=("law",)) if one is able else one for one in MANY)
    facts = problem(
        **ONE_DAY,
        staff=staff,
        sites=(site(), bureau(), site("far")),
        cadences=(
            cadence(length="am", usual_staff=(usual.id,)),
            cadence("talks", site="far", staff_count=11),
        ),
        promotions=(promotion(sequence("s1", skills=("law",)), half_day="pm"),),
        interviews=(need(referent=referent.id, sites=("bureau",)),),
    )
    found = last(facts)
    assert [one.staff for one in found.sessions] == [(able.id,)]
    assert [len(one.staff) for one in found.permanences if one.cadence == "talks"] == [11]
    assert [one.staff for one in found.permanences if one.cadence == "visits"] == [(usual.id,)]
    assert [one.staff for one in found.interviews] == [referent.id]


@pytest.mark.slow
def test_a_month_of_many_people_has_its_works_before_it_is_modelled() -> None:
    facts = generate(Size(staff=80, sites=20, interviews=1200, promotions=3), 1)
    told: list[Progress] = []
    outcome = solve(facts, stop=lambda: len(told) > len(LEVEL_NAMES) + 7, on_progress=told.append)
    assert isinstance(outcome, Planned)
    assert audit(facts, outcome.plan).is_clean
    pinned = len([pin for pin in facts.pins if pin.half_day is not None])
    assert len(outcome.plan.permanences) > 2 * pinned
    assert len(outcome.plan.sessions) > 10
