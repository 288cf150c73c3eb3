"""The example territories make a sound problem in every month, of the size that the domain tells."""

from collections import Counter

import pytest

from planner.problem import Problem
from planner.problem_file import check_problem, read_problem, write_problem
from tests.service.example_months import MONTHS, NAMES, problem_of


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_every_month_of_two_years_is_a_sound_problem(name: str) -> None:
    for first_on in MONTHS:
        problem = problem_of(name, first_on)
        check_problem(problem)
        assert problem.pins
        assert {pin.need for pin in problem.pins} <= {need.id for need in problem.interviews}


def test_a_problem_of_the_examples_is_written_and_read_back() -> None:
    problem = problem_of("somme")
    assert read_problem(write_problem(problem)) == problem


def test_ile_de_france_has_the_size_of_the_association() -> None:
    problem = problem_of("ile-de-france")
    assert len(problem.staff) == 5
    assert len(problem.sites) == 13
    assert 135 <= len(problem.participants) <= 145
    assert 250 <= len(_of_month(problem)) <= 340


def test_the_somme_has_its_two_people_and_sixteen_participants() -> None:
    problem = problem_of("somme")
    assert len(problem.staff) == 2
    assert len(problem.participants) == 16


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_about_two_thirds_of_the_interviews_are_fixed_already(name: str) -> None:
    pinned, asked = 0, 0
    for first_on in MONTHS:
        problem = problem_of(name, first_on)
        pinned += len(problem.pins)
        asked += len(_of_month(problem))
    assert 0.6 <= pinned / asked <= 0.72


def test_the_somme_has_eighteen_to_twenty_eight_appointments_a_month() -> None:
    sizes = [len(_of_month(problem_of("somme", first_on))) for first_on in MONTHS]
    assert min(sizes) >= 18
    assert max(sizes) <= 28


def test_references_follow_no_order() -> None:
    references = [one.id for one in problem_of("ile-de-france").participants]
    numbers = [int(reference[2:]) for reference in references]
    assert max(Counter(references).values()) == 1
    assert numbers != sorted(numbers)


def _of_month(problem: Problem) -> list[str]:
    """Needs more of whose days lie in the month than outside."""
    found = []
    for need in problem.interviews:
        days = (need.until_on - need.from_on).days + 1
        inside = (min(need.until_on, problem.last_on) - max(need.from_on, problem.first_on)).days + 1
        if 2 * inside > days or (2 * inside == days and need.from_on >= problem.first_on):
            found += [need.id] * need.count
    return found
