"""The generator: pure, seeded, varied, and of the size asked for."""

from datetime import date

import pytest

from planner.audit import audit
from planner.generate import Size, generate, generate_real, generate_small, generate_tiny, problem_bytes
from planner.generate.french_holidays import easter_on, french_holidays
from planner.problem_file import problem_faults, read_problem
from planner.solve import Limits, Planned, solve
from tests.planner.brute_force import as_plan
from tests.planner.every_choice import pinned_parts

NAMED_DAYS = (
    date(2026, 11, 1),
    date(2026, 11, 11),
    date(2026, 12, 25),
    date(2027, 3, 29),
    date(2027, 5, 1),
    date(2027, 5, 8),
)
CLOCK_CHANGES = (date(2026, 10, 25), date(2027, 3, 28))


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert problem_bytes(generate_real(3)) == problem_bytes(generate_real(3))
    assert problem_bytes(generate_small(3)) == problem_bytes(generate_small(3))


def test_another_seed_gives_another_month() -> None:
    assert len({problem_bytes(generate_small(seed)) for seed in range(40)}) == 40


@pytest.mark.parametrize("seed", range(0, 20, 4))
def test_a_real_month_has_the_size_of_a_real_month(seed: int) -> None:
    problem = generate_real(seed)
    asked = sum(one.count for one in problem.interviews)
    fixed = sum(pin.need is not None for pin in problem.pins)
    assert (len(problem.staff), len(problem.sites)) == (7, 13)
    assert 300 <= asked <= 400
    assert 0.6 <= fixed / asked <= 0.7


def test_sizes_are_those_asked_for() -> None:
    problem = generate(Size(staff=3, sites=5, interviews=40, promotions=1, days=14), seed=2)
    assert (len(problem.staff), len(problem.sites), len(problem.promotions)) == (3, 5, 1)
    assert sum(one.count for one in problem.interviews) == 40
    assert (problem.last_on - problem.first_on).days == 13


@pytest.mark.soak
def test_a_tight_month_cannot_hold_what_a_calm_one_holds() -> None:
    size, left_out = Size(staff=5, sites=9, interviews=60, promotions=1, days=30), {}
    for strain in ("calm", "usual", "tight"):
        months = [generate(size, seed, strain) for seed in range(4)]
        assert all(list(problem_faults(month)) == [] for month in months)
        plans = [solve(month, limits=Limits(deterministic_limit=0.3, workers=1)) for month in months]
        left_out[strain] = sum(
            part.count for one in plans if isinstance(one, Planned) for part in one.plan.unplaced
        )
    assert left_out["calm"] < left_out["usual"] < left_out["tight"]


def test_a_month_of_nothing_is_a_month() -> None:
    problem = generate(Size(staff=0, sites=0, interviews=0, promotions=0, days=0), seed=1)
    assert problem.first_on == problem.last_on
    assert problem.interviews == ()


@pytest.mark.parametrize("make", [generate_small, generate_real])
def test_named_holidays_and_changes_of_clock_are_met(make) -> None:
    months = [make(seed) for seed in range(60 if make is generate_small else 10)]
    for on in (*NAMED_DAYS, *CLOCK_CHANGES):
        assert any(month.first_on <= on <= month.last_on for month in months), on


def test_generated_months_are_accepted_by_the_file() -> None:
    months = [make(seed) for make in (generate_small, generate_tiny) for seed in range(150)]
    months += [generate_real(seed) for seed in range(3)]
    for month in months:
        assert list(problem_faults(month)) == []
    assert read_problem(problem_bytes(months[0])) == months[0]


def test_every_odd_feature_occurs_among_small_months() -> None:
    months = [generate_small(seed) for seed in range(200)]
    assert any(one.pins for one in months)
    assert any(one.booked for one in months)
    assert any(cadence.length == "day" for one in months for cadence in one.cadences)
    assert any(cadence.follows for one in months for cadence in one.cadences)
    assert any(cadence.exceptions for one in months for cadence in one.cadences)
    assert any(step.intervention for one in months for group in one.promotions for step in group.sequences)
    assert any(need.mode == "video" for one in months for need in one.interviews)
    assert any(need.count > 1 for one in months for need in one.interviews)
    assert any(person.engaged_outside for one in months for person in one.staff)
    assert any(one.today_on and one.today_on > one.first_on for one in months)
    assert any(site.access_notice_days for one in months for site in one.sites)
    assert any(need.leave_notice_days for one in months for need in one.interviews)
    assert any(cadence.partner_places for one in months for cadence in one.cadences)
    assert any(cadence.skills for one in months for cadence in one.cadences)
    assert any(step.length == "day" for one in months for group in one.promotions for step in group.sequences)
    assert any(one.notice_days and one.published for one in months)
    assert any(one.tolerances for one in months)
    assert any(one.weights for one in months)


@pytest.mark.parametrize("seed", range(4))
def test_a_month_of_a_size_has_what_makes_months_hard(seed: int) -> None:
    """Part-time, absences, authorisations that end in every month that is not calm; closures in every tight one."""
    size = Size(staff=7, sites=13, interviews=120, promotions=1, days=30)
    for strain in ("usual", "tight"):
        month = generate(size, seed, strain)
        held = [one.until_on for person in month.staff for one in person.accreditations]
        assert any(person.etp_percent < 100 for person in month.staff)
        assert any(person.absences for person in month.staff)
        assert strain == "usual" or any(site.closures for site in month.sites)
        assert any(until_on and month.first_on <= until_on < month.last_on for until_on in held)
        assert any(need.priority == "urgent" for need in month.interviews)
        assert any(cadence.weekdays and not cadence.asked for cadence in month.cadences)
    calm = generate(size, seed, "calm")
    assert not any(person.absences for person in calm.staff)
    assert not any(site.closures for site in calm.sites)


def test_a_tiny_month_is_tiny() -> None:
    months = [generate_tiny(seed) for seed in range(50)]
    assert max((one.last_on - one.first_on).days for one in months) <= 2
    assert max(len(one.interviews) for one in months) <= 3


def test_easter_falls_where_the_almanac_says() -> None:
    assert [easter_on(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]


def test_the_holidays_of_a_year_are_eleven() -> None:
    found = french_holidays(date(2026, 1, 1), date(2026, 12, 31))
    assert len(found) == 11
    assert date(2026, 4, 6) in found
    assert date(2026, 5, 25) in found


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(5, 20))]
)
def test_the_pins_of_a_real_month_break_no_rule(seed: int) -> None:
    problem = generate_real(seed)
    report = audit(problem, as_plan(problem, pinned_parts(problem)))
    assert report.violations == ()
    assert report.overruled == ()
