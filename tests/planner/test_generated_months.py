"""Model and audit hold each other on generated months: clean plans, the same value of each level."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from planner.audit import AuditReport, audit
from planner.generate import generate_small, with_absence, with_published
from planner.generate.chances import hour_of, slot_starts
from planner.plan import Plan, PlannedPermanence
from planner.problem import Problem
from planner.problem_file import read_problem, write_plan, write_problem
from planner.solve import Limits, Planned, Progress, solve

REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1)


def planned(problem: Problem) -> Plan:
    """The plan, which is the one that the search ended with: its own counts are those of the audit.

    A plan of the search that the audit refuses would be replaced by a poorer one in silence.
    """
    seen: list[Progress] = []
    outcome = solve(problem, limits=REPEATABLE, on_progress=seen.append)
    assert isinstance(outcome, Planned)
    plan = outcome.plan
    assert {point.level: point.value for point in seen} == {level.name: level.value for level in plan.levels}
    read = seen[-1].read
    assert read is not None
    assert assignments(read()) == assignments(plan)
    return plan


def assignments(plan: Plan) -> list[set[object]]:
    return [set(plan.permanences), set(plan.sessions), set(plan.office), set(plan.interviews)]


def assert_agreed(problem: Problem, plan: Plan) -> AuditReport:
    """No unexcused breach; each level's value is the recounted one, its bound no larger."""
    report = audit(problem, plan)
    assert report.violations == ()
    assert {level.name: level.value for level in plan.levels} == report.goals
    assert all(level.bound <= level.value for level in plan.levels)
    assert all((level.status == "optimal") == (level.bound == level.value) for level in plan.levels)
    return report


@pytest.mark.parametrize("seed", [*range(60), 219, 789, 710061])
def test_the_model_and_the_audit_agree(seed: int) -> None:
    problem = generate_small(seed)
    assert_agreed(problem, planned(problem))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(60, 1100, 104))
def test_the_model_and_the_audit_agree_on_a_thousand_months(first: int) -> None:
    for seed in range(first, first + 104):
        problem = generate_small(seed)
        assert_agreed(problem, planned(problem))


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_a_file_of_a_generated_month_is_read_back_equal(seed: int) -> None:
    problem = generate_small(seed)
    assert read_problem(write_problem(problem)) == problem


WEEKDAYS = (
    date(2027, 11, 1), date(2026, 11, 11), date(2026, 12, 25), date(2028, 5, 1), date(2028, 5, 8), date(2027, 3, 29),
)  # fmt: skip
"""All Saints, Armistice, Christmas, Labour Day, Victory Day, Easter Monday in years in which something would be held."""


def sites_on(problem: Problem, plan: Plan, on: date) -> list[str]:
    """Where something takes place that day; calls, which no site shuts, left out."""
    site_of = {cadence.id: cadence.site for cadence in problem.cadences}
    dated = [one for one in (*plan.sessions, *plan.interviews) if one.starts_at.date() == on]
    held = [site_of[one.cadence] for one in plan.permanences if one.on == on]
    return held + [one.site for one in dated if one.site is not None]


@pytest.mark.parametrize("on", WEEKDAYS)
@pytest.mark.slow
def test_a_named_holiday_is_served_only_where_the_site_says_so(on: date) -> None:
    """Nor by any call; on a day like any other, other sites would be served."""
    spared = False
    for seed in range(12):
        problem = generate_small(seed, on - timedelta(days=1))
        problem = msgspec.structs.replace(problem, pins=(), published=None)
        assert on in problem.holidays
        plan = planned(problem)
        assert_agreed(problem, plan)
        serving = {site.id for site in problem.sites if site.open_on_holidays}
        assert set(sites_on(problem, plan, on)) <= serving
        assert all(one.site for one in plan.interviews if one.starts_at.date() == on)
        ordinary = msgspec.structs.replace(problem, holidays=())
        spared = spared or bool(set(sites_on(ordinary, planned(ordinary), on)) - serving)
    assert spared


@pytest.mark.parametrize("first_on", [date(2026, 10, 22), date(2027, 3, 25)])
@pytest.mark.slow
def test_hours_stay_local_on_both_sides_of_a_change_of_clock(first_on: date) -> None:
    paris, offsets = ZoneInfo("Europe/Paris"), set()
    for seed in range(12):
        problem = msgspec.structs.replace(generate_small(seed, first_on), zone="Europe/Paris")
        plan = planned(problem)
        assert_agreed(problem, plan)
        slots = {
            hour_of(start)
            for site in problem.sites
            for opening in site.openings
            for start in slot_starts(opening)
        }
        for interview in plan.interviews:
            if all(pin.need != interview.need for pin in problem.pins):
                starts_at = interview.starts_at.astimezone(paris)
                offsets.add(starts_at.utcoffset())
                assert f"{starts_at:%H:%M}" in slots
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}


def this_mornings(problem: Problem, plan: Plan) -> PlannedPermanence | None:
    """The first permanence on a date on which nothing is pinned: a pin would keep its people there."""
    pinned = {pin.on for pin in problem.pins}
    found = (one for one in plan.permanences if one.on not in pinned)
    return min(found, key=lambda one: (one.half_day, one.on), default=None)


def absent_today(seed: int) -> bool:
    """Declares an absence on this morning's permanence, then everybody's; whether the month has one."""
    problem = generate_small(seed)
    problem = msgspec.structs.replace(problem, published=None, notice_days=1)
    plan = planned(problem)
    morning = this_mornings(problem, plan)
    if morning is None:
        return False
    published = with_published(problem, plan, morning.on)
    for staff in morning.staff:
        again = planned(with_absence(published, staff, morning.on, morning.half_day))
        assert_agreed(with_absence(published, staff, morning.on, morning.half_day), again)
        held = {(one.cadence, one.on, one.half_day): one.staff for one in again.permanences}
        assert staff not in held.get((morning.cadence, morning.on, morning.half_day), ())
    everybody = published
    for member in problem.staff:
        everybody = with_absence(everybody, member.id, morning.on, morning.half_day)
    again = planned(everybody)
    report = assert_agreed(everybody, again)
    kept = {(one.cadence, one.on, one.half_day) for one in again.permanences}
    assert (morning.cadence, morning.on, morning.half_day) not in kept
    assert report.goals["changes"] > 0
    return True


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 30, 10))
def test_an_absence_declared_today_yields_a_plan_and_a_cancellation(start: int) -> None:
    assert sum(absent_today(seed) for seed in range(start, start + 10)) >= 4


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_an_absence_declared_today_yields_a_plan_on_every_generated_month() -> None:
    assert sum(absent_today(seed) for seed in range(30, 530)) > 200


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_publishing_a_plan_and_planning_again_changes_nothing(seed: int) -> None:
    problem = msgspec.structs.replace(generate_small(seed), published=None, notice_days=0)
    plan = planned(problem)
    again = planned(with_published(problem, plan, problem.first_on))
    bare = {"levels": (), "unplaced": (), "overruled": (), "problem_sha256": ""}
    if audit(problem, plan).overruled == ():
        assert write_plan(msgspec.structs.replace(again, **bare)) == write_plan(
            msgspec.structs.replace(plan, **bare)
        )
